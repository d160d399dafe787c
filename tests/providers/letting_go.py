"""The part of the conformance suite about endings that the reader wants: the connection is closed at once."""

import asyncio
import time
from typing import Any

import pytest

from tests.upstream import Upstream

STOP_SECONDS = 0.1


class LetsGoConformance:
    """Mixed into ProviderConformance, which has `start`."""

    def start(self, upstream: Upstream, **script: Any) -> Any:
        raise NotImplementedError

    async def test_cancelling_closes_the_connection_at_once(self, upstream: Upstream) -> None:
        read = asyncio.Event()

        async def reading() -> None:
            async for _ in self.start(upstream, drip="deltas", delay_ms=1):
                read.set()

        task = asyncio.create_task(reading())
        await read.wait()
        cancelled_at = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await assert_closed_at_once(upstream, cancelled_at)

    async def test_cancelling_a_silent_answer_closes_the_connection_at_once(self, upstream: Upstream) -> None:
        read = asyncio.Event()

        async def reading() -> None:
            async for _ in self.start(upstream, stall_after=1):
                read.set()

        task = asyncio.create_task(reading())
        await read.wait()
        cancelled_at = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await assert_closed_at_once(upstream, cancelled_at)

    async def test_closing_the_generator_closes_the_connection_at_once(self, upstream: Upstream) -> None:
        stream = self.start(upstream, stall_after=3)
        await anext(stream)
        closed_at = time.monotonic()
        await stream.aclose()
        await assert_closed_at_once(upstream, closed_at)
        await stream.aclose()
        with pytest.raises(StopAsyncIteration):
            await anext(stream)

    async def test_leaving_the_loop_lets_the_connection_go(self, upstream: Upstream) -> None:
        async for _ in self.start(upstream, stall_after=3):
            break
        assert await upstream.last.wait_ended() == "client_closed"


async def assert_closed_at_once(upstream: Upstream, since: float) -> None:
    """The service saw its connection end within 100 ms of `since` (monotonic), by our doing."""
    assert await upstream.last.wait_ended() == "client_closed"
    assert upstream.last.ended_at is not None
    assert upstream.last.ended_at - since < STOP_SECONDS
