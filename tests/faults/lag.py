"""How far the database is behind the service, by the service's own stamps: what a kill may cost."""

import asyncio
import time
from collections.abc import Sequence
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
    """`async with Lag(rows, upstream) as lag` watches; `worst_ns` is the age of the oldest text that was not stored.

    Only for answers whose script stamps its deltas, each to a question of its own.
    """

    def __init__(self, rows: Stored, upstream: Upstream) -> None:
        self._rows, self._upstream = rows, upstream
        self.worst_ns = 0

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    @property
    def allowed_ns(self) -> int:
        """250 ms, and what the writer was measured to need beyond its interval."""
        return PROMISED + max(0, self.worst_ns - INTERVAL)

    async def _watch(self) -> None:
        while True:
            now = time.time_ns()
            stored = await self._rows(stored_lengths)
            for answer in tuple(self._upstream.answers):
                question = answer.body["messages"][-1]["content"]
                if question in stored:
                    self.worst_ns = max(self.worst_ns, lost_ns(answer.content, stored[question], now))
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
