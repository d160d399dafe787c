"""Send, edit, retry, continue: the tree that they make, and that saying it twice does it once."""

from uuid import uuid4

from chat.database import database
from chat.models import Conversation, Generation, Message
from tests.live.socket import Socket


def shape(conversation_id):
    """The tree as {(role, content of the message): content of the parent}."""
    rows = Message.objects.filter(conversation_id=conversation_id).select_related("parent").order_by("id")
    return [(row.role, row.content, row.parent and row.parent.content) for row in rows]


async def answered(socket, content, **fields):
    """Ask and wait for the end; returns the started event."""
    started = await socket.ask(content, **fields)
    await socket.until("generation.ended", generation_id=started["generation_id"])
    return started


async def test_the_same_client_id_from_two_tabs_is_one_message_and_one_upstream_call(engine, upstream, anna):
    client_id = str(uuid4())
    async with Socket(anna) as one, Socket(anna) as two:
        for socket in (one, two):
            await socket.send("message.send", client_id=client_id, content="Once")
        for socket in (one, two):
            await socket.until("generation.ended")
        await one.send("message.send", client_id=client_id, content="Once")
        await one.until("generation.ended")
        started = [f for s in (one, two) for f in s.frames if f["type"] == "generation.started"]
    assert len({frame["generation_id"] for frame in started}) == 1
    assert await database.read(Message.objects.count) == 2
    assert len(upstream.answers) == 1


async def test_a_conversation_goes_on_below_its_head(engine, upstream, anna):
    upstream.script(pieces=["fine"])
    async with Socket(anna) as socket:
        first = await answered(socket, "How are you?")
        await answered(socket, "And now?", conversation_id=first["conversation_id"], parent_id=first["message_id"])
    assert upstream.last.body["messages"] == [
        {"role": "user", "content": "How are you?"},
        {"role": "assistant", "content": "fine"},
        {"role": "user", "content": "And now?"},
    ]
    conversation = await database.read(Conversation.objects.get)
    assert conversation.title == "How are you?"


async def test_a_stale_tab_makes_a_branch_and_overwrites_nothing(engine, upstream, anna):
    upstream.script(pieces=["answer"])
    async with Socket(anna) as one, Socket(anna) as two:
        first = await answered(one, "root")
        below = {"conversation_id": first["conversation_id"], "parent_id": first["message_id"]}
        await answered(one, "from one", **below)
        stale = await answered(two, "from two", **below)
    rows = await database.read(shape, first["conversation_id"])
    assert [row for row in rows if row[0] == "user"] == [
        ("user", "root", None),
        ("user", "from one", "answer"),
        ("user", "from two", "answer"),
    ]
    conversation = await database.read(Conversation.objects.get)
    assert str(conversation.head_id) == stale["message_id"]


async def test_a_message_must_say_where_it_belongs(engine, anna):
    async with Socket(anna) as socket:
        first = await answered(socket, "root")
        for fields, code in (
            ({"conversation_id": first["conversation_id"]}, "message.parent_missing"),
            ({"conversation_id": first["conversation_id"], "parent_id": str(uuid4())}, "message.not_found"),
            ({"parent_id": first["message_id"]}, "message.parent_unknown"),
        ):
            await socket.send("message.send", client_id=str(uuid4()), content="lost?", **fields)
            assert (await socket.until("error"))["code"] == code
    assert await database.read(Message.objects.count) == 2


async def test_an_edit_is_a_sibling_of_the_question(engine, upstream, anna):
    upstream.script(pieces=["answer"])
    async with Socket(anna) as socket:
        first = await answered(socket, "tpyo")
        asked = next(f for f in socket.frames if f["type"] == "message.created")["message"]
        socket.frames.clear()
        await socket.send("message.edit", message_id=asked["id"], client_id=str(uuid4()), content="typo")
        await socket.until("generation.ended")
        created = next(f for f in socket.frames if f["type"] == "message.created")["message"]
    assert created["siblings"] == [asked["id"], created["id"]]
    rows = await database.read(shape, first["conversation_id"])
    assert [(content, parent) for role, content, parent in rows if role == "user"] == [("tpyo", None), ("typo", None)]


async def test_a_retry_is_a_sibling_of_the_answer_and_may_name_another_model(engine, upstream, anna):
    async with Socket(anna) as socket:
        first = await answered(socket, "again")
        socket.frames.clear()
        await socket.send(
            "generation.retry", message_id=first["message_id"], client_id=str(uuid4()), model_id="scripted-2"
        )
        await socket.until("generation.ended")
        (created,) = [f["message"] for f in socket.frames if f["type"] == "message.created"]
    assert created["siblings"] == [first["message_id"], created["id"]]
    assert [answer.body["model"] for answer in upstream.answers] == ["scripted-1", "scripted-2"]


async def test_an_unknown_model_is_refused(engine, anna):
    async with Socket(anna) as socket:
        first = await answered(socket, "root")
        await socket.send("generation.retry", message_id=first["message_id"], client_id=str(uuid4()), model_id="other")
        assert (await socket.until("error"))["code"] == "model.unknown"
    assert await database.read(Message.objects.count) == 2


async def test_a_cut_answer_is_continued_in_the_same_message(engine, upstream, anna):
    async with Socket(anna) as socket:
        started = await socket.ask('!{"pieces": ["The first ", "half"], "no_end_mark": true, "no_finish": true}')
        ended = await socket.until("generation.ended")
        assert (ended["status"], ended["error"]["code"]) == ("failed", "provider.incomplete")
        upstream.script(pieces=[" and the second."])
        client_id = str(uuid4())
        for _ in range(2):
            await socket.send("generation.continue", message_id=started["message_id"], client_id=client_id)
            ended = await socket.until("generation.ended")
    assert ended["status"] == "completed"
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert message.content == "The first half and the second."
    assert await database.read(Generation.objects.filter(message=message).count) == 2
    assert upstream.last.body["messages"][-2]["content"] == "The first half"


async def test_an_answer_that_others_follow_is_not_continued(engine, anna):
    async with Socket(anna) as socket:
        first = await answered(socket, "root")
        await answered(socket, "next", conversation_id=first["conversation_id"], parent_id=first["message_id"])
        await socket.send("generation.continue", message_id=first["message_id"], client_id=str(uuid4()))
        assert (await socket.until("error"))["code"] == "message.not_last"


async def test_every_answer_names_the_request_that_it_answers(engine, upstream, anna):
    async with Socket(anna) as socket:
        started = await socket.ask('!{"pieces": ["half"], "no_end_mark": true, "no_finish": true}', request_id="send")
        await socket.until("generation.ended")
        upstream.script(drip="deltas", delay_ms=20)
        await socket.send(
            "generation.continue", message_id=started["message_id"], client_id=str(uuid4()), request_id="go on"
        )
        continued = await socket.until("generation.started", request_id="go on")
        await socket.send("generation.stop", generation_id=continued["generation_id"], request_id="stop")
        await socket.until("generation.ended", request_id="stop")
    created = [frame.get("request_id") for frame in socket.frames if frame["type"] == "message.created"]
    assert created == ["send", None]
