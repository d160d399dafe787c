"""Texts of every kind are stored as they were sent, or refused; answers as every reader saw them."""

import json
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import AsyncClient

from chat.database import database
from chat.models import Conversation, Message
from tests.faults.invariants import storable

LIMIT = settings.MESSAGE_MAX_CHARACTERS
FAMILY = "👩\u200d👩\u200d👧\u200d👦"

KEPT = {
    "one letter": "a",
    "exactly the limit": "x" * LIMIT,
    "exactly the limit, four bytes each": "🌊" * LIMIT,
    "exactly the limit, many code points a sign": (FAMILY * LIMIT)[:LIMIT],
    "right to left": "مرحبا بالعالم \u202eabc\u202c שלום",
    "direction marks alone": "\u200f\u200e\u2067\u2069x",
    "emoji with joiners": f"{FAMILY} 🏳️\u200d🌈 👍🏽 🇺🇦",
    "combining marks": "e\u0301 and é, Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334 и\u0306 й",
    "line separators": "a\u2028b\u2029c\u0085d\u000be\u000cf",
    "line ends of Windows": "a\r\nb\rc\n\r\nd",
    "space around": "\n\t  a  \u00a0\u3000\n",
    "control characters": "".join(map(chr, range(1, 32))) + "\x7f\x80\x9f",
    "no characters": "\ufffe\uffff\U0001ffff\ufdd0",
    "private use and the last plane": "\ue000\U000f0000\U0010fffd",
    "a byte order mark": "\ufeffa",
    "the replacement itself": "\ufffd",
    "json in json": '{"type": "ping"}\\u0000 \\n "quoted"',
    "sql and html": "'; DROP TABLE chat_message; -- <script>alert(1)</script> %s {0} ${x}",
    "many lines": "\n".join(str(number) for number in range(5000)),
}

REFUSED = {
    "nothing": ("", "message.empty"),
    "space": (" \t\n\r\n", "message.empty"),
    "space of other scripts": ("\u00a0\u2003\u3000\u2028", "message.empty"),
    "one over the limit": ("x" * (LIMIT + 1), "message.too_long"),
    "one over the limit, four bytes each": ("🌊" * (LIMIT + 1), "message.too_long"),
    "NUL": ("a\0b", "message.has_nul"),
    "NUL alone": ("\0", "message.has_nul"),
    "half of a character": ("a\ud83cb", "frame.lone_surrogate"),
}

ANSWERS = {
    "one delta": ["Hello"],
    "a character a delta": list(f"Zażółć {FAMILY} e\u0301 й שלום\u2028\r\n"),
    "space and line ends": ["\n", "\r\n", " ", "\u2028", "x", "\n\n"],
    "NUL": ["a\0b", "\0", "\0c"],
    "half characters": ["a\ud83c", "b", "\udf0a", "c"],
    "other control characters": ["\x01\x1b[31m\x7f", "\x9b", "\x08"],
    "frames in the text": ['data: {"x": 1}\n\n', "data: [DONE]\n\n", 'event: error\n{"type": "generation.ended"}'],
}


async def page_of(user, conversation_id):
    """The messages as the JSON endpoint gives them."""
    client = AsyncClient()
    await client.aforce_login(user)
    response = await client.get(f"/api/conversations/{conversation_id}/messages")
    return json.loads(response.content)["items"]


async def stored(role):
    return await database.read(lambda: Message.objects.get(role=role).content)


async def snapshot(socket, conversation_id):
    await socket.send("conversation.open", conversation_id=conversation_id)
    return (await socket.until("conversation.snapshot"))["messages"]


@pytest.mark.parametrize("content", KEPT.values(), ids=KEPT)
async def test_a_text_is_stored_as_it_was_sent(watch, anna, content):
    watch.upstream.script(pieces=["Read."])
    async with watch.socket(anna) as socket:
        await socket.send("message.send", client_id=str(uuid4()), content=content)
        created = (await socket.until("message.created"))["message"]
        await socket.until("generation.ended")
        told = await snapshot(socket, created["conversation_id"])
    asked = watch.upstream.last.body["messages"][-1]["content"]
    listed = await page_of(anna, created["conversation_id"])
    everywhere = [created["content"], await stored("user"), told[0]["content"], listed[0]["content"], asked]
    assert [text == content for text in everywhere] == [True] * 5


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
async def test_a_text_that_cannot_be_stored_is_refused_once(watch, anna, content, code):
    async with watch.socket(anna) as socket:
        await socket.send("message.send", client_id=str(uuid4()), content=content, request_id="r1")
        await socket.settle()
    refused = [frame for frame in socket.frames if frame["type"] == "error"]
    assert [(frame["code"], frame["request_id"]) for frame in refused] == [(code, "r1")]
    assert refused[0]["message"]
    assert await database.read(Conversation.objects.count) == 0
    assert not watch.upstream.answers


async def test_a_message_over_the_limit_is_refused_in_an_existing_conversation_too(watch, anna):
    async with watch.socket(anna) as socket:
        started = await socket.ask("Hello")
        await socket.until("generation.ended")
        question = await database.read(lambda: str(Message.objects.get(role="user").id))
        socket.frames.clear()
        long = {"client_id": str(uuid4()), "content": "x" * (LIMIT + 1)}
        place = {"conversation_id": started["conversation_id"], "parent_id": started["message_id"]}
        await socket.send("message.send", **long, **place)
        await socket.send("message.edit", **long, message_id=question)
        await socket.settle()
    told = [(frame["type"], frame.get("code")) for frame in socket.frames]
    assert told == [("error", "message.too_long"), ("error", "message.too_long")]
    assert f"{LIMIT + 1:,}" in socket.frames[0]["message"]
    assert f"{LIMIT:,}" in socket.frames[0]["message"]
    assert await database.read(Message.objects.count) == 2
    assert len(watch.upstream.answers) == 1
    watch.sockets.clear()


@pytest.mark.parametrize("pieces", ANSWERS.values(), ids=ANSWERS)
async def test_an_answer_is_stored_as_every_reader_saw_it(watch, anna, pieces):
    watch.upstream.script(pieces=pieces)
    async with watch.socket(anna) as socket:
        started = await socket.ask("Hello")
        ended = await socket.until("generation.ended")
        told = await snapshot(socket, started["conversation_id"])
    text = storable(watch.upstream.last.text)
    listed = await page_of(anna, started["conversation_id"])
    seen = [socket.text(started["generation_id"]), await stored("assistant"), told[1]["content"], listed[1]["content"]]
    assert seen == [text] * 4
    assert (ended["status"], ended["position"]) == ("completed", len(text))
