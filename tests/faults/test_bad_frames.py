"""Whatever a frame holds, the answer is an `error`, and the socket goes on."""

import json
from uuid import uuid4

import pytest

from chat.database import database
from chat.models import Conversation, Message

SEND = {"type": "message.send", "client_id": str(uuid4()), "content": "Hello"}


def sending(**changes):
    return json.dumps(SEND | changes)


def without(name):
    return json.dumps({key: value for key, value in SEND.items() if key != name})


DEEP = 100_000
LONG = "9" * 5_000
MEGABYTE = 1_000_000

FRAMES = {
    "nothing": ("", "frame.malformed"),
    "white space": (" \n\t", "frame.malformed"),
    "a word": ("ping", "frame.malformed"),
    "cut short": ('{"type": "pi', "frame.malformed"),
    "a list": ("[]", "frame.malformed"),
    "a list of commands": ('[{"type": "ping"}]', "frame.malformed"),
    "null": ("null", "frame.malformed"),
    "a number": ("7", "frame.malformed"),
    "a text": ('"ping"', "frame.malformed"),
    "true": ("true", "frame.malformed"),
    "NaN": ("NaN", "frame.malformed"),
    "NaN in a field": ('{"type": "ack", "generation_id": "x", "position": NaN}', "frame.malformed"),
    "Infinity": ('{"type": "ack", "generation_id": "x", "position": -Infinity}', "frame.malformed"),
    "single quotes": ("{'type': 'ping'}", "frame.malformed"),
    "a comma too many": ('{"type": "ping",}', "frame.malformed"),
    "two objects": ('{"type": "ping"}{"type": "ping"}', "frame.malformed"),
    "lists without end": ("[" * DEEP, "frame.malformed"),
    "objects without end": ('{"a":' * DEEP, "frame.malformed"),
    "deep and whole": ("[" * DEEP + "]" * DEEP, "frame.malformed"),
    "deep in an unknown field": ('{"type": "ping", "x": ' + "[" * DEEP + "]" * DEEP + "}", "frame.malformed"),
    "deep in the type": ('{"type": ' + "[" * DEEP + "]" * DEEP + "}", "frame.malformed"),
    "a megabyte of spaces": (" " * MEGABYTE, "frame.malformed"),
    "a megabyte of brackets": ("[]" * (MEGABYTE // 2), "frame.malformed"),
    "a megabyte of nulls": ("\0" * MEGABYTE, "frame.malformed"),
    "a megabyte of backslashes": ('"' + "\\" * MEGABYTE, "frame.malformed"),
    "a megabyte of surrogates": ('{"type": "' + "\\ud800" * (MEGABYTE // 6), "frame.malformed"),
    "a byte order mark": ('\ufeff{"type": "ping"}', "frame.malformed"),
    "NUL after it": ('{"type": "ping"}\0', "frame.malformed"),
    "NUL as it is": ('{"type": "pi\0ng"}', "frame.malformed"),
    "an escape that is none": ('{"type": "ping", "request_id": "\\x41"}', "frame.malformed"),
    "half of a character from the network": ('{"type": "ping", "request_id": "\udcff"}', "frame.malformed"),
    "an empty object": ("{}", "command.unknown"),
    "no type": ('{"request_id": "r"}', "command.unknown"),
    "an unknown type": ('{"type": "message.steal"}', "command.unknown"),
    "an event as a command": ('{"type": "generation.ended"}', "command.unknown"),
    "another case": ('{"type": "PING"}', "command.unknown"),
    "a type with NUL": ('{"type": "ping\\u0000"}', "command.unknown"),
    "a type that is no text": ('{"type": 5}', "command.unknown"),
    "a type that is null": ('{"type": null}', "command.unknown"),
    "a type that is a list": ('{"type": ["ping"]}', "command.unknown"),
    "an endless type": (json.dumps({"type": "p" * MEGABYTE}), "command.unknown"),
    "a type that is half a character": ('{"type": "\\ud800"}', "command.unknown"),
    "a field too many": ('{"type": "ping", "x": 1}', "command.invalid"),
    "two types": ('{"type": "ping", "type": "ack"}', "command.invalid"),
    "a field missing": (without("client_id"), "command.invalid"),
    "all fields missing": ('{"type": "message.send"}', "command.invalid"),
    "null for a text": (sending(content=None), "command.invalid"),
    "a number for a text": (sending(content=5), "command.invalid"),
    "a list for a text": (sending(content=["Hello"]), "command.invalid"),
    "no id": (sending(client_id="x"), "command.invalid"),
    "an id that is a number": (sending(client_id=1), "command.invalid"),
    "an id with braces": (sending(conversation_id="{" + str(uuid4()) + "}"), "command.invalid"),
    "a number too long": (f'{{"type": "ack", "generation_id": "{uuid4()}", "position": {LONG}}}', "command.invalid"),
    "a number too large": (f'{{"type": "ack", "generation_id": "{uuid4()}", "position": 1e400}}', "command.invalid"),
    "a negative position": (f'{{"type": "ack", "generation_id": "{uuid4()}", "position": -1}}', "command.invalid"),
    "a broken position": (f'{{"type": "ack", "generation_id": "{uuid4()}", "position": 1.5}}', "command.invalid"),
    "a position as text": (f'{{"type": "ack", "generation_id": "{uuid4()}", "position": "1"}}', "command.invalid"),
    "a long request_id": (sending(request_id="r" * 65), "command.invalid"),
    "an endless request_id": (sending(request_id="r" * MEGABYTE), "command.invalid"),
    "a request_id that is no text": (sending(request_id=5), "command.invalid"),
    "five models": (sending(model_ids=list("abcde")), "command.invalid"),
    "a model without a name": (sending(model_ids=[""]), "command.invalid"),
    "too hot": (sending(parameters={"temperature": 3}), "command.invalid"),
    "too many positions": (
        json.dumps({
            "type": "conversation.open", "conversation_id": str(uuid4()),
            "positions": {str(uuid4()): 0 for _ in range(65)},
        }),
        "command.invalid",
    ),
    "half of a character in the text": (sending(content="broken \ud83c"), "frame.lone_surrogate"),
    "the other half": (sending(content="\udf0a broken"), "frame.lone_surrogate"),
    "halves in the wrong order": (sending(content="\udf0a\ud83c and more"), "frame.lone_surrogate"),
    "nothing to send": (sending(content=""), "message.empty"),
    "NUL in the text": (sending(content="a\0b"), "message.has_nul"),
}  # fmt: skip


async def deliver(socket, **frame):
    """A frame as the server hands it on: `text=` or `bytes=`, empty ones too."""
    await socket.communicator.send_input({"type": "websocket.receive", **frame})


async def assert_alive(socket):
    await socket.send("ping", request_id="still there")
    assert await socket.receive() == {"type": "pong", "request_id": "still there"}


async def stored():
    return await database.read(lambda: (Conversation.objects.count(), Message.objects.count()))


@pytest.mark.parametrize(("frame", "code"), FRAMES.values(), ids=FRAMES)
async def test_a_bad_frame_is_an_error_and_the_socket_lives(watch, anna, frame, code):
    async with watch.socket(anna) as socket:
        await deliver(socket, text=frame)
        refused = await socket.receive()
        assert (refused["type"], refused["code"]) == ("error", code)
        assert 0 < len(refused["message"]) < 500
        assert len(refused.get("request_id", "")) <= 64
        await assert_alive(socket)
    assert await stored() == (0, 0)
    assert not watch.upstream.answers


@pytest.mark.parametrize("frame", [b"", b'{"type": "ping"}', b"\xff\xfe\x00", b"\x00" * MEGABYTE])
async def test_a_binary_frame_is_an_error_and_the_socket_lives(watch, anna, frame):
    async with watch.socket(anna) as socket:
        await deliver(socket, bytes=frame)
        refused = await socket.receive()
        assert (refused["type"], refused["code"]) == ("error", "frame.binary")
        await assert_alive(socket)


async def test_all_of_them_one_after_the_other_harm_no_running_answer(watch, anna):
    async with watch.socket(anna) as socket:
        started = await socket.ask("!slow")
        for frame, code in FRAMES.values():
            await deliver(socket, text=frame)
            await socket.until("error", code=code)
        await socket.send("generation.stop", generation_id=started["generation_id"])
        assert (await socket.until("generation.ended"))["status"] == "stopped"


@pytest.mark.parametrize(
    "name", ["a field too many", "nothing to send", "half of a character in the text", "NUL in the text", "too hot"]
)
async def test_who_asks_learns_which_command_was_refused(watch, anna, name):
    frame, code = FRAMES[name]
    async with watch.socket(anna) as socket:
        await deliver(socket, text='{"request_id": "mine", ' + frame[1:])
        refused = await socket.receive()
    assert (refused["code"], refused["request_id"]) == (code, "mine")


async def test_the_last_of_two_equal_keys_is_the_one_that_counts(watch, anna):
    async with watch.socket(anna) as socket:
        await deliver(socket, text='{"type": "ping", "request_id": "first", "request_id": "last"}')
        assert await socket.receive() == {"type": "pong", "request_id": "last"}
        await assert_alive(socket)


async def test_an_escaped_backslash_is_no_half_of_a_character(watch, anna):
    content = "the text \\ud83c and \\\\ud83c"
    async with watch.socket(anna) as socket:
        started = await socket.ask(content)
        await socket.until("generation.ended")
    question = await database.read(Message.objects.get, role="user")
    assert question.content == content
    assert str(question.conversation_id) == started["conversation_id"]
