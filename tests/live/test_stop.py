"""Stop means stop: the upstream connection is closed first, what was written is kept, then everybody is told."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from chat.database import database
from chat.models import Generation, Message
from tests.live.socket import Socket


async def begun(socket, content):
    started = await socket.ask(content)
    await socket.until("generation.delta")
    return started


@pytest.mark.parametrize("content", ["!forever", '!{"pieces": ["a", "b"], "stall_after": 1}'])
async def test_a_stop_closes_the_upstream_connection_and_keeps_the_text(engine, upstream, anna, content):
    async with Socket(anna) as asking, Socket(anna) as other:
        started = await begun(asking, content)
        asked = time.monotonic()
        await other.send("generation.stop", generation_id=started["generation_id"])
        ended = await asking.until("generation.ended")
        told = await other.until("generation.ended")
        assert await upstream.last.wait_ended() == "client_closed"
        assert upstream.last.ended_at - asked < 1
    assert told == ended
    assert ended["status"] == "stopped"
    assert 0 <= ended["timings"]["stop_ms"] < 1000
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert message.content == asking.text(started["generation_id"])
    assert upstream.last.text.startswith(message.content)


async def test_no_delta_follows_the_end(engine, anna):
    async with Socket(anna) as socket:
        started = await begun(socket, "!forever")
        await socket.send("generation.stop", generation_id=started["generation_id"])
        await socket.until("generation.ended")
        await socket.send("ping")
        frames = len(socket.frames)
        await socket.until("pong")
        assert not [f for f in socket.frames[frames:] if f["type"] == "generation.delta"]


async def test_every_stop_is_answered_once_however_many_there_are(engine, anna):
    async with Socket(anna) as socket:
        started = await begun(socket, "!forever")
        asked = [str(number) for number in range(5)]
        for request_id in asked:
            await socket.send("generation.stop", generation_id=started["generation_id"], request_id=request_id)
        ends = [await socket.until("generation.ended") for _ in asked]
        await socket.send("generation.stop", generation_id=started["generation_id"], request_id="later")
        ends.append(await socket.until("generation.ended"))
        await socket.settle()
    assert sorted(end["request_id"] for end in ends) == [*asked, "later"]
    assert len({(end["status"], end["timings"]["stop_ms"]) for end in ends}) == 1
    assert [frame["type"] for frame in socket.frames].count("generation.ended") == len(ends)


async def test_a_stop_right_after_the_start_is_heard(engine, anna):
    async with Socket(anna) as socket:
        started = await socket.ask('!{"first_delay_ms": 60000}')
        await socket.send("generation.stop", generation_id=started["generation_id"])
        ended = await socket.until("generation.ended")
    assert (ended["status"], ended["position"]) == ("stopped", 0)


@pytest.mark.parametrize(("ago", "least"), [(60, 300), (-60, 0)])  # the latter: a clock that is ahead of ours
async def test_a_stop_through_another_process_counts_from_when_it_was_asked(engine, anna, ago, least):
    async with Socket(anna) as socket:
        started = await begun(socket, "!forever")
        while len(socket.text(started["generation_id"])) < 5 * len("drop "):  # 100 ms each
            await socket.until("generation.delta")
        asked = Generation.objects.filter(id=started["generation_id"])
        await database.write(asked.update, stop_asked_at=timezone.now() - timedelta(seconds=ago))
        timings = (await socket.until("generation.ended"))["timings"]
    assert least <= timings["stop_ms"] <= timings["duration_ms"]


async def test_closing_the_tab_is_not_stopping(engine, upstream, anna):
    async with Socket(anna) as socket:
        started = await begun(socket, '!{"chunks": 40, "delay_ms": 5}')
    async with Socket(anna) as socket:
        await socket.send("conversation.open", conversation_id=started["conversation_id"])
        await socket.until("conversation.snapshot")
        if await database.read(Generation.objects.filter(status="running").exists):
            await socket.until("generation.ended")
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert message.content == upstream.last.text
    assert upstream.last.ended == "completed"
