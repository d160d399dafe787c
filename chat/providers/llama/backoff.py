"""Keeps a child that dies again and again from being started without end."""

import time

from chat.providers.llama.errors import EmbeddedUnavailableError

LONGEST = 30.0


class Backoff:
    """After the first failure in a row the next start may come at once, then after 1, 2, 4 ... 30 seconds."""

    def __init__(self) -> None:
        self._failures = 0
        self._not_before = 0.0
        self._last_pid: int | None = None

    def failed(self, pid: int) -> None:
        """A child did not start, or died; its answers all report it, which counts once."""
        if pid == self._last_pid:
            return
        self._last_pid = pid
        delay = min(LONGEST, 2.0 ** (self._failures - 1)) if self._failures else 0.0
        self._failures += 1
        self._not_before = time.monotonic() + delay

    def succeeded(self) -> None:
        self._failures, self._not_before = 0, 0.0

    def remaining(self) -> float:
        """Seconds until the next start is allowed."""
        return max(0.0, self._not_before - time.monotonic())

    def check(self) -> None:
        """Raises EmbeddedUnavailableError while it is too early for another start."""
        remaining = self.remaining()
        if remaining > 0:
            raise EmbeddedUnavailableError(
                "The embedded model keeps failing. It is tried again shortly.", retryable=True, retry_after=remaining
            )
