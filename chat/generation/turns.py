"""Begins turns: each function is one short transaction that inserts the rows of a question and its answer.

All are idempotent on the `client_id` that the browser gave: a repeated call finds the rows of the first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from chat.accounts.access import Access
from chat.errors import ChatError, NotFound
from chat.events import ConversationUpdated, Event
from chat.generation import catalogue, context
from chat.generation.recovery import interrupt_abandoned
from chat.generation.run import Job
from chat.generation.turn_rows import (
    created_events,
    job_for,
    new_conversation,
    new_generation,
    new_message,
    started_event,
    state_events,
    touch,
)
from chat.history.infos import conversation_info
from chat.models import Connection, Conversation, Message, Status

Role = Message.Role


@dataclass(frozen=True)
class Question:
    """What somebody asks. `parent_id` None is the root; `parent_given` tells that from not said."""

    client_id: UUID
    content: str
    conversation_id: UUID | None = None
    parent_id: UUID | None = None
    parent_given: bool = False
    connection_id: UUID | None = None
    model_id: str | None = None
    parameters: dict[str, object] | None = None  # None: as the conversation has them


@dataclass(frozen=True)
class Turn:
    """What has begun: the events that tell of it, and the job to run (None when this call only repeats another)."""

    conversation_id: UUID
    events: list[Event]
    job: Job | None


def send(access: Access, question: Question) -> Turn:
    """Ask something, in a new conversation or below a message. Raises ChatError, NotFound."""
    _check_text(question.content)
    return _once(access, question.client_id, lambda: _send(access, question))


def edit(access: Access, message_id: UUID, client_id: UUID, content: str) -> Turn:
    """Ask something else instead of an earlier question: a sibling of it, which is kept. Raises ChatError, NotFound."""
    _check_text(content)

    def begin() -> Turn:
        old = access.message(message_id)
        if old.role != Role.USER:
            raise ChatError("message.not_yours", "Only your own messages can be asked again in other words.")
        connection, model_id = _own_choice(access, old.conversation)
        asked = new_message(old.conversation, Role.USER, parent_id=old.parent_id, content=content, client_id=client_id)
        return _answer(access, asked, connection, model_id)

    return _once(access, client_id, begin)


def retry(
    access: Access, message_id: UUID, client_id: UUID, connection_id: UUID | None = None, model_id: str | None = None
) -> Turn:
    """Ask the same again: a sibling of an assistant's message. Raises ChatError, NotFound."""

    def begin() -> Turn:
        old = access.message(message_id)
        if old.role != Role.ASSISTANT or old.parent_id is None:
            raise ChatError("message.not_an_answer", "Only an answer can be tried again.")
        connection, chosen = _choice(access, old.conversation, connection_id, model_id)
        return _answer(access, access.message(old.parent_id), connection, chosen, retried_by=client_id)

    return _once(access, client_id, begin)


