"""What has to happen before the process ends, registered by those who know and run by the server."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

logger = logging.getLogger(__name__)

ShutdownHook = Callable[[float], Awaitable[None]]


class Lifecycle:
    """Whether the process is draining, and the hooks to run when it does."""

    def __init__(self) -> None:
        self.draining = False
        self._hooks: list[ShutdownHook] = []

    def on_shutdown(self, hook: ShutdownHook) -> None:
        """Have `await hook(grace_seconds)` called once, before the sockets are closed.

        The hook returns when its work is at rest, within the grace. It is cancelled when it takes longer, or when the
        operator asks twice: what it leaves behind then has to be found at the next start.
        """
        self._hooks.append(hook)

    async def shut_down(self, grace_seconds: float) -> None:
        """Run every hook at once and wait; one that fails or overstays is logged and does not stop the others."""
        self.draining = True
        tasks = {asyncio.ensure_future(hook(grace_seconds)): hook for hook in self._hooks}
        self._hooks = []
        if not tasks:
            return
        try:
            await asyncio.wait(tasks, timeout=grace_seconds)
        finally:
            overdue = [task for task in tasks if not task.done()]
            for task in overdue:
                logger.warning("shutdown hook %r had no time left", tasks[task])
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        for hook, outcome in zip(tasks.values(), outcomes, strict=True):
            if isinstance(outcome, Exception):
                logger.error("shutdown hook %r failed", hook, exc_info=outcome)


lifecycle = Lifecycle()
