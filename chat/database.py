"""The one way from async code to the ORM: plain functions on a small pool of threads.

Channels would run every database call of every socket on one thread, where one slow query delays everybody by its
whole length (2.8 s measured). SQLite has one writer at a time anyway, and eight threads that fight for its lock have
a p99 of 643-845 ms against 241-344 ms for one thread that owns it (measured): so writing has a thread of its own.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import connection, connections

P = ParamSpec("P")
R = TypeVar("R")

READERS = 4
QUICK_READERS = 2


class Database:
    """Three executors, made on first use. Connections live as long as their threads; broken ones are replaced."""

    def __init__(self) -> None:
        self._readers: ThreadPoolExecutor | None = None
        self._quick_readers: ThreadPoolExecutor | None = None
        self._writer: ThreadPoolExecutor | None = None

    async def read(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function that only reads."""
        if self._readers is None:
            self._readers = ThreadPoolExecutor(READERS, "database-read")
        return await self._run(self._readers, function, *args, **kwargs)

    async def look_up(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function that reads a few rows by their keys: who connects or stops does not wait behind long reads.

        With 200 long reads before it, a handshake took 7 s (tests/faults/test_slow_queries.py).
        """
        if self._quick_readers is None:
            self._quick_readers = ThreadPoolExecutor(QUICK_READERS, "database-look-up")
        return await self._run(self._quick_readers, function, *args, **kwargs)

    async def write(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function that writes, in one short transaction of its own making."""
        if self._writer is None:
            self._writer = ThreadPoolExecutor(1 if connection.vendor == "sqlite" else READERS, "database-write")
        return await self._run(self._writer, function, *args, **kwargs)

    def close(self) -> None:
        """End the threads, and with them their connections."""
        for pool in (self._readers, self._quick_readers, self._writer):
            if pool is not None:
                for _ in range(pool._max_workers):
                    pool.submit(connections.close_all)
                pool.shutdown(wait=True)
        self._readers = self._quick_readers = self._writer = None

    async def _run(self, pool: ThreadPoolExecutor, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        def call() -> R:
            _drop_broken_connection()
            return function(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(pool, call)


def _drop_broken_connection() -> None:
    connection.close_at = None  # these threads keep theirs; CONN_MAX_AGE is for the threads of requests
    connection.close_if_unusable_or_obsolete()


database = Database()
