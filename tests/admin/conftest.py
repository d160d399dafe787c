"""The administration's visitors, and rows whose secrets must not be seen."""

from types import SimpleNamespace

import pytest
from django.test import Client

from chat.models import Connection, User
from tests import making

PASSWORD = "a fine pass phrase"
KEY = "sk-canary-key-0123456789"
TITLE = "canary title of a conversation"
QUESTION = "canary text of a question"
ANSWER = "canary text of an answer"
PROMPT = "canary system prompt"


@pytest.fixture
def visitors(db):
    """Clients of: nobody, a person, a member of staff without any permission, a superuser."""
    people = {
        "person": User.objects.create_user("person", password=PASSWORD),
        "staff": User.objects.create_user("staff", password=PASSWORD, is_staff=True),
        "superuser": User.objects.create_superuser("superuser", password=PASSWORD),
    }
    clients = {"nobody": Client()}
    for name, user in people.items():
        clients[name] = Client()
        clients[name].force_login(user)
    return SimpleNamespace(**clients, users=people)


@pytest.fixture
def admin(visitors):
    """The superuser's client."""
    return visitors.superuser


@pytest.fixture
def connection(db):
    return Connection.objects.create(name="Service", base_url="https://api.example.org/v1", secret=KEY)


@pytest.fixture
def conversation(db, visitors, connection):
    row = making.conversation(
        visitors.users["person"], QUESTION, ANSWER, connection=connection, title=TITLE, system_prompt=PROMPT
    )
    row.generation = making.generation(row.head, connection=connection, connection_name="Service")
    return row


def connection_form(row, **changes):
    """What the form of a connection posts when only these fields are changed."""
    return {
        "name": row.name,
        "kind": row.kind,
        "base_url": row.base_url,
        "proxy_url": row.proxy,
        "model_ids": "[]",
        "context_size": "",
        "enabled": "on",
        "position": "0",
        "new_secret": "",
    } | changes
