"""Messages that are sent below a running answer: kept by the server, in order, sent once."""

import asyncio
from uuid import UUID, uuid4

import pytest

from chat.accounts.access import for_user
from chat.database import database
from chat.errors import NotFound
from chat.generation import queue, queue_rows
from chat.models import Message, QueuedMessage, User
from tests import making
from tests.live.socket import Socket
from tests.live.test_columns import ask_both


async def queued(socket, below, content, client_id=None, **fields):
    """Send below an answer that runs; returns what is queued."""
    client_id = client_id or str(uuid4())
    await socket.send(
        "message.send",
        client_id=client_id,
        content=content,
        conversation_id=below["conversation_id"],
        parent_id=below["message_id"],
        **fields,
    )
    while (told := await socket.until("message.queued"))["queued"]["client_id"] != client_id:
        pass
    return told["queued"]


async def sent(socket, row):
    """Wait until a queued message goes out; returns the `generation.started` of its answer."""
    unqueued = await socket.until("message.unqueued", queued_id=row["id"])
    assert (unqueued["reason"], unqueued["client_id"]) == ("sent", row["client_id"])
    return await socket.until("generation.started")


def questions():
    rows = Message.objects.filter(role="user").order_by("id").select_related("parent")
    return [(row.content, row.parent and row.parent.content) for row in rows]


async def wait(socket):
    """Until everything that was told before has been sent."""
    await socket.settle()


async def test_queued_messages_go_out_in_order_each_below_the_answer_before(engine, upstream, anna):
    upstream.script(pieces=["second"])
    async with Socket(anna) as socket:
        first = await socket.ask('!{"pieces": ["fi", "rst"], "delay_ms": 300}')
        one = await queued(socket, first, "two", request_id="q")
        assert next(f for f in socket.frames if f["type"] == "message.queued")["request_id"] == "q"
        two = await queued(socket, first, "three")
        assert one["parent_id"] == two["parent_id"] == first["message_id"]
        second = await sent(socket, one)
        moved = next(f for f in reversed(socket.frames) if f["type"] == "message.created")
        assert moved["client_id"] == one["client_id"]
        followed = await socket.until("message.queued")
        assert (followed["queued"]["id"], followed["queued"]["parent_id"]) == (two["id"], second["message_id"])
        third = await sent(socket, two)
        await socket.until("generation.ended", generation_id=third["generation_id"])
    assert await database.read(questions) == [
        ('!{"pieces": ["fi", "rst"], "delay_ms": 300}', None),
        ("two", "first"),
        ("three", "second"),
    ]
    assert await database.read(QueuedMessage.objects.count) == 0
    assert [message["content"] for message in upstream.last.body["messages"]][1:] == ["first", "two", "second", "three"]


async def test_it_waits_when_the_answer_was_stopped_and_send_now_sends_it(engine, anna):
    async with Socket(anna) as socket:
        first = await socket.ask("!forever")
        row = await queued(socket, first, "now then")
        await socket.until("generation.delta")
        await socket.send("generation.stop", generation_id=first["generation_id"])
        await socket.until("generation.ended")
        await socket.send("conversation.open", conversation_id=first["conversation_id"])
        snapshot = await socket.until("conversation.snapshot")
        assert [waiting["id"] for waiting in snapshot["queued"]] == [row["id"]]
        assert await database.read(questions) == [("!forever", None)]
        await socket.send("queue.send", queued_id=row["id"], request_id="now")
        assert (await socket.until("message.unqueued"))["request_id"] == "now"
        await socket.until("generation.ended")
    assert [content for content, _ in await database.read(questions)] == ["!forever", "now then"]


