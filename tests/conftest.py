"""Fixtures that several parts of the suite use."""

import pytest
from django.core.cache import cache
from django.utils import translation

from chat.database import database
from chat.providers.weights import SMOLLM2
from chat.providers.weights_download import WeightsError, install
from chatsite.env import BASE_DIR


@pytest.fixture(scope="session", autouse=True)
def _database_threads():
    """The threads of the database helper end with the tests, and their connections with them."""
    yield
    database.close()


@pytest.fixture(autouse=True)
def _language():
    """A request of the test client leaves its language to its thread, and so to the tests after it."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Attempts to sign in are counted for each test anew."""
    cache.clear()


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


@pytest.fixture(scope="session")
def weights():
    """The embedded model's published weights, downloaded by the first run on a machine."""
    path = BASE_DIR / "var" / "models" / SMOLLM2.filename
    try:
        install(path, print)
    except WeightsError as error:
        pytest.fail(f"the embedded model's weights are not here: {error}")
    return path
