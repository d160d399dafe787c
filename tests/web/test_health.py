"""Live and ready are different answers."""

import pytest
from django.db import DatabaseError, connection

from chat.lifecycle import lifecycle
from chat.web import health


@pytest.fixture
def draining(monkeypatch):
    """The server is shutting down."""
    monkeypatch.setattr(lifecycle, "draining", True)


@pytest.fixture
def unchecked():
    """Nothing is known of the migrations yet."""
    health._migrated.clear()
    yield
    health._migrated.clear()


def test_the_process_is_alive(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_the_process_is_ready(client, db, unchecked):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_a_draining_process_is_alive_but_not_ready(client, db, draining):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"status": "unavailable", "missing": "draining"})
    assert client.get("/healthz").status_code == 200


def test_without_its_database_the_process_is_not_ready(client, db):
    def refuse(*_):
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")

    assert (response.status_code, response.json()["missing"]) == (503, "database")


def test_with_an_older_database_the_process_is_not_ready(client, db, unchecked):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'chat'")

    response = client.get("/readyz")

    assert (response.status_code, response.json()["missing"]) == (503, "migrations")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_only_read(client, db, address):
    assert client.post(address).status_code == 405
    assert "no-store" in client.get(address)["Cache-Control"]
