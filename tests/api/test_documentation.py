"""The requests in docs/protocol.md are what the endpoints take, all of them."""

import re
from pathlib import Path

import msgspec
import pytest

from chat.accounts.preferences import PreferencesChange
from chat.api import conversations, drafts, messages, prompts, queued
from chat.api.urls import urlpatterns

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"
EXAMPLES = re.findall(r"```json (PATCH|POST|PUT) (\S+)\n(.+?)\n```", PAGE.read_text(), re.DOTALL)
SHAPES = {
    ("PATCH", "conversations/<id>"): conversations.Change,
    ("POST", "conversations/<id>/head"): conversations.Head,
    ("POST", "conversations/<id>/fork"): conversations.Fork,
    ("POST", "conversations/<id>/draft"): drafts.Written,
    ("POST", "draft"): drafts.Written,
    ("PATCH", "messages/<id>"): messages.Content,
    ("PUT", "messages/<id>/feedback"): messages.Rated,
    ("PATCH", "queued/<id>"): queued.Content,
    ("POST", "prompts"): prompts.Named,
    ("PATCH", "prompts/<id>"): prompts.Change,
    ("PATCH", "preferences"): PreferencesChange,
}
"""What each request with a body is read into."""


@pytest.mark.parametrize(("method", "address", "text"), EXAMPLES)
def test_a_documented_request_is_read_and_another_field_refused(method, address, text):
    shape = SHAPES[method, address]
    assert msgspec.json.decode(text, type=shape)
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.json.decode(text.replace("{", '{"owner": "me", ', 1), type=shape)


def test_every_request_with_a_body_has_an_example():
    assert {(method, address) for method, address, _ in EXAMPLES} == set(SHAPES)


def test_every_address_is_documented():
    addresses = {re.sub(r"<uuid:\w+>", "<id>", str(entry.pattern)) for entry in urlpatterns}
    assert {address for address in addresses if f"`{address}`" not in PAGE.read_text()} == set()


def test_every_code_of_the_endpoints_is_documented():
    root = PAGE.parents[1] / "chat" / "api"
    used = {
        code for path in root.glob("*.py") for code in re.findall(r'"((?:request|session)\.[a-z_]+)"', path.read_text())
    }
    assert used
    assert {code for code in used if f"`{code}`" not in PAGE.read_text()} == set()
