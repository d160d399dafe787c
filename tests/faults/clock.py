"""An event loop whose clock jumps over every wait, so that a test of intervals does not depend on the machine."""

import asyncio
import selectors
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any


class JumpingLoop(asyncio.SelectorEventLoop):
    """Seconds pass only while nothing else is left to do; what threads do takes no time, however long it takes."""

    def __init__(self) -> None:
        self.now = 0.0
        self.in_threads = 0
        super().__init__(_Selector(self))

    def time(self) -> float:
        return self.now

    def run_in_executor(self, executor: Executor | None, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        future = super().run_in_executor(executor, func, *args)
        self.in_threads += 1
        future.add_done_callback(self._left_its_thread)
        return future

    def _left_its_thread(self, future: asyncio.Future[Any]) -> None:
        self.in_threads -= 1


class _Selector(selectors.DefaultSelector):
    def __init__(self, loop: JumpingLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """At once as late as it was to be, where only time is waited for."""
        if not timeout:
            return super().select(timeout)
        if self._loop.in_threads:
            return super().select(None)
        self._loop.now += timeout
        return super().select(0)
