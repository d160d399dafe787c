"""Every endpoint refuses other methods, other content, broken JSON, ids that are none, and who is signed out."""

import re

import pytest

from chat.api.urls import urlpatterns
from tests.security.belongings import belongings, everything
from tests.security.routes import BODIES, routes

METHODS = {
    "api_conversations": {"GET"},
    "api_conversation": {"PATCH", "DELETE"},
    "api_conversation_restore": {"POST"},
    "api_head": {"POST"},
    "api_messages": {"GET"},
    "api_fork": {"POST"},
    "api_conversation_draft": {"POST"},
    "api_draft": {"GET", "POST"},
    "api_message": {"PATCH", "DELETE"},
    "api_message_restore": {"POST"},
    "api_feedback": {"PUT"},
    "api_queued": {"PATCH", "DELETE"},
    "api_prompts": {"GET", "POST"},
    "api_prompt": {"PATCH", "DELETE"},
    "api_preferences": {"GET", "PATCH"},
    "api_models": {"GET"},
}
"""What each endpoint takes."""

API = [route for route in routes() if route.key.startswith("api_")]
TAKING = [
    (route, method)
    for route in API
    for method in sorted(METHODS[route.key] & {"POST", "PUT", "PATCH"})
    if route.key in BODIES or not route.takes_ids or route.key == "api_conversation"
]
"""Endpoints that read a body."""


@pytest.fixture
def own(anna, connection):
    return belongings(anna, connection)


def test_every_endpoint_is_on_the_ladder():
    assert set(METHODS) == {entry.name for entry in urlpatterns}


def test_other_methods_are_refused_with_those_that_are_taken(ask, own):
    before = everything()
    for route in API:
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - METHODS[route.key]:
            answer = ask(method, route.address(own).removeprefix("/api/"), {})
            assert (answer.status_code, answer.json()["code"]) == (405, "request.method"), (method, route.key)
            assert set(answer["Allow"].split(", ")) == METHODS[route.key]
    assert everything() == before


def test_who_is_signed_out_is_told_so(client, own):
    before = everything()
    for route in API:
        for method in METHODS[route.key]:
            answer = client.generic(method, route.address(own), "{}", content_type="application/json")
            assert (answer.status_code, answer.json()["code"]) == (401, "session.signed_out"), (method, route.key)
    assert everything() == before


@pytest.mark.parametrize(("route", "method"), TAKING, ids=lambda value: getattr(value, "key", value))
def test_a_body_that_is_none_changes_nothing(signed_in, heard, own, route, method):
    before = everything()
    for content_type, text, code in (
        ("text/plain", "{}", "request.content_type"),
        ("application/x-www-form-urlencoded", "content=x", "request.content_type"),
        *(("application/json", text, "request.invalid") for text in (" ", "[]", "null", "{", '"x"', "[" * 5000)),
        ("application/json", '{"content": "\\ud83c", "title": "\\ud83c"}', "request.invalid"),
    ):
        answer = signed_in.generic(method, route.address(own), text, content_type=content_type)
        assert (answer.status_code, answer.json()["code"]) == (400, code), text[:20]
    assert (everything(), heard) == (before, [])


def test_an_id_that_is_none_is_missing(ask):
    for entry in urlpatterns:
        address = re.sub(r"<uuid:\w+>", "1", str(entry.pattern))
        if address != str(entry.pattern):
            assert ask("PATCH", address, {}).status_code == 404, address
