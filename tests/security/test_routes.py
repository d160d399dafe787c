"""Every HTTP route with a stranger's ids behaves as with ids of nothing."""

import json
from base64 import urlsafe_b64encode
from uuid import uuid4

import pytest
from django.test import Client

from chat.models import User
from tests.security.belongings import belongings, everything
from tests.security.routes import DECISIONS, METHODS, For, ask, routes, stranger_problems, undecided


def client_of(user=None):
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def staff(people):
    return User.objects.create_user("staff", is_staff=True)


@pytest.fixture
def superuser(people):
    return User.objects.create_superuser("superuser")


def test_somebody_has_decided_about_every_route():
    assert undecided() == []


def test_no_decision_is_about_a_route_that_is_gone():
    assert set(DECISIONS) == {route.key for route in routes()}


def test_a_route_that_takes_ids_is_for_its_owner_or_for_staff():
    assert [route.key for route in routes() if route.takes_ids and route.decision not in METHODS] == []


def test_nobody_cannot_tell_what_exists(theirs, unknown):
    client = client_of()
    assert stranger_problems(client, For.OWNER, theirs, unknown) == []
    assert stranger_problems(client, For.STAFF, theirs, unknown) == []


def test_a_stranger_cannot_tell_what_exists(theirs, unknown, boris):
    client = client_of(boris)
    assert stranger_problems(client, For.OWNER, theirs, unknown) == []
    assert stranger_problems(client, For.STAFF, theirs, unknown) == []


def test_staff_without_permission_cannot_tell_what_exists(theirs, unknown, staff):
    client = client_of(staff)
    assert stranger_problems(client, For.OWNER, theirs, unknown) == []
    assert stranger_problems(client, For.STAFF, theirs, unknown) == []


def test_a_superuser_does_not_see_the_conversations_of_others(theirs, unknown, superuser):
    assert stranger_problems(client_of(superuser), For.OWNER, theirs, unknown) == []


def test_a_route_that_gives_something_away_is_found(theirs, unknown, boris, settings):
    settings.ROOT_URLCONF = "tests.security.leaky_urls"
    found = {problem.split(":")[0] for problem in stranger_problems(client_of(boris), For.OWNER, theirs, unknown)}
    assert found == {f"{method} {route}" for method in METHODS[For.OWNER] for route in ("tells", "words", "writes")} - {
        "HEAD words",
        *(f"{method} writes" for method in METHODS[For.OWNER][1:]),
    }
    assert undecided() == ["tells", "words", "writes"]


def test_the_owner_gets_in_where_the_stranger_does_not(theirs, unknown, anna):
    client = client_of(anna)
    pages = (f"/c/{theirs.conversation}/", f"/api/conversations/{theirs.conversation}/messages")
    assert [client.get(page).status_code for page in pages] == [200, 200]
    entered = {problem.split(":")[0] for problem in stranger_problems(client, For.OWNER, theirs, unknown)}
    assert {"PATCH api_conversation", "DELETE api_conversation"} <= entered


@pytest.mark.parametrize("route", [route for route in routes() if not route.takes_ids], ids=lambda route: route.key)
def test_what_is_not_for_anybody_asks_who_you_are(route, theirs):
    response = client_of().get(route.address(theirs))
    if route.decision is For.SIGNED_IN:
        assert response.status_code in {302, 401}
    elif route.decision is For.STAFF:
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/")
    assert "anna" not in response.content.decode()


def test_a_message_of_somebody_else_is_unknown_inside_the_own_conversation(own, theirs, unknown, boris):
    client = client_of(boris)
    before = everything()
    head = f"/api/conversations/{own.conversation}/head"
    for message in (theirs.answer, theirs.question, unknown.answer):
        response = client.post(head, {"message_id": str(message)}, content_type="application/json")
        expected = {"code": "message.not_found", "message": "There is no such message here."}
        assert (response.status_code, response.json()) == (404, expected)
        for page in (f"/api/conversations/{own.conversation}/messages", f"/c/{own.conversation}/"):
            assert client.get(page, {"before": str(message)}).status_code == 404
    assert everything() == before


def test_an_own_message_of_another_conversation_is_unknown_too(own, boris, connection):
    other = belongings(boris, connection)
    client = client_of(boris)
    head = f"/api/conversations/{own.conversation}/head"
    response = client.post(head, json.dumps({"message_id": str(other.answer)}), content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (404, "message.not_found")
    assert client.get(f"/c/{own.conversation}/?before={other.answer}").status_code == 404


CHANGES = [
    "PATCH api_conversation", "DELETE api_conversation", "POST api_conversation_restore", "POST api_head",
    "POST api_fork", "POST api_conversation_draft", "PATCH api_message", "DELETE api_message",
    "POST api_message_restore", "PUT api_feedback", "PATCH api_queued", "DELETE api_queued",
    "PATCH api_prompt", "DELETE api_prompt",
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_stranger_is_refused_its_owner_may_ask(change, theirs, anna):
    """Else the walk would only have shown broken requests."""
    method, key = change.split()
    (route,) = [route for route in routes() if route.key == key]
    status, _, body = ask(client_of(anna), method, route, theirs)
    assert status < 300 or "message.has_queued" in body, body


def test_a_message_of_somebody_else_is_not_copied_out_of_ones_own_conversation(own, theirs, unknown, boris):
    client, before = client_of(boris), everything()
    for message in (theirs.answer, theirs.question, unknown.answer, own.deleted_message):
        body = {"message_id": str(message), "scope": "all"}
        response = client.post(f"/api/conversations/{own.conversation}/fork", body, content_type="application/json")
        assert (response.status_code, response.json()["code"]) == (404, "message.not_found")
    assert everything() == before


def test_the_lists_show_only_what_is_ones_own(own, theirs, boris):
    client = client_of(boris)
    for address in ("/", f"/c/{own.conversation}/", "/api/conversations", "/api/prompts", "/api/draft"):
        text = client.get(address).content.decode()
        assert "of boris" in text or address == "/api/draft", address
        assert not [value for value in theirs.texts() if value in text], address
        assert "anna" not in text, address


def cursor_of(place: str) -> str:
    return urlsafe_b64encode(place.encode()).decode()


BROKEN_CURSORS = {
    "no base64": "x",
    "other characters": "!!!!",
    "not ascii": "é",
    "an empty list": cursor_of("[]"),
    "nul": "\0",
    "very long": "a" * 5000,
    "deep": cursor_of("[" * 2000),
    "no zone": cursor_of(f'["2026-01-01T00:00:00","{uuid4()}"]'),
    "before the first year": cursor_of(f'["0001-01-01T00:00:00+14:00","{uuid4()}"]'),
    "after the last year": cursor_of(f'["9999-12-31T23:59:59-14:00","{uuid4()}"]'),
}


@pytest.mark.parametrize("cursor", BROKEN_CURSORS.values(), ids=BROKEN_CURSORS)
def test_a_broken_cursor_is_refused_by_the_api(cursor, own, boris):
    response = client_of(boris).get("/api/conversations", {"cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (400, "cursor.invalid")


@pytest.mark.parametrize("cursor", BROKEN_CURSORS.values(), ids=BROKEN_CURSORS)
def test_a_broken_cursor_is_no_error_of_the_pages(cursor, own, boris):
    client = client_of(boris)
    for address in ("/", f"/c/{own.conversation}/"):
        assert client.get(address, {"cursor": cursor}).status_code < 500
