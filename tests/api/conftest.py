"""A signed-in browser that speaks JSON, and what the owner's tabs hear."""

import json

import pytest

from chat.bus import bus
from tests.live.conftest import connection

__all__ = ["connection"]


@pytest.fixture
def signed_in(client, anna):
    client.force_login(anna)
    return client


@pytest.fixture
def ask(signed_in):
    """`ask(method, path, body)`: Anna asks, and gets the response."""

    def send(method, path, body=None):
        text = "" if body is None else json.dumps(body)
        return signed_in.generic(method, f"/api/{path}", text, content_type="application/json")

    return send


@pytest.fixture
def heard(anna):
    """The events that Anna's tabs are told."""
    events = []
    unsubscribe = bus.subscribe(anna.id, events.append)
    yield events
    unsubscribe()
