"""Lets as many answers run at once as the model has slots, and a bounded number wait for one."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from chat.providers.llama.errors import BusyError

RETRY_SECONDS = 5.0


class Gate:
    """First come, first served. One for each event loop."""

    def __init__(self, slots: int, queue: int) -> None:
        self._free = asyncio.Semaphore(slots)
        self._queue = queue
        self.waiting = 0

    @contextlib.asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Holds a slot while inside. Raises BusyError at once when the queue is full."""
        if self._free.locked() and self.waiting >= self._queue:
            raise BusyError(retry_after=RETRY_SECONDS)
        self.waiting += 1
        try:
            await self._free.acquire()
        finally:
            self.waiting -= 1
        try:
            yield
        finally:
            self._free.release()
