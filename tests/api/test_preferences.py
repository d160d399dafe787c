"""Preferences: changed in one tab, followed by all, and by pages that know nobody yet."""

import pytest
from django.test import Client

from chat.events import PreferencesUpdated
from chat.models import Preferences
from chat.shapes import PreferencesInfo
from tests.live.socket import Socket

DEFAULTS = {
    "theme": "system",
    "text_size": "normal",
    "send_key": "enter",
    "language": "auto",
    "shortcuts": True,
    "notifications": False,
}


def test_who_has_changed_nothing_has_the_defaults(ask):
    assert ask("GET", "preferences").json() == DEFAULTS
    assert not Preferences.objects.exists()


def test_what_is_changed_is_kept_and_told(ask, heard):
    change = {"theme": "dark", "shortcuts": False}
    assert ask("PATCH", "preferences", change).json() == DEFAULTS | change
    assert ask("PATCH", "preferences", {"send_key": "ctrl_enter"}).json() == DEFAULTS | change | {
        "send_key": "ctrl_enter"
    }
    assert ask("GET", "preferences").json()["theme"] == "dark"
    assert heard[0] == PreferencesUpdated(PreferencesInfo(theme="dark", shortcuts=False))


@pytest.mark.parametrize(
    "body",
    [
        {"theme": "pink"},
        {"language": "de"},
        {"text_size": 12},
        {"shortcuts": "yes"},
        {"owner": "boris"},
        {"theme": None},
    ],
)
def test_another_wish_is_refused(ask, heard, body):
    response = ask("PATCH", "preferences", body)
    assert (response.status_code, response.json()["code"]) == (400, "request.invalid")
    assert heard == []
    assert not Preferences.objects.exists()


def test_cookies_keep_what_pages_need_before_signing_in(ask, settings):
    response = ask("PATCH", "preferences", {"theme": "dark", "language": "ru", "send_key": "ctrl_enter"})
    cookies = response.cookies
    assert {name: cookie.value for name, cookie in cookies.items()} == {"theme": "dark", "language": "ru"}
    for cookie in cookies.values():
        assert (cookie["samesite"], cookie["secure"], cookie["httponly"]) == ("Lax", "", True)
    settings.LANGUAGE_COOKIE_SECURE = True
    assert ask("PATCH", "preferences", {"text_size": "large"}).cookies["text_size"]["secure"] is True
    gone = ask("PATCH", "preferences", {"theme": "system"}).cookies["theme"]
    assert (gone.value, gone["max-age"]) == ("", 0)


def test_another_device_follows_at_its_next_page(ask, anna):
    ask("PATCH", "preferences", {"theme": "contrast", "language": "ru"})
    device = Client()
    device.force_login(anna)
    response = device.get("/")
    assert response["Content-Language"] == "ru"
    assert response.context["preferences"].theme == "contrast"
    assert (response.cookies["theme"].value, response.cookies["language"].value) == ("contrast", "ru")
    assert not device.get("/").cookies.keys() & {"theme", "language"}


def test_the_language_of_who_was_here_before_does_not_stay(anna, boris):
    shared = Client()
    shared.cookies["language"] = "ru"
    shared.force_login(boris)
    response = shared.get("/", headers={"Accept-Language": "en"})
    assert (response["Content-Language"], response.cookies["language"].value) == ("en", "")


def test_a_browser_chooses_the_language_of_who_has_not(db):
    assert Client().get("/accounts/login/", headers={"Accept-Language": "ru,en;q=0.5"})["Content-Language"] == "ru"
    assert Client().get("/accounts/login/", headers={"Accept-Language": "de"})["Content-Language"] == "en"


@pytest.mark.parametrize(("kept", "shown"), [("dark", "dark"), ('"><script>', "system"), ("pink", "system")])
def test_a_cookie_holds_a_choice_or_nothing(db, kept, shown):
    stranger = Client()
    stranger.cookies["theme"] = kept
    assert stranger.get("/accounts/login/").context["preferences"].theme == shown


def test_a_page_reads_preferences_once(signed_in, django_assert_max_num_queries):
    with django_assert_max_num_queries(10) as queries:
        signed_in.get("/")
    assert sum("chat_preferences" in query["sql"] for query in queries) == 1


async def test_every_tab_hears_of_a_change(people, anna):
    from chat.accounts.access import for_user
    from chat.accounts.preferences import PreferencesChange, change_preferences
    from chat.bus import bus
    from chat.database import database

    async with Socket(anna) as socket:
        info = await database.write(change_preferences, for_user(anna), PreferencesChange(theme="light"))
        bus.publish(anna.id, PreferencesUpdated(info))
        assert (await socket.until("preferences.updated"))["preferences"]["theme"] == "light"
