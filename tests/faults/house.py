"""The whole site as real processes with a scripted service behind it, watched: what every fault test begins with."""

import asyncio
import contextlib
import time
from collections.abc import Sequence
from contextlib import asynccontextmanager

import pytest

from chat.models import Connection
from tests.faults import invariants
from tests.faults.browsers import Browser
from tests.faults.counted import CountedServer
from tests.faults.lodger import HEADROOM, Lodger
from tests.faults.page import ends_told_twice
from tests.faults.stored import Stored
from tests.faults.visitor import PATIENCE
from tests.live_server import LiveSite, live_site
from tests.process import ServerProcess
from tests.upstream.server import Upstream

__all__ = ["House", "house", "live_site"]

MODEL = "scripted-1"
SETTLING_SECONDS = 30.0


class House:
    """A site, its rows, the service, and everybody who visits.

    `headroom` is the memory in bytes by which a server may have grown when everybody has gone.
    """

    def __init__(self, site: LiveSite, upstream: Upstream) -> None:
        self.site, self.upstream = site, upstream
        self.rows = Stored(site.database)
        self.browsers: list[Browser] = []
        self.servers: list[Lodger] = []
        self.headroom = HEADROOM

    async def connect(self, **fields: object) -> None:
        """Make the scripted service the one connection of the site, with other fields where the test has some."""
        values = {"kind": "openai_compatible", "base_url": self.upstream.base_url, "model_ids": [MODEL]} | fields
        await self.rows(Connection.objects.update, enabled=False)
        await self.rows(Connection.objects.update_or_create, name="Scripted", defaults={"enabled": True, **values})

    async def start(self, **environment: str) -> ServerProcess:
        """A server on the site's database; several may run at once."""
        server = await asyncio.to_thread(self.site.start, **environment)
        self.servers.append(Lodger(server))
        return server

    async def start_counted(self, **environment: str) -> CountedServer:
        """A server whose tasks can be counted."""
        server = await asyncio.to_thread(CountedServer, self.site, environment)
        self.servers.append(Lodger(server))
        return server

    @asynccontextmanager
    async def browser(self, url: str, user: str = "alice", may_be_cut: bool = False):
        """A page of a signed-in person, whose record is checked when the test is over."""
        async with Browser(url, self.site.cookie(user), may_be_cut) as browser:
            self.browsers.append(browser)
            yield browser
            await self.hear_ends(browser)

    async def hear_ends(self, browser: Browser, seconds: float = PATIENCE) -> None:
        """Let a page that leaves hear every end that there is by now; one that it is not told is a problem."""
        running = {generation_id for generation_id in browser.running if browser.asked is None}
        ended = running and await self.rows(invariants.ended_among, running)
        with contextlib.suppress(AssertionError):
            await browser.until(lambda: not (browser.hears and ended & browser.running.keys()), seconds)
            return
        browser.problems += [f"{generation_id}: its end was never told" for generation_id in ended]

    async def problems(self, seconds: float = SETTLING_SECONDS) -> list[str]:
        """Everything that breaks an invariant, in the rows, the records and the servers.

        What is just coming to its end has so many seconds for it.
        """
        deadline = time.monotonic() + seconds
        while (unsettled := await self._unsettled()) and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        found = await self._record_problems(self.browsers)
        found += await self.rows(invariants.lease_problems)
        found += await self.rows(invariants.position_problems)
        found += await self.rows(invariants.text_problems, list(self.upstream.answers))
        return unsettled + found

    async def _unsettled(self) -> list[str]:
        """What is no problem if it soon ends."""
        found = [f"an answer is still asked for: {answer.body}" for answer in self.upstream.answers if not answer.ended]
        for server in self.servers:
            found += server.problems(self.upstream.port, self.headroom)
        if any(server.is_alive for server in self.servers):
            found += await self.rows(invariants.running_problems)
        return found

    async def forget(self, *browsers: Browser) -> None:
        """Drop the records of pages that have left, once they are found good: there may be too many to keep."""
        problems = await self._record_problems(browsers)
        assert not problems, problems
        for browser in browsers:
            self.browsers.remove(browser)

    async def _record_problems(self, browsers: Sequence[Browser]) -> list[str]:
        found = [problem for browser in browsers for problem in browser.problems + ends_told_twice(browser.frames)]
        return found + await self.rows(invariants.shown_problems, [browser.shown for browser in browsers])


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
                for lodger in house.servers:
                    lodger.server.kill()
                house.rows.close()
