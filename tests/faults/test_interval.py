"""The writer's promise by a clock that no machine slows: what comes is stored by the next write, 200 ms on at most."""

import asyncio
from itertools import pairwise
from uuid import uuid4

import pytest
from django.utils import timezone

from chat.generation.run import Job, Run
from chat.generation.writer import INTERVAL, Writer
from chat.models import GenerationDelta
from chat.providers.errors import ProviderError
from tests import making
from tests.faults.clock import JumpingLoop

PROMISED = 0.2
ROUNDING = 1e-6
WRITES = 20


@pytest.fixture
def run(anna):
    """An answer that runs, and that somebody has asked to stop: so each write says that it has happened."""
    conversation = making.conversation(anna, "Why?")
    message = making.message(conversation, conversation.head, "assistant", "")
    row = making.generation(message, "running", stop_asked_at=timezone.now())
    nobody = ProviderError()
    job = Job(row.id, message.id, conversation.id, anna.id, uuid4(), "Scripted", "scripted-1", nobody)
    return Run(job, limit=1_000)


class Writes:
    """What a writer does with a run to which a delta comes `after` seconds after each write, as (moment, stored)."""

    def __init__(self, run, after):
        self.run, self.after = run, after
        self.seen = []

    def note(self, order):
        loop = asyncio.get_running_loop()
        self.seen.append((loop.time(), self.run.stored))
        if len(self.seen) == WRITES:
            self.over.set()
        loop.call_later(self.after, self.run.append, "content", f"{len(self.seen)} ")

    async def watch(self):
        self.over = asyncio.Event()
        writer = Writer({self.run.job.generation_id: self.run}, self.note, give_up=self.over.set)
        self.run.append("content", "0 ")
        writer.wake()
        async with asyncio.timeout(60):
            await self.over.wait()
        await writer.close()


@pytest.mark.parametrize("after", [0.0, PROMISED / 2, PROMISED - 0.001])
def test_what_comes_is_stored_by_the_very_next_write(run, after):
    writes = Writes(run, after)
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(writes.watch())
    moments, stored = zip((0.0, 0), *writes.seen, strict=True)
    assert max(later - earlier for earlier, later in pairwise(moments)) <= PROMISED + ROUNDING
    pieces = [f"{number} " for number in range(WRITES)]
    assert list(stored) == [len("".join(pieces[:number])) for number in range(WRITES + 1)]
    rows = GenerationDelta.objects.order_by("position").values_list("position", "text")
    assert list(rows) == list(zip(stored, pieces, strict=False))


def test_the_interval_is_what_a_kill_may_cost():
    assert INTERVAL <= PROMISED
