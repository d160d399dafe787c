"""Messages that cannot be sent: refused before they are queued, or waiting on with the reason at hand."""

from uuid import UUID, uuid4

import pytest

from chat.accounts.access import for_user
from chat.database import database
from chat.errors import ChatError
from chat.generation import queue
from chat.models import QueuedMessage
from tests.live.socket import Socket
from tests.live.test_queue import questions, queued, sent, wait


async def refused(socket, row):
    """The code that a queued message is next told with to be refused; None: that it is not refused any more."""
    while (told := await socket.until("message.queued"))["queued"]["id"] != row["id"]:
        pass
    return told["queued"]["refusal"] and told["queued"]["refusal"]["code"]


async def offer(connection, **fields):
    """Have a connection offer something else from now on."""
    for name, value in fields.items():
        setattr(connection, name, value)
    await database.write(connection.save)


async def test_what_does_not_fit_into_a_model_is_not_queued(engine, connection, anna):
    await offer(connection, context_size=1000)
    models = [{"connection_id": str(connection.id), "model_id": name} for name in ("scripted-1", "scripted-2")]
    async with Socket(anna) as socket:
        first = await socket.ask("!forever")
        below = {"conversation_id": first["conversation_id"], "parent_id": first["message_id"]}
        for length, fields in ((5000, {}), (5000, {"models": models}), (2000, {"parameters": {"max_tokens": 900}})):
            await socket.send("message.send", client_id=str(uuid4()), content="x" * length, **below, **fields)
            error = await socket.until("error")
            assert error["code"] == "message.too_long_for_model"
            assert error["message"].startswith(f"The message has {length:,} characters; scripted-1 has room for about ")
        assert (await queued(socket, first, "x" * 2000))["refusal"] is None
    assert await database.read(QueuedMessage.objects.count) == 1


async def test_a_model_that_is_gone_keeps_the_message_waiting_and_every_tab_is_told_why_once(engine, connection, anna):
    async with Socket(anna) as socket, Socket(anna) as other:
        first = await socket.ask('!{"pieces": ["fi", "rst"], "delay_ms": 300}')
        await other.send("conversation.open", conversation_id=first["conversation_id"])
        row, behind = await queued(socket, first, "to nobody"), await queued(socket, first, "and then")
        await offer(connection, enabled=False)
        for tab in (socket, other):
            while (code := await refused(tab, row)) is None:  # that it is queued
                pass
            assert code == "model.gone"
        await queue.release_overdue()
        await queue.release(anna.id, UUID(first["conversation_id"]), UUID(first["turn_id"]))
        await other.send("conversation.open", conversation_id=first["conversation_id"])
        snapshot = await other.until("conversation.snapshot")
        gone = {"code": "model.gone", "message": "This model is not available any more. Pick another one."}
        assert [waiting["refusal"] for waiting in snapshot["queued"]] == [gone, None]
        await wait(socket)
        told = [frame["queued"] for frame in socket.frames if frame["type"] == "message.queued"]
        assert [one["id"] for one in told] == [row["id"], behind["id"], row["id"]]

        await socket.send("queue.send", queued_id=row["id"], request_id="again")
        assert [await refused(socket, row), await refused(socket, row)] == [None, "model.gone"]
        assert (await socket.until("error", request_id="again"))["code"] == "model.gone"

        await offer(connection, enabled=True)
        await socket.send("queue.send", queued_id=row["id"])
        assert await refused(socket, row) is None
        await sent(socket, row)
        last = await sent(socket, behind)
        await socket.until("generation.ended", generation_id=last["generation_id"])
    assert [content for content, _ in await database.read(questions)][1:] == ["to nobody", "and then"]


async def test_what_was_refused_goes_out_by_itself_when_its_model_is_back(engine, connection, anna):
    async with Socket(anna) as socket:
        first = await socket.ask('!{"pieces": ["fi", "rst"], "delay_ms": 300}')
        row = await queued(socket, first, "a while later")
        await offer(connection, model_ids=["another"])
        assert await refused(socket, row) == "model.unknown"
        await offer(connection, model_ids=["scripted-1"])
        await queue.release_overdue()
        last = await sent(socket, row)
        await socket.until("generation.ended", generation_id=last["generation_id"])
    assert await database.read(QueuedMessage.objects.count) == 0


async def test_a_refused_message_goes_out_in_words_that_fit_and_what_it_held_back_when_it_is_deleted(
    engine, connection, anna
):
    async with Socket(anna) as socket:
        first = await socket.ask('!{"pieces": ["fi", "rst"], "delay_ms": 300}')
        long, longer = await queued(socket, first, "x" * 5000), await queued(socket, first, "y" * 5000)
        last = await queued(socket, first, "last")
        await offer(connection, context_size=1000)
        assert await refused(socket, long) == "message.too_long_for_model"
        with pytest.raises(ChatError, match="has 4,000 characters; scripted-1 has room for about 2,"):
            await queue.change(for_user(anna), UUID(long["id"]), "x" * 4000)
        changed = await queue.change(for_user(anna), UUID(long["id"]), "short")
        assert (changed.content, changed.refusal, await refused(socket, long)) == ("short", None, None)
        await sent(socket, long)
        assert [await refused(socket, longer), await refused(socket, longer)] == [None, "message.too_long_for_model"]
        await queue.delete(for_user(anna), UUID(longer["id"]))
        answer = await sent(socket, last)
        await socket.until("generation.ended", generation_id=answer["generation_id"])
    assert [content for content, _ in await database.read(questions)][1:] == ["short", "last"]


async def test_who_would_not_wait_and_is_refused_holds_nobody_back(engine, connection, anna):
    async with Socket(anna) as socket:
        first = await socket.ask("!forever")
        patient, hasty = await queued(socket, first, "patient"), await queued(socket, first, "h" * 5000)
        await offer(connection, context_size=1000)
        await socket.send("queue.send", queued_id=hasty["id"])
        assert await refused(socket, hasty) == "message.too_long_for_model"
        await socket.send("queue.send", queued_id=patient["id"])
        answer = await sent(socket, patient)
        assert await refused(socket, hasty) == "message.too_long_for_model"  # told again: it follows the new answer
        await socket.until("generation.ended", generation_id=answer["generation_id"])
    assert [content for content, _ in await database.read(questions)] == ["!forever", "patient"]
