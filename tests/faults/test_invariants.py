"""Every clause of the invariants can fail: a planted fault for each."""

import asyncio
import os
from datetime import timedelta

import pytest
from django.utils import timezone

from chat.database import database
from chat.generation.context import GO_ON
from chat.models import Generation, GenerationDelta, Message
from chat.providers.session import close_session, session
from tests import making
from tests.faults import invariants
from tests.upstream.record import Answer

SENT = "what was sent"


@pytest.fixture
def answered(anna):
    """A question with a completed answer."""
    conversation = making.conversation(anna, "Why?", SENT)
    return making.generation(conversation.head, position=len(SENT))


@pytest.fixture
def log():
    """What the service says of it."""
    return [Answer("openai", {}, {"messages": [{"role": "user", "content": "Why?"}]}, content=[SENT])]


def started(number=1):
    return {"type": "generation.started", "generation_id": str(number)}


def delta(start, text, number=1):
    parts = [{"kind": "content", "text": text}]
    return {
        "type": "generation.delta", "generation_id": str(number), "from": start, "to": start + len(text), "parts": parts
    }  # fmt: skip


def ended(position, number=1):
    return {"type": "generation.ended", "generation_id": str(number), "position": position}


GOOD_RECORD = [started(), delta(0, "ab"), started(2), delta(2, "c"), ended(3), delta(0, "x", 2), ended(1, 2)]
BAD_RECORDS = {
    "no end": [started(), delta(0, "ab")],
    "two ends": [started(), ended(0), ended(0)],
    "text after the end": [started(), delta(0, "ab"), ended(2), delta(2, "c")],
    "a gap": [started(), delta(0, "ab"), delta(3, "c"), ended(4)],
    "text twice": [started(), delta(0, "ab"), delta(1, "bc"), ended(3)],
    "an end before the text": [started(), delta(0, "ab"), ended(3)],
    "positions of other text": [started(), delta(0, "ab") | {"to": 5}, ended(5)],
    "two ends of an answer that began elsewhere": [ended(3), ended(3)],
}


def test_a_good_record_has_no_problem():
    assert invariants.ending_problems(GOOD_RECORD) == []


@pytest.mark.parametrize("record", BAD_RECORDS.values(), ids=BAD_RECORDS)
def test_a_bad_record_is_found(record):
    assert invariants.ending_problems(record)


@pytest.mark.parametrize("lease", [None, timedelta(0), timedelta(seconds=-1)])
def test_a_run_without_a_live_lease_is_found(answered, lease):
    now = timezone.now()
    assert invariants.lease_problems(now) == []
    changes = {"status": "running", "lease_until": None if lease is None else now + lease}
    Generation.objects.update(**changes)
    assert len(invariants.lease_problems(now)) == 1


def test_a_live_lease_is_no_problem(answered):
    Generation.objects.update(status="running", lease_until=timezone.now() + timedelta(seconds=5))
    assert invariants.lease_problems() == []


@pytest.mark.parametrize(
    ("status", "positions", "count"),
    [
        ("running", [0, 3, 6], 0),
        ("running", [1], 1),
        ("running", [0, 4], 1),
        ("running", [0, 2], 1),
        ("stopped", [0], 1),
    ],
)
def test_deltas_with_gaps_or_after_the_end_are_found(answered, status, positions, count):
    Generation.objects.update(status=status)
    for position in positions:
        GenerationDelta.objects.create(generation=answered, position=position, kind="content", text="abc")
    assert len(invariants.position_problems()) == count


def write(content, reasoning="", position=None):
    """Let the answer be this, up to the position that fits unless another is given."""
    Message.objects.filter(role="assistant").update(content=content, reasoning=reasoning)
    fits = len(content) + len(reasoning)
    Generation.objects.update(position=0)
    last = Generation.objects.latest("id")
    Generation.objects.filter(id=last.id).update(position=fits if position is None else position)


def test_text_that_was_not_sent_is_found(answered, log):
    assert invariants.text_problems(log) == []
    for forged in ((SENT + ".",), (SENT[:-1],), (SENT, "never said")):
        write(*forged)
        assert len(invariants.text_problems(log)) == 1