async def test_it_waits_when_the_answer_failed_and_goes_out_when_that_is_continued(engine, upstream, anna):
    async with Socket(anna) as socket:
        first = await socket.ask('!{"pieces": ["ha", "lf"], "delay_ms": 200, "no_end_mark": true, "no_finish": true}')
        row = await queued(socket, first, "next")
        assert (await socket.until("generation.ended"))["status"] == "failed"
        await wait(socket)
        assert await database.read(QueuedMessage.objects.count) == 1
        upstream.script(pieces=[" and half"])
        await socket.send("generation.continue", message_id=first["message_id"], client_id=str(uuid4()))
        await socket.until("generation.ended")
        last = await sent(socket, row)
        await socket.until("generation.ended", generation_id=last["generation_id"])
    assert ("next", "half and half") in await database.read(questions)


async def test_send_now_stops_the_answer_and_is_sent_once_that_has_ended(engine, upstream, anna):
    async with Socket(anna) as socket:
        first = await socket.ask("!forever")
        behind = await queued(socket, first, "first in line")
        row = await queued(socket, first, "hurry")
        await socket.until("generation.delta")
        await socket.send("queue.send", queued_id=row["id"])
        ended = await socket.until("generation.ended")
        assert (ended["generation_id"], ended["status"]) == (first["generation_id"], "stopped")
        assert await upstream.answers[0].wait_ended() == "client_closed"
        second = await sent(socket, row)
        third = await sent(socket, behind)
        await socket.until("generation.ended", generation_id=third["generation_id"])
    parents = await database.read(lambda: dict(Message.objects.filter(role="user").values_list("content", "parent")))
    assert str(parents["hurry"]) == first["message_id"]
    assert str(parents["first in line"]) == second["message_id"]


async def test_two_tabs_that_queue_the_same_client_id_queue_one_message(engine, anna):
    async with Socket(anna) as one, Socket(anna) as two:
        first = await one.ask("!forever")
        client_id = str(uuid4())
        rows = await asyncio.gather(*(queued(tab, first, "once", client_id) for tab in (one, two, one)[:2]))
        again = await queued(one, first, "once", client_id)
        assert {row["id"] for row in (*rows, again)} == {again["id"]}
        assert await database.read(QueuedMessage.objects.count) == 1
        await one.send("queue.send", queued_id=again["id"])
        started = await sent(one, again)
        await one.until("generation.ended", generation_id=started["generation_id"])
        await one.send(
            "message.send",
            client_id=client_id,
            content="once",
            conversation_id=first["conversation_id"],
            parent_id=first["message_id"],
        )
        repeated = await one.until("generation.ended")
    assert repeated["generation_id"] == started["generation_id"]
    assert [content for content, _ in await database.read(questions)] == ["!forever", "once"]


async def test_it_goes_out_when_all_columns_are_at_their_end_and_picks_the_one_it_is_below(
    engine, upstream, connection, anna
):
    async with Socket(anna) as socket:
        asked, answers, started = await ask_both(socket, connection, "!forever")
        below = {"conversation_id": asked["conversation_id"], "message_id": answers[1]["id"]}
        row = await queued(socket, below, "of the second")
        picked = await socket.until("conversation.updated")
        assert picked["conversation"]["head_id"] == answers[1]["id"]
        for one in started:
            await socket.until("generation.delta", generation_id=one["generation_id"])
        await socket.send("generation.stop", generation_id=started[1]["generation_id"])
        await socket.until("generation.ended", generation_id=started[1]["generation_id"])
        await socket.send("queue.send", queued_id=row["id"])
        await socket.until("generation.ended", generation_id=started[0]["generation_id"])
        last = await sent(socket, row)
        await socket.until("generation.ended", generation_id=last["generation_id"])
    sent_row = await database.read(Message.objects.get, content="of the second")
    assert str(sent_row.parent_id) == answers[1]["id"]


async def test_a_queue_has_room_for_twenty(engine, anna):
    async with Socket(anna) as socket:
        first = await socket.ask("!forever")
        for number in range(20):
            await queued(socket, first, str(number))
        await socket.send(
            "message.send",
            client_id=str(uuid4()),
            content="one too many",
            conversation_id=first["conversation_id"],
            parent_id=first["message_id"],
        )
        assert (await socket.until("error"))["code"] == "queue.full"
    assert await database.read(QueuedMessage.objects.count) == 20


