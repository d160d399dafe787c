"""A temporary conversation is nowhere but in memory, for those tabs of its owner that have it open."""

import logging
from uuid import uuid4

import pytest

from chat.database import database
from chat.generation import temporaries as bounds
from chat.models import Conversation, Generation, GenerationDelta, Message
from tests.live.socket import Socket
from tests.live.test_columns import begun, ends, pair

SECRET = "the words that nobody keeps"


async def rows():
    models = (Conversation, Message, Generation, GenerationDelta)
    return [await database.read(model.objects.count) for model in models]


async def answered(socket, content, **fields):
    started = await socket.ask(content, temporary=True, **fields)
    await socket.until("generation.ended", generation_id=started["generation_id"])
    return started


async def refused(socket, **fields):
    await socket.send("message.send", client_id=str(uuid4()), content="Hello", **fields)
    return (await socket.until("error"))["code"]


async def opened(socket, started, **fields):
    await socket.send("conversation.open", conversation_id=started["conversation_id"], **fields)
    return await socket.until("conversation.snapshot")


async def test_it_is_answered_and_nothing_of_it_is_stored_or_logged(engine, upstream, anna, caplog):
    caplog.set_level(logging.DEBUG)
    async with Socket(anna) as socket:
        started = await socket.ask(SECRET, temporary=True, request_id="r")
        assert await rows() == [0, 0, 0, 0]
        ended = await socket.until("generation.ended")
        created = [frame for frame in socket.frames if frame["type"] == "message.created"]
        assert created[0]["request_id"] == "r"
        assert [frame["conversation"]["temporary"] for frame in created] == [True, True]
        assert (ended["status"], ended["position"]) == ("completed", len(upstream.last.text))
        assert socket.text(started["generation_id"]) == upstream.last.text
    assert await rows() == [0, 0, 0, 0]
    assert SECRET not in caplog.text
    assert upstream.last.text.split()[0] not in caplog.text


async def test_what_was_said_before_comes_along(engine, upstream, anna):
    async with Socket(anna) as socket:
        first = await answered(socket, "one")
        said = upstream.last.text
        transcript = [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "one"},
            {"role": "assistant", "content": said},
        ]
        second = await answered(
            socket, "two", conversation_id=first["conversation_id"], transcript=transcript, parameters={"seed": 7}
        )
    assert [(message["role"], message["content"]) for message in upstream.last.body["messages"]] == [
        ("system", "Be brief."),
        ("user", "one"),
        ("assistant", said),
        ("user", "two"),
    ]
    assert upstream.last.body["seed"] == 7
    assert second["conversation_id"] == first["conversation_id"]


async def test_a_new_one_may_begin_with_a_system_prompt(engine, upstream, anna):
    async with Socket(anna) as socket:
        await answered(socket, "one", system_prompt="Be kind.")
    assert upstream.last.body["messages"] == [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "one"},
    ]


async def test_other_tabs_hear_nothing_until_they_open_it(engine, anna, boris):
    async with Socket(anna) as one, Socket(anna) as two, Socket(boris) as stranger:
        started = await one.ask("!forever", temporary=True)
        await one.until("generation.delta")
        for tab in (two, stranger):
            await tab.send("ping")
            await tab.until("pong")
            assert [frame["type"] for frame in tab.frames] == ["session.ready", "pong"]
        snapshot = await opened(two, started)
        assert [message["role"] for message in snapshot["messages"]] == ["user", "assistant"]
        await two.until("generation.delta")
        await two.send("generation.stop", generation_id=started["generation_id"], request_id="stop")
        ended = await two.until("generation.ended")
        assert (ended["status"], ended["request_id"]) == ("stopped", "stop")
        assert (await one.until("generation.ended"))["status"] == "stopped"
        await two.send("generation.stop", generation_id=started["generation_id"])
        assert (await two.until("generation.ended"))["status"] == "stopped"


async def test_a_stranger_finds_nothing(engine, anna, boris):
    async with Socket(anna) as owner, Socket(boris) as stranger:
        started = await owner.ask("!forever", temporary=True)
        conversation_id = started["conversation_id"]
        await stranger.send("conversation.open", conversation_id=conversation_id)
        assert (await stranger.until("error"))["code"] == "conversation.not_found"
        await stranger.send("generation.stop", generation_id=started["generation_id"])
        assert (await stranger.until("error"))["code"] == "generation.not_found"
        for fields in ({"temporary": True}, {"parent_id": None}):
            assert await refused(stranger, conversation_id=conversation_id, **fields) == "conversation.not_found"
        assert await refused(owner, conversation_id=conversation_id, parent_id=None) == "conversation.not_found"


async def test_a_cut_socket_goes_on_where_it_was(engine, upstream, anna):
    async with Socket(anna) as socket:
        started = await socket.ask('!{"chunks": 60, "delay_ms": 4}', temporary=True)
        await socket.until("generation.delta")
        has, position = socket.text(started["generation_id"]), socket.frames[-1]["to"]
    async with Socket(anna) as socket:
        snapshot = await opened(socket, started, positions={started["generation_id"]: position})
        (running,) = snapshot["generations"]
        ended = await socket.until("generation.ended")
        text = has + "".join(part["text"] for part in running["parts"]) + socket.text(started["generation_id"])
        assert (running["from"], text, ended["status"]) == (position, upstream.last.text, "completed")
        snapshot = await opened(socket, started)
    assert snapshot["messages"][-1]["content"] == upstream.last.text
    assert snapshot["messages"][-1]["generation"]["status"] == "completed"
    assert snapshot["queued"] == snapshot["generations"] == []


