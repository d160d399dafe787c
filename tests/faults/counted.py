"""A real server whose tasks can be counted from outside."""

import asyncio
import signal
import time
from collections import Counter

from tests.live_server import LiveSite
from tests.process import ServerProcess

SERVE = ["-m", "tests.faults.counted_site", "serve", "--port", "0"]


class CountedServer(ServerProcess):
    """The site's own server; only how it begins is ours (tests/faults/counted_site.py)."""

    def __init__(self, site: LiveSite, environment: dict[str, str]) -> None:
        self._tasks = site.var / "tasks.txt"
        super().__init__(SERVE, {"VAR_DIR": str(site.var), "TASKS_FILE": str(self._tasks)} | environment, site.log)

    async def tasks(self) -> Counter[str]:
        """How many tasks there are now of each coroutine, by its name."""
        self._tasks.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        async with asyncio.timeout(20):
            while not self._tasks.exists():
                await asyncio.sleep(0.02)
        return Counter(self._tasks.read_text().split())

    async def tasks_once(self, idle: Counter[str], seconds: float) -> Counter[str]:
        """Its tasks, once they are as they were; what is just coming to its end has so many seconds for it."""
        until = time.monotonic() + seconds
        while (now := await self.tasks()) != idle and time.monotonic() < until:
            await asyncio.sleep(0.1)
        return now