@pytest.mark.parametrize("status", ["completed", "stopped", "interrupted", "failed"])
@pytest.mark.parametrize("position", [0, len(SENT) - 1, len(SENT) + 1])
def test_a_position_that_the_text_does_not_have_is_found(answered, log, status, position):
    Generation.objects.update(status=status)
    write(SENT, position=position)
    assert len(invariants.text_problems(log)) == 1


@pytest.mark.parametrize(
    ("status", "stored", "count"),
    [("failed", SENT[:4], 1), ("stopped", "", 1), ("completed", SENT, 0), ("interrupted", SENT[:4], 0)],
)
def test_text_that_was_shown_and_is_not_stored_is_found(answered, status, stored, count):
    Generation.objects.update(status=status)
    write(stored)
    page = {str(answered.message_id): {"content": SENT[:5], "reasoning": ""}}
    assert len(invariants.shown_problems([{}, page])) == count


def test_an_answer_to_another_question_is_found(answered, log):
    log[0].body["messages"][-1]["content"] = "What?"
    assert len(invariants.text_problems(log)) == 1
    assert len(invariants.text_problems([])) == 1


@pytest.mark.parametrize("status", ["stopped", "interrupted", "failed"])
def test_a_partial_answer_is_a_beginning_of_what_was_sent(answered, log, status):
    Generation.objects.update(status=status)
    write(SENT[:4])
    assert invariants.text_problems(log) == []
    write(SENT[1:4])
    assert len(invariants.text_problems(log)) == 1


def test_a_continued_answer_is_a_chain_of_what_was_sent(answered, log):
    message = Message.objects.get(role="assistant")
    making.generation(message)
    asked = [{"content": "Why?"}, {"role": "assistant", "content": SENT[:6]}, {"content": GO_ON}]
    log.append(Answer("openai", {}, {"messages": asked}, content=[" and", " more"]))
    write(SENT[:6] + " and more")
    assert invariants.text_problems(log) == []
    for other in (" or less", " and  more", " and more."):
        write(SENT[:6] + other)
        assert len(invariants.text_problems(log)) == 1
    write(SENT[:7] + " and more")
    assert len(invariants.text_problems(log)) == 1


def test_what_no_database_holds_is_compared_as_it_is_stored(answered, log):
    log[0].content[:] = ["a\0b", "\ud83c"]
    write("a\ufffdb\ufffd")
    assert invariants.text_problems(log) == []


async def test_a_task_that_is_left_over_is_found():
    before = invariants.Held.now()
    task = asyncio.create_task(asyncio.Event().wait(), name="planted")
    assert await invariants.settled(before, seconds=0) == ["task planted"]
    task.cancel()
    assert await invariants.settled(before) == []


async def test_a_file_that_is_left_open_is_found(tmp_path):
    before = invariants.Held.now()
    descriptor = os.open(tmp_path, os.O_RDONLY)
    assert await invariants.settled(before, seconds=0) == [f"file {tmp_path}"]
    os.close(descriptor)
    assert await invariants.settled(before) == []


async def test_a_connection_to_a_service_that_is_left_open_is_found(upstream):
    upstream.script(stall_after=1)
    before = invariants.Held.now()
    body = {"model": "scripted-1", "messages": [{"role": "user", "content": "Hello"}], "stream": True}
    response = await session().post(f"{upstream.base_url}/chat/completions", json=body)
    assert len(invariants.connection_problems()) == 1
    assert [name for name in await invariants.settled(before, seconds=0) if name.startswith("file socket")]
    response.close()
    assert invariants.connection_problems() == []
    await close_session()


async def test_the_watch_sees_what_is_wrong_in_the_database(watch, anna):
    async with watch.socket(anna) as socket:
        await socket.ask("Hello")
        await socket.until("generation.ended")
    assert await watch.problems() == []
    sent = watch.upstream.last.text
    await database.write(write, "forged")
    assert len(await watch.problems()) == 1
    await database.write(write, sent)
