"""Deleting while the engine runs, and going on after it."""

from uuid import UUID, uuid4

from chat.accounts.access import for_user
from chat.bus import bus
from chat.database import database
from chat.events import ConversationUpdated
from chat.history import conversations, deletion, tree
from chat.models import Message
from tests.live.socket import Socket


async def answered(socket, content, **fields):
    started = await socket.ask(content, **fields)
    await socket.until("generation.ended", generation_id=started["generation_id"])
    return started


async def deleted(user, message_id):
    return await database.write(deletion.delete, for_user(user), UUID(message_id))


async def test_an_answer_that_is_deleted_stops_and_comes_back_with_its_text(engine, upstream, anna):
    async with Socket(anna) as socket:
        started = await socket.ask("!forever")
        await socket.until("generation.delta")
        await deleted(anna, started["message_id"])
        ended = await socket.until("generation.ended")
    assert ended["status"] == "stopped"
    assert upstream.last.text
    event = await database.write(deletion.restore, for_user(anna), UUID(started["message_id"]))
    assert event.message.content
    assert event.message.generation.status == "stopped"
    assert event.conversation.head_id == UUID(started["message_id"])


async def test_a_conversation_that_is_deleted_in_mid_answer_stays_away(engine, upstream, anna):
    async with Socket(anna) as socket:
        started = await socket.ask("!forever")
        await socket.until("generation.delta")
        await database.write(conversations.delete, for_user(anna), UUID(started["conversation_id"]))
        heard = []
        unsubscribe = bus.subscribe(anna.id, heard.append)
        ended = await socket.until("generation.ended")
        await socket.send("ping")
        await socket.until("pong")
        unsubscribe()
    assert ended["status"] == "stopped"
    assert not [event for event in heard if isinstance(event, ConversationUpdated)]


async def test_a_question_whose_answer_is_gone_is_answered_anew(engine, upstream, anna):
    upstream.script(pieces=["fine"])
    async with Socket(anna) as socket:
        first = await answered(socket, "How are you?")
        event = await deleted(anna, first["message_id"])
        question = str(event.conversation.head_id)
        await socket.send("generation.retry", message_id=question, client_id=str(uuid4()))
        again = await socket.until("message.created")
        await socket.until("generation.ended")
    assert (again["message"]["parent_id"], again["message"]["siblings"]) == (question, [again["message"]["id"]])
    assert upstream.last.body["messages"] == [{"role": "user", "content": "How are you?"}]


async def test_a_conversation_goes_on_below_a_question_whose_answer_is_gone(engine, upstream, anna):
    upstream.script(pieces=["fine"])
    async with Socket(anna) as socket:
        first = await answered(socket, "How are you?")
        event = await deleted(anna, first["message_id"])
        below = {"conversation_id": first["conversation_id"], "parent_id": str(event.conversation.head_id)}
        await answered(socket, "Really?", **below)
    said = [(message["role"], message["content"]) for message in upstream.last.body["messages"]]
    assert said == [("user", "How are you?\n\nReally?")]  # some chat templates refuse roles that do not alternate
    branch = await database.read(tree.snapshot, for_user(anna), UUID(first["conversation_id"]))
    assert [message.content for message in branch.messages] == ["How are you?", "Really?", "fine"]


async def test_nothing_follows_what_is_deleted(engine, upstream, anna):
    client_id = str(uuid4())
    async with Socket(anna) as socket:
        first = await answered(socket, "root")
        below = {"conversation_id": first["conversation_id"], "parent_id": first["message_id"]}
        await socket.send("message.send", client_id=client_id, content="next", **below)
        await socket.until("generation.ended")
        await deleted(anna, first["message_id"])
        for command, fields, code in (
            ("message.send", {**below, "content": "late"}, "message.not_found"),
            ("generation.retry", {"message_id": first["message_id"]}, "message.not_found"),
            ("generation.continue", {"message_id": first["message_id"]}, "message.not_found"),
        ):
            await socket.send(command, client_id=str(uuid4()), **fields)
            assert (await socket.until("error"))["code"] == code
        await socket.send("message.send", client_id=client_id, content="next", **below)
        assert (await socket.until("error"))["code"] in {"message.not_found", "message.deleted"}
    assert await database.read(Message.objects.count) == 4


async def test_an_answer_can_be_continued_when_what_followed_is_deleted(engine, upstream, anna):
    async with Socket(anna) as socket:
        first = await answered(socket, '!{"pieces": ["half"], "no_end_mark": true, "no_finish": true}')
        below = {"conversation_id": first["conversation_id"], "parent_id": first["message_id"]}
        await socket.send("message.send", client_id=str(uuid4()), content="next", **below)
        asked = (await socket.until("message.created"))["message"]
        await socket.until("generation.ended")
        await deleted(anna, asked["id"])
        await socket.send("generation.continue", message_id=first["message_id"], client_id=str(uuid4()))
        assert (await socket.until("generation.started"))["message_id"] == first["message_id"]
        await socket.until("generation.ended")
