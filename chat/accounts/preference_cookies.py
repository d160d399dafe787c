"""What of the preferences a browser keeps, for pages that are shown before anybody has signed in."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse

from chat.models import Preferences
from chat.shapes import PreferencesInfo

DEFAULTS = PreferencesInfo()
COOKIES = {
    "theme": ("theme", frozenset(Preferences.Theme.values)),
    "text_size": ("text_size", frozenset(Preferences.TextSize.values)),
    "language": (settings.LANGUAGE_COOKIE_NAME, frozenset(Preferences.Language.values)),
}
"""The cookie of each of them, and what it may hold."""

PICKED = "language_picked"
PICKED_SECONDS = 3600
"""What was picked before signing in is meant by who signs in soon after."""


def kept(cookies: Mapping[str, str]) -> PreferencesInfo:
    """The preferences in a browser's cookies; what is not one of the choices is the default."""
    values = {name: cookies.get(cookie) for name, (cookie, _) in COOKIES.items()}
    return PreferencesInfo(**{name: value for name, value in values.items() if value in COOKIES[name][1]})


def keep(response: HttpResponse, sent: Mapping[str, str], preferences: PreferencesInfo) -> None:
    """Bring the browser's cookies, of which it `sent` these, in step; only what differs is set."""
    for name, (cookie, _) in COOKIES.items():
        value = getattr(preferences, name)
        if value == getattr(DEFAULTS, name):
            if cookie in sent:
                response.delete_cookie(cookie, samesite="Lax")
        elif sent.get(cookie) != value:
            _set(response, cookie, value, settings.LANGUAGE_COOKIE_AGE)


def pick(response: HttpResponse, language: str) -> None:
    """Keep the language that somebody has chosen who is not known yet."""
    _set(response, settings.LANGUAGE_COOKIE_NAME, language, settings.LANGUAGE_COOKIE_AGE)
    _set(response, PICKED, language, PICKED_SECONDS)


def picked(cookies: Mapping[str, str]) -> str | None:
    """The language that was chosen in this browser just before signing in."""
    language = cookies.get(PICKED)
    return language if language in dict(settings.LANGUAGES) else None


def forget_picked(response: HttpResponse) -> None:
    """It is a preference of somebody now."""
    response.delete_cookie(PICKED, samesite="Lax")


def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    secure = settings.LANGUAGE_COOKIE_SECURE
    response.set_cookie(name, value, max_age=seconds, secure=secure, httponly=True, samesite="Lax")
