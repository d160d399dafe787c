"""The engine of a process: what it does before it serves, and while it does."""

import asyncio

from chat.accounts.setup import prepare_site
from chat.generation import queue
from chat.generation.recovery import interrupt_abandoned, keep_recovering
from chat.generation.runner import runner
from chat.lifecycle import lifecycle


def prepare() -> None:
    """Before the first request: the site's row, and an end for what an earlier process left running."""
    prepare_site()
    interrupt_abandoned()


def start() -> None:
    """Once the event loop is there: watch for generations whose process dies, until this one ends."""
    task = asyncio.ensure_future(_watch())

    async def end(grace_seconds: float) -> None:
        task.cancel()

    lifecycle.on_shutdown(end)


async def _watch() -> None:
    runner()  # from now on its hook says goodbye to the tabs, also when nobody has asked anything yet
    await queue.release_overdue()
    await keep_recovering(then=queue.release_overdue)