def continue_(access: Access, message_id: UUID, client_id: UUID) -> Turn:
    """Go on with the last answer, whatever it ended with; the text is appended. Raises ChatError, NotFound."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(id=access.message(message_id).id)
        repeated = message.generations.filter(client_id=client_id).first()
        if repeated is not None:
            return Turn(message.conversation_id, state_events(repeated, message), None)
        if message.role != Role.ASSISTANT:
            raise ChatError("message.not_an_answer", "Only an answer can be continued.")
        last = message.generations.order_by("-created_at").first()
        if last is None or last.status == Status.RUNNING:
            raise ChatError("generation.running", "This answer is still being written.")
        if message.children.exists():
            raise ChatError("message.not_last", "Only the last answer can be continued.")
        if last.connection_id is None:
            raise ChatError("model.gone", "The model of this answer is not available any more. Try again with another.")
        connection, model_id = catalogue.resolve(access, last.connection_id, last.model_id)
        generation = new_generation(message, connection, model_id, client_id)
        touch(message.conversation)
        return Turn(
            message.conversation_id,
            [started_event(generation, message), ConversationUpdated(conversation_info(message.conversation))],
            job_for(generation, message, connection),
        )


def _once(access: Access, client_id: UUID, begin: Callable[[], Turn]) -> Turn:
    try:
        with transaction.atomic():
            known = _known(access, client_id)
            return known if known is not None else begin()
    except IntegrityError:
        known = _known(access, client_id)
        if known is not None:
            return known
        if Message.objects.filter(owner=access.actor, client_id=client_id).exists():
            raise ChatError("message.deleted", "This message was sent before, and its conversation deleted.") from None
        raise


def _known(access: Access, client_id: UUID) -> Turn | None:
    first = access.messages().filter(client_id=client_id).select_related("conversation").first()
    if first is None:
        return None
    answer = first if first.role == Role.ASSISTANT else first.children.order_by("id").first()
    generation = answer.generations.order_by("created_at").first() if answer else None
    if answer is None or generation is None:
        raise NotFound("message")  # its answer is not there any more
    created = [(answer, generation)] if answer.id == first.id else [(first, None), (answer, generation)]
    events = created_events(access, first.conversation, created, client_id)
    return Turn(first.conversation_id, [*events, *state_events(generation, answer)], None)


def _send(access: Access, question: Question) -> Turn:
    conversation = access.conversation(question.conversation_id) if question.conversation_id else None
    parent = _parent(access, conversation, question)
    connection, model_id = _choice(access, conversation, question.connection_id, question.model_id)
    is_first = conversation is None
    if conversation is None:
        conversation = new_conversation(access, question.content, connection, model_id)
    asked = new_message(
        conversation, Role.USER, parent_id=parent, content=question.content, client_id=question.client_id
    )
    if question.parameters is not None:
        conversation.parameters = question.parameters
    return _answer(access, asked, connection, model_id, is_first=is_first)


def _answer(
    access: Access,
    asked: Message,
    connection: Connection,
    model_id: str,
    retried_by: UUID | None = None,
    is_first: bool = False,
) -> Turn:
    """The answer to a question that this turn asks, or asks again."""
    conversation = asked.conversation
    context.check_fits(asked.content, conversation, connection, model_id)
    answer = new_message(conversation, Role.ASSISTANT, parent=asked, model_id=model_id, client_id=retried_by)
    generation = new_generation(answer, connection, model_id, None)
    conversation.head_id = answer.id
    conversation.connection, conversation.model_id = connection, model_id
    touch(conversation)
    created = [(answer, generation)] if retried_by else [(asked, None), (answer, generation)]
    events: list[Event] = created_events(access, conversation, created, retried_by or asked.client_id, is_first)
    return Turn(
        conversation.id,
        [*events, started_event(generation, answer), ConversationUpdated(conversation_info(conversation))],
        job_for(generation, answer, connection),
    )


def _parent(access: Access, conversation: Conversation | None, question: Question) -> UUID | None:
    if conversation is None:
        if question.parent_id is not None:
            raise ChatError("message.parent_unknown", "A new conversation begins without an earlier message.")
        return None
    if not question.parent_given:
        raise ChatError("message.parent_missing", "Say below which message this one belongs.")
    if question.parent_id is None:
        return None
    parent = access.message(question.parent_id)
    if parent.conversation_id != conversation.id or parent.role != Role.ASSISTANT:
        raise ChatError("message.parent_unknown", "A message can only follow an answer of its own conversation.")
    running = parent.generations.filter(status=Status.RUNNING).first()
    if running is not None and not interrupt_abandoned(running.id):
        raise ChatError("message.answer_running", "The answer above is still being written. Wait for it, or stop it.")
    return parent.id


def _choice(
    access: Access, conversation: Conversation | None, connection_id: UUID | None, model_id: str | None
) -> tuple[Connection, str]:
    if conversation is not None and connection_id is None:
        return _own_choice(access, conversation, model_id)
    return catalogue.resolve(access, connection_id, model_id)


def _own_choice(access: Access, conversation: Conversation, model_id: str | None = None) -> tuple[Connection, str]:
    """The conversation's own connection, with its model or another one."""
    if conversation.connection_id is None:
        raise ChatError("model.gone", "The model of this conversation is not available any more. Pick another one.")
    return catalogue.resolve(access, conversation.connection_id, model_id or conversation.model_id)


def _check_text(content: str) -> None:
    if not content.strip():
        raise ChatError("message.empty", "There is nothing to send yet.")
    if "\0" in content:
        raise ChatError("message.has_nul", "The text holds a NUL character, which cannot be stored. Remove it.")
    if len(content) > settings.MESSAGE_MAX_CHARACTERS:
        raise ChatError(
            "message.too_long",
            f"The message has {len(content):,} characters; at most {settings.MESSAGE_MAX_CHARACTERS:,} can be sent.",
        )
