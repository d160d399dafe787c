"""The detector of a slow writer can fail: a writer that keeps its interval passes, one with a longer one does not."""

import asyncio
import time

import pytest

from tests.faults.lag import INTERVAL, MILLISECOND, Lag
from tests.upstream.record import Answer

BEAT = 5 * MILLISECOND
LOOKS = 60


class Steady:
    """A service that sends a stamped delta every 5 ms, and a writer that stores all of them every `interval` ns."""

    def __init__(self, interval):
        self.interval, self.begun, self.looks = interval, time.time_ns(), 0

    @property
    def answers(self):
        sent = self._until(time.time_ns())
        return [Answer("openai", {}, {"messages": [{"role": "user", "content": "Why?"}]}, content=sent)]

    async def stored(self, look):
        self.looks += 1
        writes = (time.time_ns() - self.begun) // self.interval
        return {"Why?": sum(map(len, self._until(self.begun + writes * self.interval)))}

    def _until(self, moment):
        return [f"{stamp} once " for stamp in range(self.begun, moment, BEAT)]


@pytest.mark.parametrize(("interval", "keeps_it"), [(200, True), (700, False)])
async def test_a_writer_with_a_longer_interval_is_found(interval, keeps_it):
    steady = Steady(interval * MILLISECOND)
    async with Lag(steady.stored, steady) as lag:
        while steady.looks < LOOKS or time.time_ns() < steady.begun + 4 * steady.interval:
            await asyncio.sleep(0.01)
    assert (lag.typical_ns <= INTERVAL) is keeps_it
