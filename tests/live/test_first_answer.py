"""A question and its answer over the socket."""

from chat.database import database
from chat.models import Generation, GenerationDelta, Message
from tests.live.socket import Socket


async def test_a_question_is_answered_and_stored(engine, upstream, anna):
    async with Socket(anna) as socket:
        started = await socket.ask("Hello", request_id="r1")
        ended = await socket.until("generation.ended")

    created = [frame for frame in socket.frames if frame["type"] == "message.created"]
    sent = upstream.last.text
    assert [frame["message"]["role"] for frame in created] == ["user", "assistant"]
    assert created[0]["request_id"] == "r1"
    assert (ended["status"], ended["finish_reason"]) == ("completed", "stop")
    assert ended["generation_id"] == started["generation_id"]
    assert socket.text(started["generation_id"]) == sent
    assert ended["position"] == len(sent)
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert message.content == sent
    assert await database.read(Generation.objects.filter(status="running").count) == 0
    assert await database.read(GenerationDelta.objects.count) == 0
