"""The whole site as real processes with a scripted service behind it, watched: what every fault test begins with."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from chat.models import Connection
from tests.faults import invariants
from tests.faults.browsers import Browser
from tests.faults.page import ends_told_twice
from tests.faults.stored import Stored
from tests.live_server import LiveSite, live_site
from tests.process import ServerProcess
from tests.upstream.server import Upstream

__all__ = ["House", "house", "live_site"]

MODEL = "scripted-1"


class House:
    """A site, its rows, the service, and everybody who visits."""

    def __init__(self, site: LiveSite, upstream: Upstream) -> None:
        self.site, self.upstream = site, upstream
        self.rows = Stored(site.database)
        self.browsers: list[Browser] = []
        self.servers: list[ServerProcess] = []

    async def connect(self, **fields: object) -> None:
        """Make the scripted service the one connection of the site, with other fields where the test has some."""
        values = {"kind": "openai_compatible", "base_url": self.upstream.base_url, "model_ids": [MODEL]} | fields
        await self.rows(Connection.objects.update, enabled=False)
        await self.rows(Connection.objects.update_or_create, name="Scripted", defaults={"enabled": True, **values})

    async def start(self, **environment: str) -> ServerProcess:
        """A server on the site's database; several may run at once."""
        server = await asyncio.to_thread(self.site.start, **environment)
        self.servers.append(server)
        return server

    @asynccontextmanager
    async def browser(self, url: str, user: str = "alice"):
        """A page of a signed-in person, whose record is checked when the test is over."""
        async with Browser(url, self.site.cookie(user)) as browser:
            self.browsers.append(browser)
            yield browser

    async def problems(self) -> list[str]:
        """Everything that breaks an invariant, in the rows and in the browsers' records."""
        found = [problem for browser in self.browsers for problem in browser.problems + ends_told_twice(browser.frames)]
        found += await self.rows(invariants.lease_problems)
        found += await self.rows(invariants.position_problems)
        found += await self.rows(invariants.text_problems, list(self.upstream.answers))
        found += [
            f"an answer is still asked for: {answer.body}" for answer in self.upstream.answers if not answer.ended
        ]
        return found


@pytest.fixture
async def house(live_site, django_db_blocker):
    """A site with the scripted service, not started yet; afterwards every invariant is checked."""
    async with Upstream() as upstream:
        house = House(live_site, upstream)
        with django_db_blocker.unblock():
            await house.connect()
            yield house
            try:
                problems = await house.problems()
                assert not problems, problems
            finally:
                await asyncio.to_thread(live_site.close)
                house.rows.close()
