"""The scripted service in a thread of its own, for code that has no loop to run it in."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.upstream.server import Upstream


@contextmanager
def threaded_upstream() -> Iterator[Upstream]:
    """A running service. `script()` and its record may be used from outside."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    service = asyncio.run_coroutine_threadsafe(Upstream().start(), loop).result()
    try:
        yield service
    finally:
        asyncio.run_coroutine_threadsafe(service.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
