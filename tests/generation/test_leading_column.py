"""Which of several answers the conversation goes on from, when some of them end badly."""

from uuid import uuid4

import pytest

from chat.generation import endings
from chat.generation.run import Job, Outcome, Run
from chat.models import Conversation, Status
from chat.providers.errors import ProviderError
from tests import making

FAILED = endings.BROKEN
COMPLETED = Outcome(Status.COMPLETED, "stop")
STOPPED = Outcome(Status.STOPPED)


@pytest.fixture
def columns(anna):
    """Ends the answers of two models to one question, of which the first leads: `columns((0, outcome, text), ...)`."""
    conversation = making.conversation(anna)
    question = making.message(conversation, None, "user", "Why?")
    turn_id = uuid4()
    answers = [making.message(conversation, question, "assistant", "", turn_id=turn_id) for _ in range(2)]
    rows = [making.generation(answer, "running") for answer in answers]
    conversation.head = answers[0]
    conversation.save()

    def end(*ends):
        for number, outcome, text in ends:
            message, row = answers[number], rows[number]
            job = Job(row.id, message.id, conversation.id, anna.id, turn_id, "here", "m", ProviderError())
            run = Run(job, limit=1_000)
            run.append("content", text)
            events = endings.store(run, outcome)
        head_id = Conversation.objects.get().head_id
        assert events[1].conversation.head_id == head_id
        return [answer.id for answer in answers].index(head_id)

    return end


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_one_that_failed_without_a_word_gives_way_to_one_that_is_complete(columns, order):
    ends = [(0, FAILED, ""), (1, COMPLETED, "Because.")]
    assert columns(*(ends[number] for number in order)) == 1


@pytest.mark.parametrize(
    "ends",
    [
        [(0, FAILED, "It began"), (1, COMPLETED, "Because.")],
        [(0, COMPLETED, "Because."), (1, FAILED, "")],
        [(0, COMPLETED, "Because."), (1, COMPLETED, "Therefore.")],
        [(0, FAILED, ""), (1, STOPPED, "Beca")],
        [(1, COMPLETED, "Because."), (0, STOPPED, "")],
    ],
)
def test_else_the_first_one_leads(columns, ends):
    assert columns(*ends) == 0
