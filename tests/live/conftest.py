"""The engine with the scripted upstream behind it."""

import pytest

from chat.generation.runner import runner
from chat.models import Connection, SiteSettings
from chat.providers.session import close_session
from tests.upstream.server import Upstream


@pytest.fixture
async def upstream():
    """The scripted service."""
    async with Upstream() as server:
        yield server


@pytest.fixture
def connection(transactional_db):
    """A connection whose address the test's upstream takes over."""
    SiteSettings.objects.create(id=1)  # a site that has been set up: no first connections of its own
    return Connection.objects.create(name="Scripted", kind="openai_compatible", model_ids=["scripted-1", "scripted-2"])


@pytest.fixture
async def engine(upstream, connection):
    """Generations run against the scripted service; none is left when the test ends."""
    from chat.database import database

    connection.base_url = upstream.base_url
    await database.write(connection.save)
    yield runner()
    await runner().shutdown()
    await close_session()
