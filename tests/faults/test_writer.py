"""The writer: leases are renewed, and what it costs depends on the text, not on the number of answers or of tries."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection as database_connection
from django.utils import timezone

from chat.database import database
from chat.generation.writer import INTERVAL, LEASE, SLOWEST_INTERVAL
from chat.models import Generation, Message
from tests.faults.locked import locked

INSERT = "INSERT INTO chat_generationdelta"
LIMIT = 50_000
TRIES = 4


class Statements:
    """What the thread that writes asks of the database, in order: `sent` are (SQL, parameters, whether many)."""

    def __init__(self):
        self.sent = []

    def __call__(self, execute, sql, params, many, context):
        self.sent.append((sql, params, many))
        return execute(sql, params, many, context)

    def transactions(self):
        """The statements of each transaction that stored text, the renewal of leases left out."""
        groups = []
        for sql, _, _ in self.sent:
            if sql.startswith("BEGIN"):
                groups.append([])
            elif groups:
                groups[-1].append(" ".join(sql.split()[:3]))
        storing = [group for group in groups if any(sql.startswith(INSERT) for sql in group)]
        return [[sql for sql in group if not sql.startswith("UPDATE")] for group in storing]

    def rows(self):
        """The stored stretches as (position, text), by generation."""
        found = defaultdict(list)
        for sql, params, _ in self.sent:
            if sql.startswith(INSERT):
                for generation_id, position, _, text in params:
                    found[generation_id].append((position, text))
        return found

    async def stored(self, count):
        """Wait for so many transactions with text."""
        async with asyncio.timeout(20):
            while len(self.transactions()) < count:
                await asyncio.sleep(0.02)


@pytest.fixture
async def statements(watch):
    """Of the connection that writes."""
    statements = Statements()
    await database.write(lambda: database_connection.execute_wrappers.append(statements))
    yield statements
    await database.write(lambda: database_connection.execute_wrappers.remove(statements))


async def lease_of(started):
    rows = Generation.objects.filter(id=started["generation_id"])
    return await database.read(lambda: rows.values_list("lease_until", flat=True).get())


async def test_a_lease_that_is_half_over_is_renewed_by_the_next_write(watch, statements, anna):
    async with watch.socket(anna) as socket:
        started = await socket.ask("!forever")
        await socket.until("generation.delta")
        rows = Generation.objects.filter(id=started["generation_id"])
        half_over = timezone.now() + LEASE / 2 - timedelta(milliseconds=1)
        await database.write(rows.update, lease_until=half_over)
        async with asyncio.timeout(20):
            while await lease_of(started) <= half_over:
                await asyncio.sleep(0.02)
        assert await lease_of(started) > half_over + LEASE / 4
        fresh = timezone.now() + LEASE * 10
        await database.write(rows.update, lease_until=fresh)
        await statements.stored(len(statements.transactions()) + 2)
        assert await lease_of(started) == fresh
        await socket.send("generation.stop", generation_id=started["generation_id"])
        await socket.until("generation.ended")


@pytest.mark.parametrize("answers", [1, 20])
async def test_all_answers_are_stored_in_one_transaction_of_two_statements(watch, statements, anna, answers):
    async with watch.socket(anna) as socket:
        asked = [await socket.ask('!{"drip": "deltas", "delay_ms": 20}') for _ in range(answers)]
        while len({frame["generation_id"] for frame in socket.frames if frame["type"] == "generation.delta"}) < answers:
            await socket.receive()
        statements.sent.clear()
        await statements.stored(3)
        begin, *others = statements.transactions()
        inserts = [(params, many) for sql, params, many in statements.sent if sql.startswith(INSERT)]
        for started in asked:
            await socket.send("generation.stop", generation_id=started["generation_id"])
        while sum(frame["type"] == "generation.ended" for frame in socket.frames) < answers:
            await socket.receive()
    assert len(begin) == 2
    assert all(each == begin for each in others)
    assert all(many for _, many in inserts)
    assert max(len({row[0] for row in params}) for params, _ in inserts) == answers


async def test_each_text_is_written_once_before_the_end(watch, statements, anna):
    async with watch.socket(anna) as socket:
        await socket.ask('!{"chunks": 400, "delay_ms": 3}')
        ended = await socket.until("generation.ended", timeout=20)
    (stretches,) = statements.rows().values()
    assert len(stretches) > 1
    for (position, text), (following, _) in pairwise(stretches):
        assert following == position + len(text)
    assert stretches[0][0] == 0
    written = "".join(text for _, text in stretches)
    assert watch.upstream.last.text.startswith(written)
    assert len(written) <= ended["position"]
    assert len(stretches) < 400 / 2


def failures(caplog):
    return [record.created for record in caplog.records if "not stored yet" in record.message]


async def test_a_busy_database_is_tried_less_and_less_often(watch, impatient, anna, caplog):
    async with watch.socket(anna) as socket:
        started = await socket.ask("!forever")
        await socket.until("generation.delta")
        with locked(database_connection.settings_dict["NAME"]):
            async with asyncio.timeout(30):
                while len(failures(caplog)) < TRIES:
                    await asyncio.sleep(0.02)
        await socket.send("generation.stop", generation_id=started["generation_id"])
        await socket.until("generation.ended", timeout=20)
    gaps = [later - earlier for earlier, later in pairwise(failures(caplog)[:TRIES])]
    for number, gap in enumerate(gaps, 1):
        assert gap >= min(INTERVAL * 2**number, SLOWEST_INTERVAL)


async def requested(upstream):
    async with asyncio.timeout(20):
        while not upstream.answers:
            await asyncio.sleep(0.005)


async def test_an_answer_ends_at_its_limit_while_nothing_can_be_stored(watch, impatient, anna, settings):
    settings.ANSWER_MAX_CHARACTERS = LIMIT
    async with watch.socket(anna) as socket:
        started = await socket.ask('!{"drip": "deltas", "delay_ms": 0, "first_delay_ms": 2000}')
        row = Generation.objects.filter(id=started["generation_id"])
        await requested(watch.upstream)
        with locked(database_connection.settings_dict["NAME"]):
            assert await watch.upstream.last.wait_ended(20) == "client_closed"
            assert await database.read(lambda: row.values_list("status", "position").get()) == ("running", 0)
        ended = await socket.until("generation.ended", timeout=20)
    assert (ended["status"], ended["finish_reason"], ended["position"]) == ("completed", "length", LIMIT)
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert len(message.content) == LIMIT
