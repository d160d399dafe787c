"""The language that is picked before signing in: on the page itself, without scripts, and for who signs in then."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import Client

from chat.accounts.setup import setup_url
from chat.models import Preferences

WAY = re.compile(
    r'<a class="languages__way" href="([^"]+)" lang="(\w+)" hreflang="\w+"( aria-current="true")?>(.+?)</a>'
)


def ways(html) -> dict[str, str]:
    """`{language: address}` of what a page offers."""
    return {language: unescape(href) for href, language, _, _ in WAY.findall(html)}


@pytest.mark.parametrize("path", ["/accounts/login/", "/offline/", "/offline/?in=ru", "/nothing"])
def test_it_is_offered_and_the_present_one_is_marked(client, db, path):
    html = client.get(path, HTTP_ACCEPT_LANGUAGE="en").content.decode()

    shown = [(language, bool(current), name) for _, language, current, name in WAY.findall(html)]
    assert shown == [("en", path != "/offline/?in=ru", "English"), ("ru", path == "/offline/?in=ru", "Русский")]


def test_a_page_that_knows_no_request_offers_it_too():
    assert ways(render_to_string("500.html")) == {"en": "?set_language=en", "ru": "?set_language=ru"}


def test_what_is_picked_is_kept_and_the_page_comes_again(client, db):
    response = client.get("/accounts/login/?next=/c/1/&set_language=ru")

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=%2Fc%2F1%2F")
    assert "no-store" in response["Cache-Control"]
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("ru", True, "Lax")
    html = client.get(response["Location"], HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Войти" in html
    assert ways(html)["en"] == "?next=%2Fc%2F1%2F&set_language=en"


def test_the_link_of_the_first_start_stays_open(client, db):
    address = setup_url("http://testserver").removeprefix("http://testserver")
    html = client.get(address).content.decode()

    russian = client.get("/setup/" + ways(html)["ru"], follow=True)
    assert "Создать администратора" in russian.content.decode()
    assert "action=" not in re.search("<form[^>]+>", russian.content.decode())[0]


@pytest.mark.parametrize("path", ["//elsewhere.example/", "//elsewhere.example/%2e%2e", "/\\elsewhere.example/"])
def test_nobody_is_sent_to_another_site(client, db, path):
    location = client.get("/x", PATH_INFO=path, QUERY_STRING="set_language=ru")["Location"]

    assert location.startswith("/") and not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("set_language=de", {}),
        ("set_language=", {}),
        ("set_language=ru", {"Sec-Fetch-Site": "cross-site"}),
        ("set_language=ru", {"Sec-Fetch-Site": "same-site"}),
    ],
)
def test_another_site_cannot_pick_it_nor_what_is_no_language(client, db, query, headers):
    response = client.get(f"/accounts/login/?{query}", headers=headers)

    assert response.status_code == 200
    assert not response.cookies.keys() & {"language", "language_picked"}


def test_a_form_is_not_lost_to_it(client, db):
    assert client.post("/accounts/login/?set_language=ru", {"login": "x", "password": "x"}).status_code == 200


def test_who_signs_in_then_keeps_it(anna):
    browser = Client(headers={"Accept-Language": "en"})
    browser.get("/accounts/login/?set_language=ru")
    browser.force_login(anna)

    first = browser.get("/")
    assert (first["Content-Language"], first.cookies["language_picked"].value) == ("ru", "")
    assert Preferences.objects.get(owner=anna).language == "ru"
    Preferences.objects.update(language="en")
    assert browser.get("/")["Content-Language"] == "en"


def test_a_foreign_value_is_no_preference(anna):
    browser = Client()
    browser.cookies["language_picked"] = "de"
    browser.force_login(anna)

    assert browser.get("/").cookies["language_picked"].value == ""
    assert not Preferences.objects.exists()
