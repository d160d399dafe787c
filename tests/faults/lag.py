"""How far the database is behind the service, by the service's own stamps: what a kill may cost."""

import asyncio
import time
from collections.abc import Sequence
from statistics import median
from typing import Self

from django.db.models import Sum
from django.db.models.functions import Length

from chat.models import Generation, Status
from tests.faults.stored import Stored
from tests.upstream.server import Upstream

MILLISECOND = 1_000_000  # ns
INTERVAL = 200 * MILLISECOND  # between two writes
PROMISED = 250 * MILLISECOND
LOOK_SECONDS = 0.02


class Lag:
    """`async with Lag(rows, upstream) as lag` looks again and again at the age of the oldest text that is not stored.

    Only for answers whose script stamps its deltas, each to a question of its own.
    """

    def __init__(self, rows: Stored, upstream: Upstream) -> None:
        self._rows, self._upstream = rows, upstream
        self._ages: list[int] = []

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def __str__(self) -> str:
        return f"allowed {self.allowed_ns / MILLISECOND:.0f} ms, behind by {self.typical_ns / MILLISECOND:.0f} ms"

    @property
    def typical_ns(self) -> float:
        """The age at the median, which may not be more than the interval, however slow this machine is at times.

        Of a writer that keeps its interval it is half of that: the age rises from 0 until the next write. Single
        stalls, which `allowed_ns` forgives, do not change it; a longer interval does.
        """
        return median(self._ages)

    @property
    def allowed_ns(self) -> int:
        """250 ms, and what the writer was measured to need beyond its interval at its worst."""
        return PROMISED + max(0, max(self._ages, default=0) - INTERVAL)

    async def _watch(self) -> None:
        while True:
            now = time.time_ns()
            stored = await self._rows(stored_lengths)
            sent = {answer.body["messages"][-1]["content"]: answer.content for answer in tuple(self._upstream.answers)}
            if ages := [lost_ns(sent[each], stored[each], now) for each in stored.keys() & sent.keys()]:
                self._ages.append(max(0, *ages))
            await asyncio.sleep(LOOK_SECONDS)


def stored_lengths() -> dict[str, int]:
    """Code points that the database has of each running answer, by its question."""
    running = Generation.objects.filter(status=Status.RUNNING)
    rows = running.annotate(stored=Sum(Length("deltas__text"))).values_list("message__parent__content", "stored")
    return {question: stored or 0 for question, stored in rows}


def lost_ns(deltas: Sequence[str], stored: int, moment: int) -> int:
    """The age at `moment` of the first stamped delta that is not whole among the first `stored` code points."""
    end = 0
    for delta in deltas:
        end += len(delta)
        if end > stored:
            return moment - int(delta.split(" ", 1)[0])
    return 0
