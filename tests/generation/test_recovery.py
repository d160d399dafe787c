"""Generations whose process is gone are ended, with their text, once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chat.accounts.access import for_user
from chat.generation import turns
from chat.generation.choices import Pick
from chat.generation.recovery import interrupt_abandoned
from chat.generation.worker import HOST, PID, WORKER, lives, running_here
from chat.models import Connection, Generation, GenerationDelta, Message
from tests import making

DEAD = f"{HOST}:{2**22 + 1}:00000000"  # above the highest process number that Linux gives


@pytest.fixture
def abandoned(anna):
    """A function from a lease's remaining seconds and a worker to a running generation with stored deltas."""

    def make(seconds, worker):
        conversation = making.conversation(anna, "question", "kept, ")
        row = making.generation(
            conversation.head, "running", worker=worker, lease_until=timezone.now() + timedelta(seconds=seconds)
        )
        for position, kind, text in ((0, "reasoning", "hm"), (2, "content", "half "), (7, "content", "an answer")):
            GenerationDelta.objects.create(generation=row, position=position, kind=kind, text=text)
        return row

    return make


@pytest.mark.parametrize(
    ("seconds", "worker"),
    [(-1, "elsewhere:1:aa"), (60, DEAD), (60, f"{HOST}:{PID}:earlier"), (-61, f"{HOST}:1:aa"), (-61, WORKER)],
    ids=["elsewhere", "dead", "earlier with our number", "init", "ours"],
)
def test_an_abandoned_generation_is_interrupted_with_its_text(abandoned, seconds, worker):
    row = abandoned(seconds, worker)
    assert interrupt_abandoned() == [row.id]
    row.refresh_from_db()
    message = Message.objects.get(id=row.message_id)
    assert (row.status, row.position, row.lease_until) == ("interrupted", 16, None)
    assert (message.content, message.reasoning) == ("kept, half an answer", "hm")
    assert not GenerationDelta.objects.exists()
    assert interrupt_abandoned() == []


@pytest.mark.parametrize(
    ("seconds", "worker"),
    [(60, "elsewhere:1:aa"), (60, WORKER), (60, f"{HOST}:1:aa"), (-50, WORKER), (-50, f"{HOST}:1:aa")],
    ids=["elsewhere", "ours", "init", "ours, late", "init, late"],
)
def test_a_living_one_is_left_alone_also_while_it_cannot_write(abandoned, seconds, worker):
    row = abandoned(seconds, worker)
    assert interrupt_abandoned() == []
    assert Generation.objects.get(id=row.id).status == "running"


@pytest.fixture
def unwritten(abandoned):
    """An answer that this process runs, and could not write for ten minutes."""
    row = abandoned(-600, WORKER)
    running_here.add(row.id)
    yield row
    running_here.discard(row.id)


def test_what_this_process_still_runs_is_spared_however_old_its_lease(unwritten):
    assert interrupt_abandoned() == interrupt_abandoned(unwritten.id) == []
    running_here.discard(unwritten.id)
    assert interrupt_abandoned() == [unwritten.id]


def test_who_asks_below_it_waits_for_it(unwritten, anna):
    answer = Message.objects.select_related("conversation").get(id=unwritten.message_id)
    connection = Connection.objects.create(name="C", model_ids=["scripted-1"], base_url="http://127.0.0.1:9/v1")
    question = turns.Question(
        uuid4(), "Next", answer.conversation_id, answer.id, parent_given=True, picks=[Pick(connection.id)]
    )
    assert turns.send(for_user(anna), question).queued_below == answer.turn_id
    assert Generation.objects.get(id=unwritten.id).status == "running"
    assert GenerationDelta.objects.exists()


@pytest.mark.parametrize("worker", ["", "x", HOST, f"{HOST}:", f"{HOST}:pid:x"])
def test_a_name_that_says_nothing_is_not_taken_for_dead(worker):
    assert lives(worker) is None
