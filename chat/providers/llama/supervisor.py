"""Keeps the child well from an event loop of the site: started when needed, replaced when dead or hung."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator

from chat.providers.llama import endpoint as endpoints
from chat.providers.llama import process
from chat.providers.llama.backoff import Backoff
from chat.providers.llama.config import EmbeddedConfig
from chat.providers.llama.endpoint import Endpoint
from chat.providers.llama.errors import EmbeddedUnavailableError
from chat.providers.llama.gate import Gate
from chat.providers.llama.probe import is_well
from chat.providers.llama.server import ALREADY_RUNNING

logger = logging.getLogger(__name__)

FRESH_SECONDS = 1.0
PROBE_SECONDS = 5.0
PAUSE = 0.02


class Supervisor:
    """One for each event loop; several, in one process or in many, share the one child by its files."""

    def __init__(self, config: EmbeddedConfig) -> None:
        self.config = config
        self.gate = Gate(config.slots, config.queue)
        self.backoff = Backoff()
        self._one_at_a_time = asyncio.Lock()
        self._seen_well: tuple[int, float] = (0, 0.0)

    @contextlib.asynccontextmanager
    async def slot(self) -> AsyncIterator[Endpoint]:
        """The child, well, and a slot of it for one answer; a child that hangs meanwhile is killed.

        Killed, it drops the connection of the answer: that is how the answer hears of it. Raises BusyError and
        EmbeddedUnavailableError.
        """
        async with self.gate.passing():
            endpoint = await self.ensure_running()
            watch = asyncio.create_task(self._watch(endpoint), name=f"embedded-watch-{endpoint.pid}")
            try:
                yield endpoint
            finally:
                watch.cancel()
                await asyncio.wait({watch})

    async def ensure_running(self) -> Endpoint:
        """Where the child serves; starts it first if need be. Raises EmbeddedUnavailableError."""
        self.config.run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        endpoints.attend(self.config.run_dir)
        async with self._one_at_a_time:
            endpoint = await self._well()
            if endpoint is None:
                self.backoff.check()
                endpoint = await self._start()
            self._seen_well = endpoint.pid, time.monotonic()
            return endpoint

    async def _well(self) -> Endpoint | None:
        """The living child if it serves this configuration and answers; another one is ended, a hung one killed."""
        endpoint = endpoints.current(self.config.run_dir)
        if endpoint is None:
            return None
        if not self._serves(endpoint):
            await asyncio.to_thread(process.end, self.config.run_dir)
            return None
        pid, when = self._seen_well
        if pid == endpoint.pid and time.monotonic() - when < FRESH_SECONDS:
            return endpoint
        if await is_well(endpoint, min(PROBE_SECONDS, self.config.hang_budget)):
            return endpoint
        await self._kill(endpoint.pid)
        return None

    def _serves(self, endpoint: Endpoint) -> bool:
        config = self.config
        return (endpoint.weights, endpoint.context, endpoint.slots) == (
            str(config.weights), config.context, config.slots,
        )  # fmt: skip

    async def _start(self) -> Endpoint:
        """A child that serves: ours, or one that another process has started at the same time."""
        child = await asyncio.to_thread(process.spawn, self.config)
        deadline = time.monotonic() + self.config.startup_budget
        while time.monotonic() < deadline:
            endpoint = endpoints.current(self.config.run_dir)
            if endpoint is not None and await is_well(endpoint, PROBE_SECONDS):
                return endpoint
            if child.exit_status is not None and endpoints.holder(self.config.run_dir) is None:
                if child.exit_status != ALREADY_RUNNING:
                    break
                child = await asyncio.to_thread(process.spawn, self.config)
            await asyncio.sleep(PAUSE)
        await asyncio.to_thread(process.kill, self.config.run_dir)
        self.backoff.failed(child.pid)
        logger.error("The embedded model does not start: exit status %s, see %s", child.exit_status, endpoints.LOG)
        raise EmbeddedUnavailableError(
            "The embedded model does not start. The server's log says why.", retry_after=self.backoff.remaining()
        )

    async def _watch(self, endpoint: Endpoint) -> None:
        """Asks the child again and again whether it is well, and kills it when it is silent for the budget."""
        budget = self.config.hang_budget
        well = True
        while well:
            await asyncio.sleep(budget / 3)
            well = await is_well(endpoint, budget)
        await self._kill(endpoint.pid)

    async def _kill(self, pid: int) -> None:
        logger.warning("The embedded model (process %d) does not answer and is killed", pid)
        await asyncio.to_thread(process.kill, self.config.run_dir, pid)
