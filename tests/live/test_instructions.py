"""What a new conversation is asked with from its first message on: its system prompt and parameters."""

from uuid import uuid4

from chat.database import database
from chat.models import Conversation
from tests.live.socket import Socket

SYSTEM = {"role": "system", "content": "Answer in verse."}


async def test_a_new_conversation_is_asked_with_its_instructions_and_keeps_them(engine, upstream, anna):
    asked = {"content": "Why?", "system_prompt": SYSTEM["content"], "parameters": {"temperature": 0.2, "stop": ["END"]}}
    async with Socket(anna) as socket:
        await socket.send("message.send", client_id=str(uuid4()), **asked)
        ended = await socket.until("generation.ended")
        conversation_id = ended["conversation_id"]
        again = {"client_id": str(uuid4()), "conversation_id": conversation_id, "parent_id": ended["message_id"]}
        await socket.send("message.send", content="And then?", **again)
        await socket.until("generation.ended")

    assert [answer.body["messages"][0] for answer in upstream.answers] == [SYSTEM, SYSTEM]
    assert [(answer.body["temperature"], answer.body["stop"]) for answer in upstream.answers] == [(0.2, ["END"])] * 2
    conversation = await database.read(Conversation.objects.get)
    assert conversation.system_prompt == SYSTEM["content"]


async def test_instructions_that_are_too_long_are_refused(engine, upstream, anna):
    async with Socket(anna) as socket:
        await socket.send("message.send", client_id=str(uuid4()), content="Why?", system_prompt="x" * 32_001)
        refused = await socket.until("error")

    assert refused["code"] == "command.invalid"
    assert not upstream.answers
    assert not await database.read(Conversation.objects.exists)
