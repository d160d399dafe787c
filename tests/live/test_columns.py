"""Several models at once: one question, an answer of each, side by side."""

from uuid import uuid4

import pytest

from chat.accounts.access import for_user
from chat.database import database
from chat.history import conversations
from chat.models import Conversation, Generation, Message
from tests.live.socket import Socket


def pair(connection):
    """Both models of the scripted service."""
    return [{"connection_id": str(connection.id), "model_id": f"scripted-{number}"} for number in (1, 2)]


async def begun(socket, client_id):
    """The question, its answers and their `generation.started`, as they are told."""
    asked = (await socket.until("message.created", client_id=client_id))["message"]
    answers = [(await socket.receive())["message"] for _ in range(2)]
    started = [await socket.until("generation.started") for _ in range(2)]
    return asked, answers, started


async def ask_both(socket, connection, content="Why?", **fields):
    client_id = str(uuid4())
    await socket.send("message.send", client_id=client_id, content=content, models=pair(connection), **fields)
    return await begun(socket, client_id)


async def ends(socket, *started):
    """The ends of these generations, whichever comes first."""
    found = {}
    while len(found) < len(started):
        ended = await socket.until("generation.ended")
        found[ended["generation_id"]] = ended
    return [found[one["generation_id"]] for one in started]


async def test_one_question_is_answered_by_each_model_in_one_turn(engine, upstream, connection, anna):
    async with Socket(anna) as socket:
        asked, answers, started = await ask_both(socket, connection)
        statuses = [ended["status"] for ended in await ends(socket, *started)]
        texts = [socket.text(one["generation_id"]) for one in started]
    assert statuses == ["completed", "completed"]
    assert [answer["model_id"] for answer in answers] == ["scripted-1", "scripted-2"]
    assert {answer["parent_id"] for answer in answers} == {asked["id"]}
    assert {one["turn_id"] for one in started} == {answers[0]["turn_id"]} == {answers[1]["turn_id"]}
    assert [answer["siblings"] for answer in answers] == [[answers[0]["id"]], [answers[1]["id"]]]
    assert {answer.body["model"]: answer.text for answer in upstream.answers} == dict(
        zip(("scripted-1", "scripted-2"), texts, strict=True)
    )
    assert await database.read(Message.objects.count) == 3
    conversation = await database.read(Conversation.objects.get)
    assert (str(conversation.head_id), conversation.model_id) == (answers[0]["id"], "scripted-1")


@pytest.mark.parametrize(
    "fields",
    [
        {"models": [{"connection_id": str(uuid4()), "model_id": "m"}], "model_ids": ["m"]},
        {"models": [{"connection_id": str(uuid4()), "model_id": "m"}], "connection_id": str(uuid4())},
        {"models": [{"connection_id": str(uuid4()), "model_id": "m"}] * 5},
        {"models": [{"connection_id": str(uuid4())}]},
        {"models": [{"connection_id": str(uuid4()), "model_id": "m", "key": "k"}]},
        {"model_ids": ["m"] * 5},
    ],
)
async def test_columns_are_said_in_one_way_and_are_at_most_four(engine, anna, fields):
    async with Socket(anna) as socket:
        await socket.send("message.send", client_id=str(uuid4()), content="Why?", **fields)
        assert (await socket.until("error"))["code"] == "command.invalid"


async def test_one_column_that_cannot_be_asked_refuses_all(engine, upstream, connection, anna):
    models = [*pair(connection), {"connection_id": str(connection.id), "model_id": "other"}]
    async with Socket(anna) as socket:
        await socket.send("message.send", client_id=str(uuid4()), content="Why?", models=models)
        assert (await socket.until("error"))["code"] == "model.unknown"
    assert await database.read(Message.objects.count) == 0
    assert not upstream.answers


async def test_several_model_ids_are_columns_of_one_connection(engine, connection, anna):
    client_id = str(uuid4())
    async with Socket(anna) as socket:
        await socket.send(
            "message.send",
            client_id=client_id,
            content="Why?",
            connection_id=str(connection.id),
            model_ids=["scripted-2", "scripted-1"],
        )
        _, answers, started = await begun(socket, client_id)
        await ends(socket, *started)
    assert [answer["model_id"] for answer in answers] == ["scripted-2", "scripted-1"]


async def test_a_repeat_tells_all_columns_and_asks_nobody(engine, upstream, connection, anna):
    async with Socket(anna) as one, Socket(anna) as two:
        client_id = str(uuid4())
        send = {"client_id": client_id, "content": "!forever", "models": pair(connection)}
        await one.send("message.send", **send)
        first = await begun(one, client_id)
        for generation in first[2]:
            await one.until("generation.delta", generation_id=generation["generation_id"])
        await two.send("message.send", request_id="again", **send)
        second = await begun(two, client_id)
        assert [row["id"] for row in (second[0], *second[1])] == [row["id"] for row in (first[0], *first[1])]
        assert [row["generation_id"] for row in second[2]] == [row["generation_id"] for row in first[2]]
    assert len(upstream.answers) == 2
    assert await database.read(Generation.objects.count) == 2


