"""A start after a catastrophe: ten thousand answers were running when the process died."""

import asyncio
import time

import psutil
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.generation import recovery
from chat.generation.recovery import BATCH, interrupt_abandoned
from chat.models import Generation, GenerationDelta, Message, User
from tests.faults import invariants
from tests.faults.abandoned import TEXTS, abandon

STALE = 10_000
SLACK = 3.0  # seconds of work; `make bench` measures how many it takes where nothing else runs


def test_10_000_abandoned_answers_are_ended_with_their_text_in_a_bounded_number_of_queries(anna):
    abandon(anna, STALE)
    begun = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        ended = interrupt_abandoned()
    print(f"{len(ended)} ended in {time.monotonic() - begun:.2f} s with {len(queries)} queries")
    assert len(ended) == STALE
    assert len(queries) <= 1 + 8 * (STALE // BATCH)
    assert not GenerationDelta.objects.exists()
    assert set(Generation.objects.values_list("status", "position")) == {("interrupted", len("".join(TEXTS)))}
    assert set(Message.objects.values_list("content", flat=True)) == {"".join(TEXTS)}
    assert invariants.position_problems() == invariants.lease_problems() == []


def test_how_much_text_is_in_memory_at_once_is_bounded_as_well(anna):
    abandon(anna, 6)
    long = "длинно " * (recovery.BATCH_CHARACTERS // 14)  # two of them and their rest are more than a batch
    GenerationDelta.objects.filter(position=0).update(text=long)
    GenerationDelta.objects.exclude(position=0).update(position=len(long))
    with CaptureQueriesContext(connection) as queries:
        ended = interrupt_abandoned()
    assert len(ended) == 6
    assert sum(query["sql"].startswith("BEGIN") for query in queries) == 6
    assert set(Message.objects.values_list("content", flat=True)) == {long + TEXTS[1]}
    assert invariants.position_problems() == invariants.lease_problems() == []


async def started(house):
    """A server that has just begun to listen, and how long that took: by the clock, and of its processors."""
    begun = time.monotonic()
    server = await house.start()
    seconds = time.monotonic() - begun
    used = psutil.Process(server.process.pid).cpu_times()
    return server, seconds, used.user + used.system


@pytest.mark.slow
async def test_a_server_with_10_000_of_them_starts_and_has_ended_them(house):
    usual, seconds, used = await started(house)
    await asyncio.to_thread(usual.kill)
    await house.rows(lambda: abandon(User.objects.get(username="alice"), STALE))
    server, more_seconds, more_used = await started(house)
    print(
        f"up in {seconds:.2f} s ({used:.2f} s of work) without them, in {more_seconds:.2f} s ({more_used:.2f} s) with"
    )
    assert await house.rows(Generation.objects.filter(status="interrupted").count) == STALE
    assert more_used - used < SLACK
    async with house.browser(server.url) as browser:
        asked = await browser.ask("Still there?")
        assert await browser.end_of(asked["generation_id"]) == "completed"
    # No service has a record of these; deleting them would take longer than all of the rest.
    await house.rows(Message.objects.filter(role="assistant", parent=None).update, role="user")
