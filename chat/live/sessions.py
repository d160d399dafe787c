"""Who a handshake belongs to."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user

from chat.models import User


def user_of(headers: list[tuple[bytes, bytes]]) -> User | None:
    """The person whose session the cookie names, if the session is valid and the person active. Queries."""
    key = _session_key(headers)
    if not key:
        return None
    engine: Any = import_module(settings.SESSION_ENGINE)
    request: Any = SimpleNamespace(session=engine.SessionStore(key))
    user = get_user(request)
    return user if isinstance(user, User) and user.is_active else None


def _session_key(headers: list[tuple[bytes, bytes]]) -> str:
    cookies: SimpleCookie = SimpleCookie()
    try:
        for name, value in headers:
            if name == b"cookie":
                cookies.load(value.decode("latin-1"))
    except CookieError:
        return ""
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else ""
