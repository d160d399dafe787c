"""The detector of a slow writer can fail: only a writer that keeps its interval passes, however busy the machine is."""

import asyncio
import os
import subprocess
import sys
import time

import pytest

from tests.faults.lag import LATE, LOOK_SECONDS, MILLISECOND, PROMISED, SECOND, Lag, keeps_the_interval
from tests.faults.starved import waited_ns
from tests.upstream.record import Answer

BEAT = 5 * MILLISECOND
WRITES = 6
BUSY = 300 * MILLISECOND


class Steady:
    """A service that sends a stamped delta every 5 ms, and a writer that stores all of them every `interval` ns."""

    def __init__(self, interval):
        self.interval, self.begun = interval, time.time_ns()

    @property
    def answers(self):
        sent = self._until(time.time_ns())
        return [Answer("openai", {}, {"messages": [{"role": "user", "content": "Why?"}]}, content=sent)]

    async def stored(self, look):
        writes = (time.time_ns() - self.begun) // self.interval
        return {"Why?": sum(map(len, self._until(self.begun + writes * self.interval)))}

    async def written(self, lag, gaps):
        """Wait until so many gaps have been seen."""
        async with asyncio.timeout(60):
            while len(lag.gaps) < gaps:
                await asyncio.sleep(LOOK_SECONDS)

    def _until(self, moment):
        return [f"{stamp} once " for stamp in range(self.begun, moment, BEAT)]


def be_busy():
    """Keep this process from looking at anything."""
    time.sleep(BUSY / SECOND)


@pytest.mark.parametrize(("interval", "keeps_it"), [(200, True), (350, False), (700, False)])
async def test_a_writer_with_a_longer_interval_is_found(interval, keeps_it):
    steady = Steady(interval * MILLISECOND)
    async with Lag(steady.stored, steady) as lag:
        await steady.written(lag, WRITES)
    assert keeps_the_interval(lag.gaps) is keeps_it, lag


async def test_a_writer_is_not_blamed_for_a_process_that_came_too_late_to_look():
    steady = Steady(200 * MILLISECOND)
    async with Lag(steady.stored, steady) as lag:
        await steady.written(lag, 1)
        while len(lag.gaps) < WRITES:
            be_busy()
            await asyncio.sleep(2 * LOOK_SECONDS)
    assert keeps_the_interval(lag.gaps), lag


async def test_only_a_stall_in_the_second_before_the_kill_allows_more():
    steady = Steady(700 * MILLISECOND)
    async with Lag(steady.stored, steady) as lag:
        await steady.written(lag, 1)
        be_busy()
        busy = time.time_ns()
        await steady.written(lag, len(lag.gaps) + 1)
    assert lag.allowed_ns(busy) >= PROMISED + BUSY - LATE
    assert lag.allowed_ns(steady.begun) == lag.allowed_ns(busy + 10 * SECOND) == PROMISED


@pytest.fixture
def rivals():
    """Two processes that never rest and have one processor between them."""
    one = min(os.sched_getaffinity(0))
    never_rests = f"import os\nos.sched_setaffinity(0, [{one}])\nwhile True: pass"
    processes = [subprocess.Popen([sys.executable, "-c", never_rests]) for _ in range(2)]
    yield [process.pid for process in processes]
    for process in processes:
        process.kill()
        process.wait(10)


@pytest.fixture
def sleeper():
    process = subprocess.Popen(["sleep", "1000"])
    yield process.pid
    process.kill()
    process.wait(10)


async def test_a_process_without_a_processor_is_seen_to_wait_and_one_that_sleeps_is_not(rivals, sleeper):
    async with asyncio.timeout(60):
        while min(map(waited_ns, rivals)) < BUSY:
            await asyncio.sleep(LOOK_SECONDS)
    assert waited_ns(sleeper) < BUSY
    assert waited_ns(None) == 0
