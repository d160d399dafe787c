"""Fixtures that several parts of the suite use."""

import pytest

from chat.database import database


@pytest.fixture(scope="session", autouse=True)
def _database_threads():
    """The threads of the database helper end with the tests, and their connections with them."""
    yield
    database.close()


@pytest.fixture
def people(transactional_db):
    """Two people who know nothing of each other."""
    from chat.models import User

    return [User.objects.create_user(name, password="a fine pass phrase") for name in ("anna", "boris")]


@pytest.fixture
def anna(people):
    return people[0]


@pytest.fixture
def boris(people):
    return people[1]
