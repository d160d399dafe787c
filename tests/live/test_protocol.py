"""The examples of docs/protocol.md are what the server reads and writes, all of it."""

import json
import re
from pathlib import Path
from typing import Union, get_args

import msgspec
import pytest

from chat import events
from chat.live import protocol

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"
EXAMPLES = re.findall(r"```json (command|event)\n(.+?)\n```", PAGE.read_text(), re.DOTALL)
COMMANDS = [text for kind, text in EXAMPLES if kind == "command"]
EVENTS = [text for kind, text in EXAMPLES if kind == "event"]
EVENT_TYPES = events.Event.__subclasses__()


def tag(struct):
    return struct.__struct_config__.tag


@pytest.mark.parametrize("text", COMMANDS)
def test_a_documented_command_is_read(text):
    command = protocol.decode(text)
    assert tag(type(command)) == json.loads(text)["type"]


@pytest.mark.parametrize("text", COMMANDS)
def test_a_documented_command_with_another_field_is_refused(text):
    with pytest.raises(protocol.Unreadable):
        protocol.decode(json.dumps({**json.loads(text), "owner": "me"}))


@pytest.mark.parametrize("text", EVENTS)
def test_a_documented_event_is_what_the_server_writes(text):
    event = msgspec.json.decode(text, type=Union[tuple(EVENT_TYPES)])  # noqa: UP007 - made of a list
    assert json.loads(protocol.encode(event)) == json.loads(text)


def test_every_command_and_event_is_documented():
    documented = {json.loads(text)["type"] for _, text in EXAMPLES}
    assert documented == {tag(struct) for struct in (*get_args(protocol.AnyCommand), *EVENT_TYPES)}


def test_every_code_is_documented():
    root = PAGE.parents[1]
    used = set()
    for folder in ("generation", "history", "live", "accounts"):
        for path in (root / "chat" / folder).glob("*.py"):
            used |= set(re.findall(r'(?:ChatError|Unreadable)\(\s*"([a-z_.]+)"', path.read_text()))
    spoken = {code for code in used if not code.startswith("setup.")}
    missing = {code for code in spoken if f"`{code}`" not in PAGE.read_text()}
    assert not missing
