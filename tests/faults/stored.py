"""The rows of a site that runs in a process of its own, read and changed by the test's process."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

from django.db import connections
from django.db.utils import load_backend

P = ParamSpec("P")
R = TypeVar("R")


class Stored:
    """`await stored(function, ...)` runs an ORM function on that site's database, on a thread of its own."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1, "stored", initializer=self._connect)

    async def __call__(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: function(*args, **kwargs))

    def close(self) -> None:
        self._thread.submit(connections.close_all)
        self._thread.shutdown()

    def _connect(self) -> None:
        """Connections are kept by thread: this one's leads to the other database."""
        settings = {**connections.settings["default"], "NAME": str(self._database)}
        connections["default"] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
