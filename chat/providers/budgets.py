"""How long a service may take and how much it may send, and the one timer a stream needs to hold it to that."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, replace

from chat.providers.errors import BudgetError, FirstDeltaTimeoutError, IdleTimeoutError, TotalTimeoutError


@dataclass(frozen=True, slots=True)
class Budgets:
    """Seconds and bytes (after decompression) that one answer may take.

    `first_delta` counts from the call, tries and all, and only a delta ends it: comments that keep a connection warm
    do not. `idle` is silence on the wire after that. An answer of 1 MB in deltas of one word is about 75 MB of frames.
    """

    connect: float = 10.0
    first_delta: float = 180.0
    idle: float = 90.0
    total: float = 1800.0
    bytes: int = 128 * 2**20
    line: int = 4 * 2**20

    def within(self, timeout: object) -> "Budgets":
        """These with the contract's `timeout` as the total, where it is a positive number."""
        if isinstance(timeout, (int, float)) and not isinstance(timeout, bool) and timeout > 0:
            return replace(self, total=float(timeout))
        return self


class Clock:
    """The deadlines of one call: started when it is made, told of the first delta, asked what is due."""

    __slots__ = ("_loop", "budgets", "first_delta_seen", "started", "waiting_since")

    def __init__(self, budgets: Budgets) -> None:
        self._loop = asyncio.get_running_loop()
        self.budgets = budgets
        self.started = self._loop.time()
        self.first_delta_seen = False
        self.waiting_since: float | None = None

    def due(self) -> tuple[float, type[BudgetError]]:
        """When the next budget runs out, in the loop's time, and the error that says which."""
        total = self.started + self.budgets.total
        if self.first_delta_seen:
            now = self._loop.time()
            nearest: tuple[float, type[BudgetError]] = (
                (self.waiting_since or now) + self.budgets.idle,
                IdleTimeoutError,
            )
        else:
            nearest = self.started + self.budgets.first_delta, FirstDeltaTimeoutError
        return nearest if nearest[0] < total else (total, TotalTimeoutError)

    @contextlib.asynccontextmanager
    async def scope(self) -> AsyncGenerator[None, None]:
        """Ends what is awaited inside with the typed error when the budget that is due next runs out."""
        due, error = self.due()
        timeout = asyncio.timeout_at(due)
        try:
            async with timeout:
                yield
        except TimeoutError:
            if timeout.expired():
                raise error() from None
            raise

    def watch(self, fail: Callable[[BudgetError], None]) -> Callable[[], None]:
        """Calls `fail` once when a budget runs out; what it returns ends the watch.

        One timer for the whole stream, set again only when it fires: a chunk costs two readings of the clock instead
        of a timer. That is sound since no deadline ever moves nearer than the idle budget from now.
        """
        return _Watch(self, fail, self._loop).cancel


class _Watch:
    __slots__ = ("_clock", "_fail", "_handle", "_loop")

    def __init__(self, clock: Clock, fail: Callable[[BudgetError], None], loop: asyncio.AbstractEventLoop) -> None:
        self._clock, self._fail, self._loop = clock, fail, loop
        self._handle: asyncio.TimerHandle | None = None
        self._look()

    def _look(self) -> None:
        due, error = self._clock.due()
        now = self._loop.time()
        if now >= due:
            self._handle = None
            self._fail(error())
        else:
            self._handle = self._loop.call_at(min(due, now + self._clock.budgets.idle), self._look)

    def cancel(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
