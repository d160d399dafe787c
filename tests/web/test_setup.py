"""The link of the first start."""

from urllib.parse import parse_qs, urlsplit

import pytest

from chat.accounts.setup import setup_url
from chat.models import Connection, User

PASSWORD = "a fine pass phrase"


@pytest.fixture
def token(db) -> str:
    """What the first start prints."""
    return parse_qs(urlsplit(setup_url("http://testserver")).query)["token"][0]


def given(token, **fields):
    """A filled-in form."""
    return {"token": token, "username": "ada", "password": PASSWORD, "password_again": PASSWORD} | fields


def test_the_link_offers_a_form(client, token):
    response = client.get("/setup/", {"token": token})

    assert response.status_code == 200
    assert token in response.content.decode()


def test_the_token_is_neither_kept_nor_passed_on(client, token):
    response = client.get("/setup/", {"token": token})

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "strict-origin"


def test_the_form_creates_an_administrator_who_is_signed_in_and_can_sign_in_again(client, token):
    response = client.post("/setup/", given(token))

    assert (response.status_code, response["Location"]) == (302, "/")
    user = User.objects.get(username="ada")
    assert user.is_superuser and user.is_staff
    assert client.get("/").status_code == 200
    client.logout()
    assert client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})["Location"] == "/"


@pytest.mark.parametrize(("language", "name"), [("en", "On this machine"), ("ru", "На этой машине")])
def test_the_model_on_this_machine_is_called_in_the_language_of_the_administrator(client, token, language, name):
    client.post("/setup/", given(token), HTTP_ACCEPT_LANGUAGE=language)

    assert list(Connection.objects.filter(kind="embedded").values_list("name", flat=True)) == [name]


def test_the_link_works_once(client, token):
    client.post("/setup/", given(token))

    assert client.get("/setup/", {"token": token}).status_code == 404
    assert client.post("/setup/", given(token, username="eve")).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize("wrong", ["", "nonsense", "é"])
def test_without_the_token_there_is_no_such_page(client, token, wrong):
    missing = client.get("/nothing")

    for response in (client.get("/setup/", {"token": wrong}), client.post("/setup/", given(wrong))):
        assert response.status_code == 404
        assert response.content == missing.content
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"password_again": "another pass phrase"}, "The two passwords differ."),
        ({"password": "12345", "password_again": "12345"}, "This password is too short"),
        ({"username": ""}, "This field is required."),
        ({"username": "a b"}, "Enter a valid username"),
        ({"username": "x" * 151}, "at most 150 characters"),
        ({"username": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_created(client, token, fields, reason):
    response = client.post("/setup/", given(token, **fields))

    assert response.status_code == 200
    assert reason in response.content.decode()
    assert not User.objects.exists()


def test_the_link_takes_nothing_else(client, token):
    assert client.put("/setup/").status_code == 405
