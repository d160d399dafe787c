"""When a tab is closed by the server, with which code, and that nothing else is closed with it."""

from uuid import UUID, uuid4

import pytest

from chat.bus import bus
from chat.events import ConversationDeleted, GenerationStarted
from chat.generation import reader
from chat.generation.reader import WINDOW_CHARACTERS
from chat.live.tab import OUTBOX_LIMIT
from tests.live.socket import Socket


async def closed(socket):
    """The code with which the server closes, whatever it says before."""
    while (message := await socket.communicator.receive_output(timeout=10))["type"] != "websocket.close":
        pass
    return message["code"]


async def test_a_tab_that_is_too_many_events_behind_is_closed_with_4408(engine, anna):
    async with Socket(anna) as socket:
        bus.publish(anna.id, *[ConversationDeleted(uuid4()) for _ in range(OUTBOX_LIMIT)])
        for _ in range(OUTBOX_LIMIT):
            await socket.until("conversation.deleted")
        bus.publish(anna.id, *[ConversationDeleted(uuid4()) for _ in range(OUTBOX_LIMIT + 1)])
        assert await closed(socket) == 4408
        bus.publish(anna.id, ConversationDeleted(uuid4()))
        assert await socket.communicator.receive_nothing()


@pytest.fixture
def impatient(monkeypatch):
    """A tenth of a second instead of the 30 that a browser has for an acknowledgement."""
    monkeypatch.setattr(reader, "ACK_TIMEOUT", 0.1)


async def test_a_tab_that_acknowledges_nothing_is_closed_with_4408_and_the_answer_goes_on(
    engine, upstream, anna, impatient
):
    pieces = ["x" * WINDOW_CHARACTERS, "the rest"]
    upstream.script(pieces=pieces, delay_ms=20)
    async with Socket(anna) as silent:
        started = await silent.ask("Long?")
        assert await closed(silent) == 4408
        assert silent.text(started["generation_id"]) == ""  # the window was sent, and nothing beyond it
    async with Socket(anna) as again:
        await again.send("conversation.open", conversation_id=started["conversation_id"])
        snapshot = await again.until("conversation.snapshot")
        if snapshot["generations"]:
            await again.until("generation.ended")
        await again.send("conversation.open", conversation_id=started["conversation_id"])
        snapshot = await again.until("conversation.snapshot", generations=[])
    answer = snapshot["messages"][-1]
    assert (answer["generation"]["status"], answer["content"]) == ("completed", "".join(pieces))


async def test_a_tab_that_cannot_be_told_what_happened_is_closed_with_4500_and_comes_back(engine, anna, caplog):
    async with Socket(anna) as socket:
        started = await socket.ask("One")
        await socket.until("generation.ended")
        ids = {name: UUID(started[name]) for name in ("message_id", "conversation_id", "turn_id")}
        bus.publish(anna.id, GenerationStarted(uuid4(), **ids, model_id="m", connection="gone with its rows"))
        assert await closed(socket) == 4500
        bus.publish(anna.id, ConversationDeleted(uuid4()))
        assert await socket.communicator.receive_nothing()
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "a tab could not be told what happened"
    ]
    async with Socket(anna) as again:
        await again.send("conversation.open", conversation_id=started["conversation_id"])
        assert (await again.until("conversation.snapshot"))["messages"][-1]["id"] == started["message_id"]
