"""Asks a question: the rows of its answers, one for each model, and the events and jobs that follow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from chat.accounts.access import Access
from chat.errors import ChatError
from chat.events import ConversationUpdated, Event, GenerationEnded
from chat.generation import context, queue_rows
from chat.generation.choices import Chosen
from chat.generation.run import Job
from chat.generation.turn_rows import created_events, job_for, new_answers, new_generations, started_event, store
from chat.history import texts
from chat.history.infos import conversation_info
from chat.models import Generation, Message, QueuedMessage


@dataclass(frozen=True)
class Turn:
    """What has begun: the events that tell of it, and the jobs to run.

    `repeats`: this call only repeats another one, whose events these are. `queued_below` is the turn that has to end
    before this one begins. `ended` are the ends of abandoned generations that were met on the way. `refusal` is why
    nothing has begun, although the turn of a queued message had come.
    """

    conversation_id: UUID
    events: list[Event]
    jobs: list[Job] = field(default_factory=list)
    repeats: bool = False
    queued_below: UUID | None = None
    ended: Sequence[GenerationEnded] = ()
    refusal: ChatError | None = None


def answer(
    access: Access,
    asked: Message,
    chosen: Sequence[Chosen],
    *,
    retried_by: UUID | None = None,
    is_first: bool = False,
    waiting: Sequence[QueuedMessage] = (),
    keeps_head: bool = False,
) -> Turn:
    """The answers to a question that this turn asks, or asks again; those of several models are its columns.

    Messages that are `waiting` wait for the first of these answers from now on. With `keeps_head` the visible branch
    stays what it is.
    """
    conversation = asked.conversation
    for connection, model_id in chosen:
        context.check_fits(asked.content, conversation, connection, model_id)
    answers = new_answers(asked, chosen, retried_by)
    if not keeps_head:
        conversation.head_id = answers[0].id
        conversation.connection, conversation.model_id = chosen[0]
    store(conversation, [asked, *answers])
    generations = new_generations(answers, chosen)
    created: list[tuple[Message, Generation | None]] = [] if retried_by else [(asked, None)]
    created += zip(answers, generations, strict=True)
    events: list[Event] = created_events(access, conversation, created, retried_by or asked.client_id, is_first)
    return Turn(
        conversation.id,
        [
            *events,
            *(started_event(row, message) for message, row in zip(answers, generations, strict=True)),
            *queue_rows.follow(waiting, answers[0]),
            ConversationUpdated(conversation_info(conversation)),
        ],
        [
            job_for(row, message, connection)
            for message, row, (connection, _) in zip(answers, generations, chosen, strict=True)
        ],
    )


def check_text(content: str) -> None:
    """Refuse what cannot be sent. Raises ChatError."""
    texts.check_text(content, settings.MESSAGE_MAX_CHARACTERS)
