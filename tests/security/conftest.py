"""Two people, what they own, and the engine behind the real application."""

import pytest

from tests.live.conftest import connection, engine, upstream
from tests.live_server import live_site
from tests.security.belongings import belongings, nothing

__all__ = ["connection", "engine", "live_site", "upstream"]


@pytest.fixture
def theirs(anna, connection):
    """What belongs to Anna."""
    return belongings(anna, connection)


@pytest.fixture
def own(boris, connection):
    """What belongs to Boris, the stranger to Anna's."""
    return belongings(boris, connection)


@pytest.fixture
def unknown():
    """What belongs to nobody."""
    return nothing()