async def test_a_retry_takes_the_queue_along(engine, upstream, anna):
    upstream.script(pieces=["better"])
    async with Socket(anna) as socket:
        first = await socket.ask("!forever")
        row = await queued(socket, first, "afterwards")
        await socket.until("generation.delta")
        await socket.send("generation.stop", generation_id=first["generation_id"])
        await socket.until("generation.ended")
        question = await database.read(Message.objects.get, role="user")
        await socket.send(
            "message.edit", message_id=str(question.id), client_id=str(uuid4()), content="A better question"
        )
        moved = (await socket.until("message.queued"))["queued"]
        assert moved["id"] == row["id"]
        last = await sent(socket, row)
        await socket.until("generation.ended", generation_id=last["generation_id"])
    assert ("afterwards", "better") in await database.read(questions)


async def test_what_was_left_waiting_below_a_complete_answer_goes_out_before_the_next(engine, upstream, anna):
    upstream.script(pieces=["answer"])
    async with Socket(anna) as socket:
        first = await socket.ask("root")
        await socket.until("generation.ended")
        answer = await database.read(Message.objects.select_related("conversation").get, id=first["message_id"])
        left = await database.write(making.queued, answer, "left behind")
        row = await queued(socket, first, "typed later")
        await sent(socket, {"id": str(left.id), "client_id": str(left.client_id)})
        last = await sent(socket, row)
        await socket.until("generation.ended", generation_id=last["generation_id"])
    assert [content for content, _ in await database.read(questions)] == ["root", "left behind", "typed later"]


async def test_a_queued_message_is_changed_or_taken_back_while_it_waits(engine, anna, boris):
    async with Socket(anna) as socket:
        first = await socket.ask("!forever")
        row, other = await queued(socket, first, "tpyo"), await queued(socket, first, "not this")
        await database.write(queue_rows.change, for_user(anna), UUID(row["id"]), "typo")
        await database.write(queue_rows.delete, for_user(anna), UUID(other["id"]))
        for access, row_id in ((for_user(boris), row["id"]), (for_user(anna), other["id"]), (for_user(anna), uuid4())):
            for attempt, *fields in ((queue_rows.change, "mine"), (queue_rows.delete,), (queue_rows.hurry,)):
                with pytest.raises(NotFound):
                    await database.write(attempt, access, row_id, *fields)
        await socket.send("queue.send", queued_id=other["id"])
        assert (await socket.until("error"))["code"] == "queued_message.not_found"
        await socket.send("queue.send", queued_id=row["id"])
        started = await sent(socket, row)
        await socket.until("generation.ended", generation_id=started["generation_id"])
    assert [content for content, _ in await database.read(questions)] == ["!forever", "typo"]


async def test_a_process_that_goes_down_sends_nothing(engine, anna):
    async with Socket(anna) as socket:
        first = await socket.ask('!{"pieces": ["fi", "rst"], "delay_ms": 300}')
        row = await queued(socket, first, "after the restart")
        await engine.shutdown(grace=5)
        assert (await socket.until("generation.ended"))["status"] == "completed"
        await socket.send("queue.send", queued_id=row["id"])
        assert (await socket.until("error"))["code"] == "server.draining"
    assert [content for content, _ in await database.read(questions)] == ['!{"pieces": ["fi", "rst"], "delay_ms": 300}']
    assert await database.read(QueuedMessage.objects.count) == 1


async def test_nothing_goes_out_for_somebody_who_may_not_enter_any_more(engine, anna):
    async with Socket(anna) as socket:
        first = await socket.ask("!forever")
        await queued(socket, first, "too late")
        await database.write(User.objects.filter(id=anna.id).update, is_active=False)
        await socket.send("generation.stop", generation_id=first["generation_id"])
        await socket.until("generation.ended")
        await database.write(QueuedMessage.objects.update, send_asked_at=anna.date_joined)
        await queue.release(anna.id, first["conversation_id"], first["turn_id"])
    assert await database.read(QueuedMessage.objects.count) == 1
