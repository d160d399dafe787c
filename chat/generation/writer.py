"""Puts the text of all running generations into the database: one transaction every 200 ms, whatever their number."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.db import Error as DatabaseProblem
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, IntegerField, Max
from django.db.models.functions import Length
from django.utils import timezone

from chat.database import database
from chat.events import Event
from chat.generation import endings
from chat.generation.run import Outcome, Run
from chat.models import Generation, GenerationDelta, Status

logger = logging.getLogger(__name__)

INTERVAL = 0.2  # seconds of text that a kill may cost
SLOWEST_INTERVAL = 2.0  # between two tries while the database cannot be written
GIVE_UP = 60.0  # seconds without a successful write, after which running answers fail
LEASE = timedelta(seconds=15)
RENEWED_EVERY = timedelta(seconds=2)  # what is left of a lease is how long the database may be away unnoticed
BUSY = (OperationalError, InterfaceError)  # the database is busy or gone: what it refuses now it may take later

R = TypeVar("R")
Row = tuple[UUID, int, str, str]  # generation, position, kind, text
INSERT = "INSERT INTO chat_generationdelta (generation_id, position, kind, text) VALUES (%s, %s, %s, %s)"


@dataclass(frozen=True)
class Order:
    """What others want of a generation: that it ends as `status`, or, while it is `running`, that it stops.

    `asked_ago` is for how many seconds they have wanted it stopped; below zero where their clock is ahead.
    """

    generation_id: UUID
    status: Status
    asked_ago: float = 0.0


class Writer:
    """Appends what is new in the journals of `runs`, and renews their leases; idle when there are none.

    `obey(order)` is told of runs that another process has stopped or ended; `give_up()` is called when
    the database has not taken anything for `give_up_after` seconds. Meanwhile readers are served from the journals,
    whose size is bounded by the size of an answer.
    """

    def __init__(
        self,
        runs: dict[UUID, Run],
        obey: Callable[[Order], None],
        give_up: Callable[[], None],
        give_up_after: float = GIVE_UP,
    ) -> None:
        self._runs = runs
        self._obey = obey
        self._give_up = give_up
        self._give_up_after = give_up_after
        self._lock = asyncio.Lock()
        self._refusals = 0
        self._refusal = ""
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """There is something to write, from now on."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_until_idle(), name="writer")

    async def close(self) -> None:
        """End the task; what is unwritten is written by `finish`."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def finish(self, run: Run, outcome: Outcome) -> list[Event]:
        """Store the end of a run and compact its text into the message; returns the events that tell of it.

        Raises BUSY when the database stays busy or gone for as long as `give_up_after` seconds, and at once whatever
        else it refuses the end with.
        """
        deadline, pause = time.monotonic() + self._give_up_after, INTERVAL
        while True:
            try:
                return await self.store(run, outcome, deadline)
            except BUSY as error:
                logger.warning("the end of an answer is not stored yet: %s", error)
                if time.monotonic() + pause > deadline:
                    raise
                await asyncio.sleep(pause)
                pause = min(pause * 2, SLOWEST_INTERVAL)

    async def store(self, run: Run, outcome: Outcome, deadline: float | None = None) -> list[Event]:
        """As `finish`, in one try."""
        return await self._in_turn(lambda: database.write(endings.store, run, outcome), deadline)

    async def _in_turn(self, write: Callable[[], Awaitable[R]], deadline: float | None) -> R:
        """The outcome of a write in its turn. At `deadline` nobody waits for it any more: it may still happen.

        What others write waits in the same line, and with a locked SQLite each of them takes 20 s.
        """
        writing = asyncio.create_task(self._alone(write), name="write")
        try:
            timeout = None if deadline is None else max(deadline - time.monotonic(), 0.0)
            done, _ = await asyncio.wait({writing}, timeout=timeout)
        except asyncio.CancelledError:
            writing.cancel()
            raise
        if not done:
            writing.add_done_callback(lambda task: task.cancelled() or task.exception())  # nobody asks for it any more
            raise OperationalError("the database has not answered in time")
        return writing.result()

    async def _alone(self, write: Callable[[], Awaitable[R]]) -> R:
        """One write at a time. A database that is busy or gone for one of them is so for all that wait behind it.

        A hundred answers, one after the other, would hear of it for half an hour.
        """
        refusals = self._refusals
        async with self._lock:
            if self._refusals > refusals:
                raise OperationalError(self._refusal)
            try:
                return await write()
            except BUSY as error:
                self._refusals, self._refusal = self._refusals + 1, str(error)
                raise

    async def _write_until_idle(self) -> None:
        pause, written = INTERVAL, time.monotonic()
        while self._runs:
            await asyncio.sleep(pause)
            try:
                await self._in_turn(self._write, written + self._give_up_after)
                pause, written = INTERVAL, time.monotonic()
            except DatabaseProblem as error:
                logger.warning("running answers are not stored yet: %s", error)
                pause = min(pause * 2, SLOWEST_INTERVAL)
                for run in self._runs.values():
                    run.stored = None
                if time.monotonic() - written >= self._give_up_after:
                    self._give_up()
                    written = time.monotonic()

    async def _write(self) -> None:
        runs = [run for run in self._runs.values() if not run.ending]
        if not runs:
            return
        await self._find_stored([run for run in runs if run.stored is None])
        positions = [(run, run.journal.position) for run in runs]
        rows = [row for run, position in positions for row in _rows(run, position)]
        orders = await database.write(_append, rows, [run.job.generation_id for run in runs])
        for run, position in positions:
            run.stored = position
        for order in orders:
            self._obey(order)

    async def _find_stored(self, runs: list[Run]) -> None:
        """After a write that failed nobody knows whether it was committed: ask."""
        if runs:
            stored = await database.read(_stored_positions, [run.job.generation_id for run in runs])
            for run in runs:
                run.stored = stored.get(run.job.generation_id, 0)


def _rows(run: Run, position: int) -> list[Row]:
    rows, start = [], run.stored or 0
    for part in run.journal.since(start, position):
        rows.append((run.job.generation_id, start, part.kind, part.text))
        start += len(part.text)
    return rows


def _append(rows: list[Row], generation_ids: list[UUID]) -> list[Order]:
    """Store the rows, renew the leases every few seconds; returns the generations that others want ended."""
    now = timezone.now()
    ours = Generation.objects.filter(id__in=generation_ids)
    with transaction.atomic():
        found = {row[0]: row[1:] for row in ours.values_list("id", "status", "stop_asked_at", "lease_until")}
        running = {key for key, (status, _, _) in found.items() if status == Status.RUNNING}
        # What somebody has deleted meanwhile must not keep the others' text from being stored.
        _insert([row for row in rows if row[0] in running])
        renewable = now + LEASE - RENEWED_EVERY
        if any(lease_until is None or lease_until < renewable for _, _, lease_until in found.values()):
            ours.filter(status=Status.RUNNING).update(lease_until=now + LEASE)
    orders = [Order(key, Status.INTERRUPTED) for key in generation_ids if key not in found]
    for key, (status, stop_asked_at, _) in found.items():
        if key not in running or stop_asked_at:
            ago = (timezone.now() - stop_asked_at).total_seconds() if stop_asked_at else 0.0
            orders.append(Order(key, Status(status), ago))
    return orders


def _insert(rows: list[Row]) -> None:
    """One prepared statement: making a model of each row takes three times as long as storing it."""
    if rows:
        key = GenerationDelta._meta.get_field("generation").get_db_prep_value
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, [(key(row[0], connection), *row[1:]) for row in rows])


def _stored_positions(generation_ids: list[UUID]) -> dict[UUID, int]:
    """How far each of them is stored, in code points, without reading what."""
    ours = GenerationDelta.objects.filter(generation_id__in=generation_ids)
    ends = Max(F("position") + Length("text"), output_field=IntegerField())
    return dict(ours.values_list("generation_id").annotate(end=ends))