async def test_a_stop_stops_one_column(engine, connection, anna):
    async with Socket(anna) as socket:
        _, _, started = await ask_both(socket, connection, "!forever")
        for one in started:
            await socket.until("generation.delta", generation_id=one["generation_id"])
        await socket.send("generation.stop", generation_id=started[0]["generation_id"])
        ended = await socket.until("generation.ended")
        assert (ended["generation_id"], ended["status"]) == (started[0]["generation_id"], "stopped")
        await socket.until("generation.delta", generation_id=started[1]["generation_id"])
        await socket.send("generation.stop", generation_id=started[1]["generation_id"])
        await socket.until("generation.ended", generation_id=started[1]["generation_id"])


async def test_what_follows_a_column_knows_that_column_only(engine, upstream, connection, anna):
    async with Socket(anna) as socket:
        asked, answers, started = await ask_both(socket, connection)
        await ends(socket, *started)
        texts = {answer.body["model"]: answer.text for answer in upstream.answers}
        below = {"conversation_id": asked["conversation_id"], "parent_id": answers[1]["id"]}
        followed = await socket.ask("And then?", **below)
        await socket.until("generation.ended", generation_id=followed["generation_id"])
        await socket.send("conversation.open", conversation_id=asked["conversation_id"])
        snapshot = await socket.until("conversation.snapshot")
    assert [message["content"] for message in upstream.last.body["messages"]] == [
        "Why?",
        texts["scripted-2"],
        "And then?",
    ]
    shown = [message["id"] for message in snapshot["messages"]]
    assert shown[:3] == [asked["id"], answers[0]["id"], answers[1]["id"]]
    assert len(shown) == 5
    assert snapshot["conversation"]["head_id"] == followed["message_id"]


async def test_a_snapshot_has_the_columns_side_by_side_and_their_text_while_it_comes(engine, connection, anna):
    async with Socket(anna) as one, Socket(anna) as two:
        asked, answers, started = await ask_both(one, connection, "!forever")
        for generation in started:
            await one.until("generation.delta", generation_id=generation["generation_id"])
        await two.send("conversation.open", conversation_id=asked["conversation_id"])
        snapshot = await two.until("conversation.snapshot")
        running = [generation["generation_id"] for generation in snapshot["generations"]]
        assert running == [generation["generation_id"] for generation in started]
        assert [message["id"] for message in snapshot["messages"]] == [asked["id"], *(row["id"] for row in answers)]
        for generation in started:
            await two.until("generation.delta", generation_id=generation["generation_id"])


async def test_a_retried_column_is_a_turn_of_its_own_and_the_navigator_steps_over_turns(engine, connection, anna):
    async with Socket(anna) as socket:
        asked, answers, started = await ask_both(socket, connection)
        await ends(socket, *started)
        client_id = str(uuid4())
        await socket.send("generation.retry", message_id=answers[1]["id"], client_id=client_id)
        retried = (await socket.until("message.created", client_id=client_id))["message"]
        await socket.until("generation.ended")
        await socket.send("conversation.open", conversation_id=asked["conversation_id"])
        snapshot = await socket.until("conversation.snapshot")
        assert retried["siblings"] == [answers[0]["id"], retried["id"]]
        assert [message["id"] for message in snapshot["messages"]] == [asked["id"], retried["id"]]
        await database.write(conversations.show, for_user(anna), asked["conversation_id"], answers[1]["id"])
        await socket.send("conversation.open", conversation_id=asked["conversation_id"])
        snapshot = await socket.until("conversation.snapshot")
    columns = snapshot["messages"][1:]
    assert [column["id"] for column in columns] == [answer["id"] for answer in answers]
    assert [column["siblings"] for column in columns] == [
        [answers[0]["id"], retried["id"]],
        [answers[1]["id"], retried["id"]],
    ]
    assert snapshot["conversation"]["head_id"] == answers[1]["id"]


async def test_an_edit_may_ask_several_models_of_any_connection(engine, connection, anna):
    async with Socket(anna) as socket:
        await socket.ask("tpyo")
        await socket.until("generation.ended")
        asked = next(f for f in socket.frames if f["type"] == "message.created")["message"]
        client_id = str(uuid4())
        await socket.send(
            "message.edit", message_id=asked["id"], client_id=client_id, content="typo", models=pair(connection)
        )
        edited, answers, started = await begun(socket, client_id)
        await ends(socket, *started)
    assert edited["siblings"] == [asked["id"], edited["id"]]
    assert [answer["model_id"] for answer in answers] == ["scripted-1", "scripted-2"]
