"""Fills a new database with users who are signed in. Run as `python -m tests.live_seed PASSWORD NAME ...`."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - the applications have to be loaded
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from chat.accounts.setup import prepare_site  # noqa: E402
from chat.models import User  # noqa: E402


def signed_in(user: User) -> str:
    """The key of a new session of this user."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def main(password: str, *names: str) -> None:
    prepare_site()
    create = dict.fromkeys(names, User.objects.create_user) | {"admin": User.objects.create_superuser}
    sessions = {name: signed_in(create[name](name, password=password)) for name in names}
    (settings.VAR_DIR / "sessions.json").write_text(json.dumps(sessions))


if __name__ == "__main__":
    main(*sys.argv[1:])
