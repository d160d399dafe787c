"""Puts the text of all running generations into the database: one transaction every 200 ms, whatever their number."""

import asyncio
import logging
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone

from chat.database import database
from chat.events import Event
from chat.generation import endings
from chat.generation.run import Outcome, Run
from chat.models import Generation, GenerationDelta, Status

logger = logging.getLogger(__name__)

INTERVAL = 0.2  # seconds of text that a kill may cost
LEASE = timedelta(seconds=15)
FINISH_ATTEMPTS = 8  # with doubling waits from 0.1 s: about 25 s before an end is given up


class Writer:
    """Appends what is new in the journals of `runs`, and renews their leases; idle when there are none."""

    def __init__(self, runs: dict[UUID, Run]) -> None:
        self._runs = runs
        self._lock = asyncio.Lock()
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

        Raises DatabaseError when the database stays busy or gone.
        """
        for attempt in range(FINISH_ATTEMPTS):
            try:
                async with self._lock:
                    return await database.write(endings.store, run, outcome)
            except DatabaseError:
                if attempt == FINISH_ATTEMPTS - 1:
                    raise
                await asyncio.sleep(0.1 * 2**attempt)
        raise AssertionError("unreachable")

    async def _write_until_idle(self) -> None:
        while self._runs:
            await asyncio.sleep(INTERVAL)
            try:
                async with self._lock:
                    await self._write()
            except DatabaseError as error:
                logger.warning("running answers are not stored yet: %s", error)

    async def _write(self) -> None:
        runs = [run for run in self._runs.values() if not run.ending]
        if not runs:
            return
        positions = [(run, run.journal.position) for run in runs]
        rows = [row for run, position in positions for row in _rows(run, position)]
        await database.write(_append, rows, [run.job.generation_id for run in runs])
        for run, position in positions:
            run.stored = position


def _rows(run: Run, position: int) -> list[GenerationDelta]:
    rows, start = [], run.stored
    for part in run.journal.since(run.stored, position):
        rows.append(
            GenerationDelta(generation_id=run.job.generation_id, position=start, kind=part.kind, text=part.text)
        )
        start += len(part.text)
    return rows


def _append(rows: list[GenerationDelta], generation_ids: list[UUID]) -> None:
    now = timezone.now()
    stale = Generation.objects.filter(id__in=generation_ids, status=Status.RUNNING, lease_until__lt=now + LEASE / 2)
    with transaction.atomic():
        GenerationDelta.objects.bulk_create(rows)
        stale.update(lease_until=now + LEASE)