async def test_columns_repeats_and_branches_work_as_in_others(engine, upstream, connection, anna):
    upstream.script(pieces=["answer"])
    async with Socket(anna) as socket:
        send = {"client_id": str(uuid4()), "content": "Why?", "models": pair(connection), "temporary": True}
        await socket.send("message.send", **send)
        asked, answers, started = await begun(socket, send["client_id"])
        await ends(socket, *started)
        socket.frames.clear()
        await socket.send("message.send", **send)
        for one in started:
            await socket.until("generation.ended", generation_id=one["generation_id"])
        repeated = [frame["message"]["id"] for frame in socket.frames if frame["type"] == "message.created"]
        assert repeated == [asked["id"], *(answer["id"] for answer in answers)]
        below = {"conversation_id": asked["conversation_id"], "parent_id": answers[1]["id"]}
        followed = await answered(socket, "And?", **below)
        other = await answered(socket, "Or?", **below)
        snapshot = await opened(socket, started[0])
    assert len(upstream.answers) == 4
    assert [message["id"] for message in snapshot["messages"]][:3] == [asked["id"], *(row["id"] for row in answers)]
    assert snapshot["messages"][-1]["id"] == other["message_id"] != followed["message_id"]
    assert len(snapshot["messages"][-2]["siblings"]) == 2


async def test_what_cannot_be_asked_is_refused(engine, anna):
    long = [{"role": "user", "content": "x" * 200_001}] * 2
    async with Socket(anna) as socket:
        kept = await socket.ask("kept")
        await socket.until("generation.ended")
        assert await refused(socket, conversation_id=kept["conversation_id"], temporary=True) == "conversation.stored"
        assert await refused(socket, conversation_id=str(uuid4()), temporary=True) == "conversation.not_found"
        assert await refused(socket, temporary=True, parent_id=str(uuid4())) == "message.not_found"
        for fields in (
            {"transcript": [{"role": "user", "content": "stored?"}]},
            {"temporary": True, "transcript": [{"role": "tool", "content": ""}]},
            {"temporary": True, "transcript": [{"role": "user", "content": ""}, {"role": "system", "content": ""}]},
            {"temporary": True, "transcript": [{"role": "user", "content": "", "name": "x"}]},
            {"temporary": True, "transcript": [{"role": "user", "content": ""}] * 201},
            {"temporary": True, "transcript": long},
        ):
            assert await refused(socket, **fields) == "command.invalid"
        running = await socket.ask("!forever", temporary=True)
        below = {"conversation_id": running["conversation_id"], "temporary": True}
        assert await refused(socket, **below) == "message.answer_running"
        assert await refused(socket, **below, parent_id=running["message_id"]) == "message.answer_running"


async def test_each_person_has_a_few_and_the_longest_unused_gives_way(engine, upstream, anna, boris):
    upstream.script(pieces=["answer"])
    async with Socket(anna) as socket, Socket(boris) as other:
        await other.ask("mine", temporary=True)
        theirs = await other.until("generation.ended")
        first, *_, last = [await answered(socket, str(number)) for number in range(bounds.OWN_CONVERSATIONS + 1)]
        await socket.send("conversation.open", conversation_id=first["conversation_id"])
        assert (await socket.until("error"))["code"] == "conversation.not_found"
        for tab, started in ((socket, last), (other, theirs)):
            await opened(tab, started)


async def test_running_ones_do_not_give_way(engine, anna, monkeypatch):
    monkeypatch.setattr(bounds, "OWN_CONVERSATIONS", 1)
    async with Socket(anna) as socket:
        await socket.ask("!forever", temporary=True)
        assert await refused(socket, temporary=True) == "conversation.too_many"


@pytest.mark.parametrize("bound", ["OWN_CHARACTERS", "ALL_CHARACTERS"])
async def test_what_is_kept_is_bounded_in_size(engine, upstream, anna, monkeypatch, bound):
    upstream.script(pieces=["answer" * 100])
    monkeypatch.setattr(bounds, bound, 1_500)
    async with Socket(anna) as socket:
        first = await answered(socket, "one")
        last = await answered(socket, "two")
        await socket.send("conversation.open", conversation_id=first["conversation_id"])
        assert (await socket.until("error"))["code"] == "conversation.not_found"
        await opened(socket, last)


async def test_it_is_forgotten_a_while_after_its_end(engine, anna, monkeypatch):
    monkeypatch.setattr(bounds, "KEPT_SECONDS", 0)
    async with Socket(anna) as socket:
        started = await answered(socket, "gone")
        await socket.send("conversation.open", conversation_id=started["conversation_id"])
        assert (await socket.until("error"))["code"] == "conversation.not_found"


async def test_a_failure_and_a_shutdown_end_it_as_others(engine, anna):
    async with Socket(anna) as socket:
        await socket.ask("!reset", temporary=True)
        ended = await socket.until("generation.ended")
        assert (ended["status"], ended["error"]["code"]) == ("failed", "provider.incomplete")
        await socket.ask("!forever", temporary=True)
        await socket.until("generation.delta")
        await engine.shutdown()
        assert (await socket.until("generation.ended"))["status"] == "interrupted"
        assert await refused(socket, temporary=True) == "server.draining"
    assert await rows() == [0, 0, 0, 0]


async def test_an_unusable_connection_is_a_named_error(engine, connection, anna):
    connection.kind = "no.such.Class"
    await database.write(connection.save)
    async with Socket(anna) as socket:
        await socket.ask("Hello", temporary=True, connection_id=str(connection.id), model_ids=["scripted-1"])
        assert (await socket.until("generation.ended"))["error"]["code"] == "provider.misconfigured"
