"""Who a handshake belongs to."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import parse_cookie

from chat.models import User


def user_of(headers: list[tuple[bytes, bytes]]) -> User | None:
    """The person whose session the cookie names, if the session is valid and the person active. Queries."""
    # Not SimpleCookie: it drops every cookie after one that it cannot read, and other programs on this host set those.
    cookies = parse_cookie("; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie"))
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    engine: Any = import_module(settings.SESSION_ENGINE)
    request: Any = SimpleNamespace(session=engine.SessionStore(key))
    user = get_user(request)
    return user if isinstance(user, User) and user.is_active else None
