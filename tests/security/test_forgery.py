"""Requests that another site's page could cause, wrong methods and wrong content types are refused, without effect."""

import pytest
from django.test import Client

from chat.models import Conversation, User
from tests.security.belongings import everything
from tests.security.routes import routes

UNSAFE = ("post", "put", "patch", "delete")


@pytest.fixture
def superuser(people):
    return User.objects.create_superuser("superuser", password="a fine pass phrase")


def strict_client(user=None):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def token_of(client):
    """A token as the page gives it to its modules."""
    return str(client.get("/").context["csrf_token"])


@pytest.fixture
def client(boris):
    return strict_client(boris)


@pytest.fixture
def address(own):
    return f"/api/conversations/{own.conversation}"


def rename(client, address, **headers):
    return client.patch(address, '{"title": "new"}', content_type="application/json", headers=headers)


def test_no_route_takes_a_change_without_a_token(superuser, theirs):
    before = everything()
    for user in (None, superuser):
        client = strict_client(user)
        for route in routes():
            for method in UNSAFE:
                response = getattr(client, method)(route.address(theirs), {"post": "yes"})
                assert response.status_code == 403, (method, route.key)
    assert everything() == before
    assert "_auth_user_id" in client.session


def test_a_change_with_the_token_is_taken(client, address):
    response = rename(client, address, **{"X-CSRFToken": token_of(client)})
    assert (response.status_code, Conversation.objects.get(deleted_at=None).title) == (200, "new")


def test_a_token_that_is_not_ours_is_refused(client, address, own, anna):
    before = everything()
    theirs = token_of(strict_client(anna))
    token = token_of(client)
    for wrong in ("", "x", "a" * 32, "a" * 64, theirs, token[:-1], token[::-1], "\0"):
        assert rename(client, address, **{"X-CSRFToken": wrong}).status_code == 403, wrong
    assert everything() == before


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example.org", "null", "https://testserver", "http://testserver:81", "http://testserver.evil.org", ""],
)
def test_the_token_does_not_help_a_page_of_another_origin(client, address, origin):
    response = rename(client, address, **{"X-CSRFToken": token_of(client), "Origin": origin})
    assert (response.status_code, Conversation.objects.get(deleted_at=None).title) == (403, "title of boris")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonp",
     "text/plain; application/json", "application/json-patch+json"],
)  # fmt: skip
def test_another_content_type_is_refused(client, address, own, content_type):
    headers = {"X-CSRFToken": token_of(client)}
    for ask, path, body in (
        (client.patch, address, '{"title": "new"}'),
        (client.post, f"{address}/head", f'{{"message_id": "{own.answer}"}}'),
    ):
        before = everything()
        response = ask(path, body, content_type=content_type, headers=headers)
        assert response.status_code == 400
        assert response.json()["code"] == "request.content_type"
        assert everything() == before


@pytest.mark.parametrize(
    "body",
    ["null", "[]", "{", '"text"', '{"title": 1}', '{"title": null}', '{"pinned": 1}', '{"pinned": "true"}', "NaN",
     '{"title": "\\ud800"}', '{"title": "' + "x" * 201 + '"}', "[" * 100_000, '{"title": "a"}{}', "\ufeff{}",
     '{"title": "   "}', '{"title": "a\\u0000b"}', '{"pinned": ' + "9" * 5000 + "}"],
    ids=lambda body: body[:24],
)  # fmt: skip
def test_a_body_that_cannot_be_is_refused_in_words(client, address, own, body):
    before = everything()
    headers = {"X-CSRFToken": token_of(client)}
    response = client.patch(address, body, content_type="application/json", headers=headers)
    assert response.status_code == 400
    assert response.json()["code"] in {"request.invalid", "conversation.title_empty", "conversation.title_has_nul"}
    assert response.json()["message"]
    assert everything() == before


def test_a_body_that_is_no_text_is_refused(client, address, own):
    before = everything()
    headers = {"X-CSRFToken": token_of(client)}
    for body in (b"\xff\xfe", b'{"title": "\xff"}', '{"title": "a"}'.encode("utf-16"), b"\x00"):
        response = client.patch(address, body, content_type="application/json", headers=headers)
        assert (response.status_code, response.json()["code"]) == (400, "request.invalid")
    assert everything() == before


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/conversations", "GET"),
        ("/api/models", "GET"),
        ("{address}", "DELETE, PATCH"),
        ("{address}/head", "POST"),
        ("{address}/messages", "GET"),
    ],
)
def test_another_method_of_the_api_is_refused(client, address, own, path, allowed):
    before = everything()
    headers = {"X-CSRFToken": token_of(client)}
    for method in {"GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"} - set(allowed.split(", ")):
        response = client.generic(method, path.format(address=address), headers=headers)
        assert (response.status_code, response["Allow"]) == (405, allowed), method
        assert response.json()["code"] == "request.method"
    assert everything() == before


@pytest.mark.parametrize("path", ["/", "/c/{own}/", "/healthz", "/readyz", "/setup/"])
def test_another_method_of_a_page_is_refused(client, own, path):
    before = everything()
    headers = {"X-CSRFToken": token_of(client)}
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", *(() if path == "/setup/" else ("POST",))):
        response = client.generic(method, path.format(own=own.conversation), headers=headers)
        assert response.status_code == 405, method
    assert everything() == before


def test_a_link_signs_nobody_out(client):
    for path in ("/accounts/logout/", "/admin/logout/"):
        assert client.get(path).status_code < 500
        assert "_auth_user_id" in client.session, path


def test_signing_in_needs_a_token_of_this_browser(boris):
    client = strict_client()
    form = {"login": "boris", "password": "a fine pass phrase"}
    foreign = str(strict_client().get("/accounts/login/").context["csrf_token"])
    client.get("/accounts/login/")
    assert client.post("/accounts/login/", form | {"csrfmiddlewaretoken": foreign}).status_code == 403
    own = str(client.get("/accounts/login/").context["csrf_token"])
    assert client.post("/accounts/login/", form | {"csrfmiddlewaretoken": own}).status_code == 302


def test_a_form_sent_as_json_signs_nobody_in(boris):
    client = Client()
    form = {"login": "boris", "password": "a fine pass phrase"}
    assert client.post("/accounts/login/", form, content_type="application/json").status_code < 500
    assert "_auth_user_id" not in client.session
