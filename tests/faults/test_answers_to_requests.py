"""A command is answered under its request_id, so that a page knows what it need not send again."""

from uuid import uuid4

from chat.database import database
from chat.models import Generation


def answers_to(socket, request_id):
    return [frame["type"] for frame in socket.frames if frame.get("request_id") == request_id]


async def test_each_command_of_an_answers_life_is_answered_once(watch, anna):
    watch.upstream.script(eof_after=3)
    async with watch.socket(anna) as socket:
        started = await socket.ask("Hello", request_id="sent")
        message = {"message_id": started["message_id"]}
        await socket.until("generation.ended")
        await socket.send("generation.continue", client_id=str(uuid4()), request_id="continued", **message)
        await socket.until("generation.ended")
        await socket.send("generation.retry", client_id=str(uuid4()), request_id="tried again", **message)
        ended = await socket.until("generation.ended")
    async with watch.socket(anna) as late:
        await late.send("generation.stop", generation_id=ended["generation_id"], request_id="stopped late")
        again = await late.until("generation.ended")
    assert answers_to(socket, "sent") == ["message.created"]
    assert answers_to(socket, "continued") == ["generation.started"]
    assert answers_to(socket, "tried again") == ["message.created"]
    assert again == ended | {"request_id": "stopped late"}


async def test_a_stop_is_answered_by_the_end(watch, anna):
    async with watch.socket(anna) as socket, watch.socket(anna) as other:
        started = await socket.ask("!forever")
        await socket.until("generation.delta")
        await socket.send("generation.stop", generation_id=started["generation_id"], request_id="stop")
        ended = await socket.until("generation.ended")
        told = await other.until("generation.ended")
    assert (ended["status"], ended["request_id"]) == ("stopped", "stop")
    assert "request_id" not in told


async def test_a_repeated_continue_is_answered_again(watch, anna):
    watch.upstream.script(eof_after=3)
    client_id = str(uuid4())
    async with watch.socket(anna) as socket:
        started = await socket.ask("Hello")
        await socket.until("generation.ended")
        again = {"client_id": client_id, "message_id": started["message_id"], "request_id": client_id}
        await socket.send("generation.continue", **again)
        first = await socket.until("generation.ended")
    async with watch.socket(anna) as socket:
        await socket.send("generation.continue", **again)
        repeated = await socket.until("generation.ended")
    assert repeated == first | {"request_id": client_id}
    assert len(watch.upstream.answers) == 2
    assert await database.read(Generation.objects.count) == 2
