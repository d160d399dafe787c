"""A watched engine: after each test every invariant is checked, and then that nothing is left over."""

from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from django.db import connection as database_connection

from chat.database import database
from tests.faults import invariants
from tests.faults.house import house, live_site
from tests.live.conftest import connection, engine, upstream
from tests.live.socket import Socket
from tests.upstream.server import Upstream

__all__ = ["connection", "engine", "house", "live_site", "upstream"]


@dataclass
class Watch:
    """The sockets of a test, and the service that it speaks to."""

    upstream: Upstream
    sockets: list[Socket] = field(default_factory=list)

    @asynccontextmanager
    async def socket(self, user):
        """A tab whose record is checked when the test is over."""
        async with Socket(user) as socket:
            self.sockets.append(socket)
            yield socket

    async def problems(self) -> list[str]:
        """Everything that breaks an invariant."""
        found = [problem for socket in self.sockets for problem in invariants.ending_problems(socket.frames)]
        found += await database.read(invariants.lease_problems)
        found += await database.read(invariants.position_problems)
        found += await database.read(invariants.text_problems, list(self.upstream.answers))
        return found + invariants.connection_problems()


@pytest.fixture
async def nothing_left_over():
    """No task, connection or open file is left when everything set up after this has ended."""
    before = invariants.Held.now()
    yield
    assert await invariants.settled(before) == []


@pytest.fixture
async def watch(nothing_left_over, engine, upstream):
    """The engine under watch."""
    watch = Watch(upstream)
    yield watch
    assert await watch.problems() == []


@pytest.fixture
async def impatient(watch, request):
    """The one connection that writes waits the parameter (50) ms for a lock, so that a test need not wait for 20 s."""

    def wait(milliseconds):
        with database_connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout={milliseconds}")

    await database.write(wait, getattr(request, "param", 50))
    yield
    await database.write(wait, 20_000)
