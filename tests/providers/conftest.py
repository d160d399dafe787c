"""A scripted service for each test, and a check afterwards that nothing was left open."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from chat.providers.session import close_session
from tests.upstream import ForwardProxy, Upstream


def open_descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.fixture(autouse=True, scope="package")
def only_new_objects_are_collected() -> Iterator[None]:
    """A collection after each test looks at what the tests made, not at all of Django."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
async def nothing_left_over() -> AsyncIterator[None]:
    """Every task is done, the session closed and every descriptor given back when a test ends."""
    await asyncio.to_thread(int)  # the executor's thread is the loop's, not the test's
    before = open_descriptors()
    yield
    await close_session()
    gc.collect()
    async with asyncio.timeout(5):
        while asyncio.all_tasks() != {asyncio.current_task()} or open_descriptors() > before:
            await asyncio.sleep(0)


@pytest.fixture
async def upstream(nothing_left_over: None) -> AsyncIterator[Upstream]:
    async with Upstream() as running:
        yield running
        await close_session()
        for answer in running.answers:
            await answer.wait_ended()


@pytest.fixture
async def proxy(nothing_left_over: None) -> AsyncIterator[ForwardProxy]:
    async with ForwardProxy() as running:
        yield running
        await close_session()


@pytest.fixture
async def guarded_proxy(nothing_left_over: None) -> AsyncIterator[ForwardProxy]:
    """A proxy that wants credentials."""
    async with ForwardProxy("reader", "proxy-pass-canary") as running:
        yield running
        await close_session()
