"""Drains under somebody else's server: uvicorn closes all sockets at a signal and says so afterwards."""

import asyncio
import contextlib
import signal
from collections.abc import Callable

from chat.lifecycle import lifecycle

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Drain:
    """Lets the running work come to its rest, once, at the first signal or when the server says that it ends.

    The server's own handler hears the signal after that, or at once when the operator asks twice. A server that hears
    signals some other way closes its sockets first, as it would without this.
    """

    def __init__(self, grace_seconds: float) -> None:
        self._grace_seconds = grace_seconds
        self._loop = asyncio.get_running_loop()
        self._work: asyncio.Task[None] | None = None

    def hear_signals(self) -> None:
        """Stand before the handlers that the server has installed. Does nothing outside the main thread."""
        for number in SIGNALS:
            theirs = signal.getsignal(number)
            if callable(theirs) and theirs is not signal.default_int_handler:
                with contextlib.suppress(ValueError):
                    signal.signal(number, self._handler(theirs))

    async def finish(self) -> None:
        """Return when it is done; it begins now unless a signal came before."""
        with contextlib.suppress(asyncio.CancelledError):
            await self._begun()

    def _begun(self) -> asyncio.Task[None]:
        if self._work is None:
            self._work = asyncio.ensure_future(lifecycle.shut_down(self._grace_seconds))
        return self._work

    def _handler(self, theirs: Callable[..., object]) -> Callable[..., None]:
        def hear(number: int, frame: object) -> None:
            self._loop.call_soon_threadsafe(self._hear, lambda: theirs(number, None))

        return hear

    def _hear(self, pass_on: Callable[[], object]) -> None:
        if self._work is None:
            self._begun().add_done_callback(lambda _: pass_on())
        else:
            self._work.cancel()
            pass_on()
