"""Every command of the socket with a stranger's ids behaves as with ids of nothing."""

from uuid import uuid4

from chat.database import database
from chat.live import protocol
from chat.models import Connection, Conversation, Generation
from tests.live.socket import Socket
from tests.security.belongings import everything
from tests.security.commands import CASES, missing_cases, stranger_problems


def test_every_command_is_tried_with_every_id_that_it_takes():
    assert missing_cases() == []


def test_a_command_or_an_id_without_a_case_is_found(monkeypatch):
    monkeypatch.delitem(CASES, protocol.GenerationStop)
    monkeypatch.setitem(CASES, protocol.MessageSend, CASES[protocol.MessageSend][:2])
    assert missing_cases() == ["MessageSend.parent_id", "GenerationStop"]


async def test_a_stranger_cannot_tell_what_exists_and_changes_nothing(engine, upstream, boris, theirs, own, unknown):
    before = await database.read(everything)
    async with Socket(boris) as socket:
        assert await stranger_problems(socket, theirs, unknown, own) == []
    assert await database.read(everything) == before
    assert not upstream.answers


async def test_the_walk_finds_who_gets_in(engine, anna, theirs, own, unknown):
    async with Socket(anna) as socket:
        found = {problem.split(" ")[0] for problem in await stranger_problems(socket, theirs, unknown, own)}
    assert {"ConversationOpen", "GenerationRetry", "GenerationContinue", "GenerationStop", "MessageEdit"} <= found


async def test_the_owner_hears_nothing_of_a_strangers_attempts(engine, anna, boris, theirs, own, unknown):
    async with Socket(anna) as owner, Socket(boris) as stranger:
        await owner.send("conversation.open", conversation_id=str(theirs.conversation))
        await owner.until("conversation.snapshot")
        owner.frames.clear()
        await stranger_problems(stranger, theirs, unknown, own)
        await owner.send("ping")
        await owner.until("pong")
    assert [frame["type"] for frame in owner.frames] == ["pong"]


async def test_a_stranger_neither_reads_nor_stops_a_running_answer(engine, upstream, anna, boris):
    async with Socket(anna) as owner, Socket(boris) as stranger:
        started = await owner.ask("!forever")
        generation_id = started["generation_id"]
        await owner.until("generation.delta")
        await stranger.send("conversation.open", conversation_id=started["conversation_id"])
        await stranger.until("error", code="conversation.not_found")
        await stranger.send("ack", generation_id=generation_id, position=1)
        await stranger.send("generation.stop", generation_id=generation_id)
        await stranger.until("error", code="generation.not_found")
        await owner.until("generation.delta")
        await owner.send("generation.stop", generation_id=generation_id)
        ended = await owner.until("generation.ended")
        await stranger.send("ping")
        await stranger.until("pong")
    assert ended["status"] == "stopped"
    assert {frame["type"] for frame in stranger.frames} == {"session.ready", "error", "pong"}
    assert not [frame for frame in stranger.frames if generation_id in str(frame)]


async def test_the_client_id_of_somebody_else_means_nothing(engine, anna, boris):
    client_id = str(uuid4())
    async with Socket(anna) as owner, Socket(boris) as stranger:
        await owner.send("message.send", client_id=client_id, content="mine alone")
        theirs = await owner.until("generation.ended")
        await stranger.send("message.send", client_id=client_id, content="something else")
        own = await stranger.until("generation.ended")
    assert own["conversation_id"] != theirs["conversation_id"]
    assert not [frame for frame in stranger.frames if "mine alone" in str(frame)]
    owners = await database.read(lambda: set(Conversation.objects.values_list("owner__username", flat=True)))
    assert owners == {"anna", "boris"}


async def test_a_connection_that_is_switched_off_is_not_asked_nor_replaced_by_another(engine, upstream, anna):
    key = "sk-of-the-one-that-is-off"
    off = await database.write(
        Connection.objects.create, name="Off", enabled=False, base_url=upstream.base_url, secret=key
    )
    async with Socket(anna) as socket:
        await socket.send("message.send", client_id=str(uuid4()), content="Hello", connection_id=str(off.id))
        assert (await socket.until("error"))["code"] == "model.gone"
    assert not upstream.answers
    assert await database.read(Generation.objects.count) == 0
