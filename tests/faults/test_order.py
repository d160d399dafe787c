"""Text that is told in the wrong order is wrong text: what slow tabs and quick hands must not bring about."""

from uuid import uuid4

from chat.database import database
from chat.generation.reader import WINDOW_CHARACTERS
from chat.models import Message
from tests.faults.tabs import Tab
from tests.live.socket import session_key


async def test_a_continued_answer_follows_its_first_part_also_in_a_tab_that_lags(watch, upstream, anna):
    upstream.script(
        pieces=["x" * WINDOW_CHARACTERS, "the end of the first part, "], delay_ms=100, no_finish=True, no_end_mark=True
    )
    async with Tab(await database.write(session_key, anna)) as quick, watch.socket(anna) as lagging:
        started = await lagging.ask("Go on and on")
        await quick.show(started["conversation_id"])
        frame = await lagging.until("generation.delta")
        assert frame["to"] == WINDOW_CHARACTERS
        assert await quick.end_of(started["generation_id"]) == "failed"
        upstream.script(pieces=["and the second."])
        client_id = await quick.deliver("generation.continue", message_id=started["message_id"])
        again = await quick.until(lambda: next((f for f in quick.frames if f.get("request_id") == client_id), None))
        assert await quick.end_of(again["generation_id"]) == "completed"
        assert quick.problems == []
        await lagging.send("ack", generation_id=started["generation_id"], position=WINDOW_CHARACTERS)
        ended = await lagging.until("generation.ended", generation_id=again["generation_id"])
    deltas = [part["text"] for f in lagging.frames if f["type"] == "generation.delta" for part in f["parts"]]
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert "".join(deltas) == message.content == quick.text(started["message_id"])
    assert ended["status"] == "completed"


async def test_a_tab_that_opens_what_it_has_just_asked_is_told_the_end_once(watch, upstream, anna):
    upstream.script(pieces=["first"])
    async with watch.socket(anna) as socket:
        first = await socket.ask("One")
        await socket.until("generation.ended")
        upstream.script(chunks=60, delay_ms=10)
        conversation = {"conversation_id": first["conversation_id"]}
        for _ in range(5):
            retry = {"message_id": first["message_id"], "client_id": str(uuid4()), "request_id": str(uuid4())}
            await socket.send("generation.retry", **retry)
            await socket.send("conversation.open", **conversation)
            created = await socket.until("message.created", request_id=retry["request_id"])
            ended = await socket.until("generation.ended", message_id=created["message"]["id"])
            await socket.send("conversation.open", **conversation)
            snapshot = await socket.until("conversation.snapshot")
            assert snapshot["messages"][-1]["content"] == upstream.last.text
            assert ended["position"] == len(upstream.last.text)
