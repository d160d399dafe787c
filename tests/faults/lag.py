"""How far the database is behind the service, by the service's own stamps: what a kill may cost."""

import asyncio
import time
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple, Self

from django.db.models import Sum
from django.db.models.functions import Length

from chat.models import Generation, Status
from tests.faults.starved import waited_ns
from tests.faults.stored import Stored
from tests.upstream.server import Upstream

MILLISECOND = 1_000_000  # ns
SECOND = 1_000 * MILLISECOND
PROMISED = 250 * MILLISECOND  # 200 between two writes, and 50 for one
LOOK_SECONDS = 0.02
LATE = 50 * MILLISECOND  # from one look to the next: then this process was kept from running


class Look(NamedTuple):
    """One look: from when to when nothing was looked at, and how much of that the machine was too busy, in ns."""

    begun: int
    ended: int
    stalled: int


class Write(NamedTuple):
    """A write that was seen: the answer's length then, when its text was taken, and all stalls until it was seen."""

    length: int
    taken: int
    stalled: int


class Lag:
    """`async with Lag(rows, upstream, pid) as lag` looks again and again at what the server `pid` has stored.

    Only for answers whose script stamps its deltas, each to a question of its own. `gaps` are the times between two
    writes of one answer, in ns, without those for which this machine was too busy.
    """

    def __init__(self, rows: Stored, upstream: Upstream, pid: int | None = None) -> None:
        self._rows, self._upstream, self._pid = rows, upstream, pid
        self._looks: list[Look] = []
        self._stalled = 0
        self._writes: dict[str, Write] = {}
        self.gaps: list[int] = []

    async def __aenter__(self) -> Self:
        self._looked, self._waited = time.time_ns(), waited_ns(self._pid)
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def __str__(self) -> str:
        return f"written every {[round(gap / MILLISECOND) for gap in self.gaps]} ms"

    def allowed_ns(self, killed: int) -> int:
        """250 ms, and what the machine was too busy in the second before the kill. A writer that sleeps is not busy."""
        near = [look.stalled for look in self._looks if look.ended > killed - SECOND and look.begun < killed]
        return PROMISED + sum(near)

    async def _watch(self) -> None:
        while True:
            self._note_stall()
            stored = await self._rows(stored_lengths)
            sent = {answer.body["messages"][-1]["content"]: answer.content for answer in tuple(self._upstream.answers)}
            for question in stored.keys() & sent.keys():
                self._note_write(question, sent[question], stored[question])
            await asyncio.sleep(LOOK_SECONDS)

    def _note_stall(self) -> None:
        """What the server's threads waited for a processor since the last look, or what this process came too late."""
        now, waited = time.time_ns(), waited_ns(self._pid)
        since = now - self._looked
        stalled = min(since, max(waited - self._waited, since - LATE, 0))
        self._looks.append(Look(self._looked, now, stalled))
        self._stalled += stalled
        self._looked, self._waited = now, waited

    def _note_write(self, question: str, deltas: Sequence[str], length: int) -> None:
        before = self._writes.get(question, Write(0, 0, 0))
        taken = next_stamp(deltas, length)
        if length == before.length or taken is None:
            return
        if before.length:
            self.gaps.append(taken - before.taken - (self._stalled - before.stalled))
        self._writes[question] = Write(length, taken, self._stalled)


def keeps_the_interval(gaps: Sequence[int]) -> bool:
    """Whether the usual time between two writes is within the promise: the median, so a single slow disk is none."""
    return not gaps or median(gaps) <= PROMISED


def stored_lengths() -> dict[str, int]:
    """Code points that the database has of each running answer, by its question."""
    running = Generation.objects.filter(status=Status.RUNNING)
    rows = running.annotate(stored=Sum(Length("deltas__text"))).values_list("message__parent__content", "stored")
    return {question: stored or 0 for question, stored in rows}


def next_stamp(deltas: Sequence[str], stored: int) -> int | None:
    """When the first delta was sent that is not whole among the first `stored` code points; None: all of them are."""
    end = 0
    for delta in deltas:
        end += len(delta)
        if end > stored:
            return int(delta.split(" ", 1)[0])
    return None


def lost_ns(deltas: Sequence[str], stored: int, moment: int) -> int:
    """The age at `moment` of the first stamped delta that is not whole among the first `stored` code points."""
    stamp = next_stamp(deltas, stored)
    return 0 if stamp is None else moment - stamp
