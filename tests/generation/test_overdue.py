"""What is queued and may go out: the process that ran the answer goes first, and nobody tries for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chat.generation import queue_rows
from tests import making


@pytest.fixture
def queued_below(anna):
    """Queues a message below an answer that ended so many seconds ago."""

    def queue(seconds, status="completed", **fields):
        row = making.conversation(anna, "Why?", "Because.")
        making.generation(row.head, status, ended_at=timezone.now() - timedelta(seconds=seconds))
        making.queued(row.head, "And?", **fields)
        return row

    return queue


def conversations(**options):
    return {conversation_id for _, conversation_id, _ in queue_rows.overdue(**options)}


@pytest.mark.parametrize(("seconds", "is_tried"), [(1, False), (10, True), (600, False)])
def test_below_a_complete_answer(queued_below, seconds, is_tried):
    row = queued_below(seconds)
    assert conversations() == {row.id}
    assert conversations(lately=True) == ({row.id} if is_tried else set())


def test_below_one_that_was_interrupted_only_what_was_not_to_wait(queued_below):
    queued_below(10, "interrupted")
    hurried = queued_below(10, "interrupted", send_asked_at=timezone.now())
    assert conversations() == conversations(lately=True) == {hurried.id}
