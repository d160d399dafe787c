"""An answer whose process is gone: whoever comes upon it ends it, and every tab of its owner is told, once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chat.database import database
from chat.generation.worker import HOST
from tests import making
from tests.live.socket import Socket

DEAD = f"{HOST}:{2**22 + 1}:00000000"  # above the highest process number that Linux gives


@pytest.fixture
async def abandoned(engine, connection, anna):
    """The generation of a conversation's last answer."""

    def make():
        conversation = making.conversation(anna, "question", "half an answer", connection=connection)
        lease = timezone.now() + timedelta(minutes=1)
        return making.generation(conversation.head, "running", worker=DEAD, lease_until=lease)

    return await database.write(make)


async def ends_of(socket, row):
    """How often a tab was told the end, when all that was told before has been sent."""
    await socket.send("ping")
    await socket.until("pong")
    ends = [frame for frame in socket.frames if frame["type"] == "generation.ended"]
    return [frame["status"] for frame in ends if frame["generation_id"] == str(row.id)]


async def test_who_opens_it(abandoned, anna):
    async with Socket(anna) as one, Socket(anna) as other:
        await one.send("conversation.open", conversation_id=str(abandoned.message.conversation_id))
        snapshot = await one.until("conversation.snapshot")
        assert (snapshot["generations"], snapshot["messages"][-1]["generation"]["status"]) == ([], "interrupted")
        await other.until("generation.ended")
        assert await ends_of(other, abandoned) == ["interrupted"]


async def test_who_stops_it(abandoned, anna):
    async with Socket(anna) as one, Socket(anna) as other:
        await one.send("generation.stop", generation_id=str(abandoned.id), request_id="stop")
        assert (await one.until("generation.ended"))["request_id"] == "stop"
        await other.until("generation.ended")
        for socket in (one, other):
            assert await ends_of(socket, abandoned) == ["interrupted"]


async def test_who_writes_below_it(abandoned, anna):
    message = abandoned.message
    below = {"conversation_id": str(message.conversation_id), "parent_id": str(message.id)}
    async with Socket(anna) as one, Socket(anna) as other:
        await one.send("message.send", client_id=str(uuid4()), content="next", request_id="send", **below)
        assert (await one.until("message.created"))["request_id"] == "send"
        await other.until("generation.ended", generation_id=str(abandoned.id))
        await one.until("generation.ended", generation_id=str(abandoned.id))
        for socket in (one, other):
            assert await ends_of(socket, abandoned) == ["interrupted"]


async def test_who_sends_at_once_what_waits_for_it(abandoned, anna):
    row = await database.write(making.queued, abandoned.message, "next")
    async with Socket(anna) as one, Socket(anna) as other:
        await one.send("queue.send", queued_id=str(row.id))
        await other.until("generation.ended", generation_id=str(abandoned.id))
        await one.until("generation.ended", generation_id=str(abandoned.id))
        for socket in (one, other):
            assert await ends_of(socket, abandoned) == ["interrupted"]
