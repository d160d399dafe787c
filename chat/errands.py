"""Work that is done to its end, also when who asked for it has gone: a commit, and what has to follow it.

A request is cancelled when its browser goes away, and a socket some seconds after that. The thread of the database
commits all the same: whatever has to be told or begun then must not depend on anybody who waits.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from chat.errors import ChatError
from chat.lifecycle import lifecycle

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Errands:
    """The tasks of one event loop that nobody but the end of the process cuts short."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it and wait for it. Cancelling the wait leaves the work alone; what it raises then is logged."""
        if lifecycle.draining:  # it would outlive the server; who comes back is told by a snapshot
            return await work
        task = asyncio.create_task(work, name="errand")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            task.add_done_callback(_report)
            raise

    async def finish(self) -> None:
        """Wait until all is done; what is not when this is cancelled ends there."""
        try:
            while self._tasks:
                await asyncio.wait(self._tasks)
        finally:
            for task in self._tasks:
                task.cancel()


def _report(task: asyncio.Task[Any]) -> None:
    error = None if task.cancelled() else task.exception()
    if isinstance(error, ChatError):
        logger.info("refused, after who asked had gone: %s", error.code)
    elif error is not None:
        logger.error("what was left to be done failed", exc_info=error)


_errands: WeakKeyDictionary[asyncio.AbstractEventLoop, Errands] = WeakKeyDictionary()


def errands() -> Errands:
    """The errands of this event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _errands:
        _errands[loop] = Errands()
        lifecycle.on_shutdown(_finish)
    return _errands[loop]


async def _finish(grace_seconds: float) -> None:
    await errands().finish()
