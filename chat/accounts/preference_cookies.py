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
            response.set_cookie(
                cookie,
                value,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
