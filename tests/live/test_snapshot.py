"""Opening a conversation: snapshot and position belong together, and what follows is neither missing nor doubled."""

from uuid import uuid4

from chat.database import database
from chat.models import Generation
from tests.live.socket import Socket


def running(snapshot):
    (one,) = snapshot["generations"]
    return one


def parts_text(parts):
    return "".join(part["text"] for part in parts)


async def test_a_second_tab_sees_the_same_text(engine, upstream, anna):
    async with Socket(anna) as one, Socket(anna) as two:
        started = await one.ask('!{"chunks": 60, "delay_ms": 4}')
        generation_id = started["generation_id"]
        await one.until("generation.delta")
        await two.send("conversation.open", conversation_id=started["conversation_id"])
        snapshot = await two.until("conversation.snapshot")
        two.frames.clear()
        for socket in (one, two):
            await socket.until("generation.ended")
    mirrored = parts_text(running(snapshot)["parts"]) + two.text(generation_id)
    assert mirrored == one.text(generation_id) == upstream.last.text


async def test_a_tab_resumes_at_the_position_it_has(engine, upstream, anna):
    async with Socket(anna) as socket:
        started = await socket.ask('!{"chunks": 60, "delay_ms": 4}')
        generation_id = started["generation_id"]
        await socket.until("generation.delta")
        has, position = socket.text(generation_id), socket.frames[-1]["to"]
    async with Socket(anna) as socket:
        await socket.send(
            "conversation.open",
            conversation_id=started["conversation_id"],
            positions={generation_id: position},
            epoch=socket.ready["epoch"],
        )
        snapshot = await socket.until("conversation.snapshot")
        await socket.until("generation.ended")
    assert running(snapshot)["from"] == position
    assert has + parts_text(running(snapshot)["parts"]) + socket.text(generation_id) == upstream.last.text


async def test_a_position_of_another_epoch_or_from_the_future_is_dropped(engine, anna):
    async with Socket(anna) as socket:
        started = await socket.ask("!forever")
        await socket.until("generation.delta")
        for position, epoch in ((2, str(uuid4())), (10**9, socket.ready["epoch"])):
            await socket.send(
                "conversation.open",
                conversation_id=started["conversation_id"],
                positions={started["generation_id"]: position},
                epoch=epoch,
            )
            snapshot = await socket.until("conversation.snapshot")
            assert running(snapshot)["from"] == 0


async def test_a_snapshot_pages_the_visible_branch_with_siblings(engine, upstream, anna):
    upstream.script(pieces=["answer"])
    async with Socket(anna) as socket:
        started = await socket.ask("first")
        await socket.until("generation.ended")
        for number in range(32):
            parent = started["message_id"]
            started = await socket.ask(str(number), conversation_id=started["conversation_id"], parent_id=parent)
            await socket.until("generation.ended")
        await socket.send("conversation.open", conversation_id=started["conversation_id"], request_id="snap")
        snapshot = await socket.until("conversation.snapshot")
    assert snapshot["request_id"] == "snap"
    assert snapshot["has_older"] is True
    assert len(snapshot["messages"]) == 60
    assert snapshot["messages"][-1]["id"] == started["message_id"]
    assert snapshot["messages"][-1]["generation"]["status"] == "completed"
    assert all(message["siblings"] == [message["id"]] for message in snapshot["messages"])


async def test_a_closed_conversation_sends_no_more_deltas_but_its_end(engine, anna):
    async with Socket(anna) as socket:
        started = await socket.ask('!{"chunks": 60, "delay_ms": 4}')
        await socket.until("generation.delta")
        await socket.send("conversation.close", conversation_id=started["conversation_id"])
        await socket.settle()
        socket.frames.clear()
        await socket.until("generation.ended")
        assert not [frame for frame in socket.frames if frame["type"] == "generation.delta"]


async def test_reasoning_and_content_keep_their_order(engine, upstream, anna):
    async with Socket(anna) as socket:
        started = await socket.ask("!think")
        ended = await socket.until("generation.ended", timeout=15)
    assert socket.text(started["generation_id"], "reasoning") == "".join(upstream.last.reasoning)
    assert socket.text(started["generation_id"]) == upstream.last.text
    assert ended["position"] == len(upstream.last.text) + len("".join(upstream.last.reasoning))
    stored = await database.read(Generation.objects.get)
    assert 0 < ended["timings"]["reasoning_ms"] == stored.reasoning_ms < ended["timings"]["duration_ms"]


async def test_an_answer_that_only_thinks_has_thought_to_its_end_and_others_have_not(engine, upstream, anna):
    upstream.script(pieces=["<think>only", " this"], delay_ms=20)
    async with Socket(anna) as socket:
        started = await socket.ask("Think")
        thought = await socket.until("generation.ended")
        upstream.script(pieces=["answer"])
        await socket.ask("Answer")
        answered = await socket.until("generation.ended")
    assert socket.text(started["generation_id"], "reasoning") == "only this"
    assert thought["timings"]["reasoning_ms"] > 0
    assert "reasoning_ms" not in answered["timings"]
