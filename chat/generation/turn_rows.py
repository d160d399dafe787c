"""The rows that a turn begins with, and the events that tell of them. Called inside a turn's transaction."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from chat.accounts.access import Access
from chat.events import Event, GenerationStarted, MessageCreated
from chat.generation.choices import Chosen
from chat.generation.context import Prompt, prompt_for
from chat.generation.endings import ended_event
from chat.generation.run import Job
from chat.generation.worker import WORKER
from chat.generation.writer import LEASE
from chat.history import titles, tree
from chat.history.infos import conversation_info, message_info
from chat.ids import new_id
from chat.models import Connection, Conversation, Generation, Message, Status
from chat.providers.errors import ProviderError


def new_conversation(
    access: Access, first_words: str, connection: Connection, model_id: str, system_prompt: str = ""
) -> Conversation:
    """A conversation that its first message names; `store` inserts it."""
    now = timezone.now()
    return Conversation(
        owner=access.actor,
        title=titles.from_first_words(first_words),
        connection=connection,
        model_id=model_id,
        system_prompt=system_prompt,
        created_at=now,
        updated_at=now,
    )


def new_message(conversation: Conversation, role: Message.Role, **fields: object) -> Message:
    """A message; `parent` or `parent_id` says below which. `store` inserts it."""
    return Message(
        conversation=conversation,
        owner_id=conversation.owner_id,
        role=role,
        created_at=timezone.now(),
        **fields,
    )


def new_answers(asked: Message, chosen: Sequence[Chosen], retried_by: UUID | None) -> list[Message]:
    """Empty answers to a question, one for each model, in one turn. `store` inserts them."""
    turn_id = new_id()
    return [
        Message(
            conversation=asked.conversation,
            owner_id=asked.owner_id,
            parent=asked,
            turn_id=turn_id,
            client_id=retried_by,
            role=Message.Role.ASSISTANT,
            model_id=model_id,
            created_at=timezone.now(),
        )
        for _, model_id in chosen
    ]


def store(conversation: Conversation, messages: Sequence[Message]) -> None:
    """Insert what is new of a turn, and count it as activity; one statement for all its messages."""
    if conversation._state.adding:
        conversation.save(force_insert=True)
    else:
        touch(conversation, "head", "connection", "model_id", "parameters")
    Message.objects.bulk_create([message for message in messages if message._state.adding])


def new_generations(
    answers: Sequence[Message], chosen: Sequence[Chosen], client_id: UUID | None = None
) -> list[Generation]:
    """Running generations of this process, one for each answer."""
    now = timezone.now()
    rows = [
        Generation(
            message=answer,
            client_id=client_id,
            connection=connection,
            connection_name=connection.name,
            model_id=model_id,
            created_at=now,
            worker=WORKER,
            lease_until=now + LEASE,
        )
        for answer, (connection, model_id) in zip(answers, chosen, strict=True)
    ]
    return Generation.objects.bulk_create(rows)


def touch(conversation: Conversation, *changed: str) -> None:
    """Count this as activity, and store these fields, which the turn has changed."""
    conversation.updated_at = timezone.now()
    conversation.save(update_fields=[*changed, "updated_at"])


def job_for(generation: Generation, message: Message, connection: Connection) -> Job:
    """What the runner is given, the prompt included."""
    try:
        prompt: Prompt | ProviderError = prompt_for(message.conversation, message, connection, generation.model_id)
    except ProviderError as error:
        prompt = error
    return Job(
        generation_id=generation.id,
        message_id=message.id,
        conversation_id=message.conversation_id,
        owner_id=message.owner_id,
        turn_id=message.turn_id,
        connection=generation.connection_name,
        model_id=generation.model_id,
        prompt=prompt,
    )


def created_events(
    access: Access,
    conversation: Conversation,
    created: Sequence[tuple[Message, Generation | None]],
    client_id: UUID | None,
    alone: bool = False,
) -> list[Event]:
    """One event for each of these messages and its generation; `alone` when the conversation has no others."""
    info = conversation_info(conversation)
    messages = [message for message, _ in created]
    siblings = {message.id: [message.id] for message in messages} if alone else tree.siblings(access, messages)
    return [
        MessageCreated(message_info(message, siblings[message.id], generation), info, client_id)
        for message, generation in created
    ]


def started_event(generation: Generation, message: Message) -> GenerationStarted:
    """That a generation has begun."""
    return GenerationStarted(
        generation_id=generation.id,
        message_id=message.id,
        conversation_id=message.conversation_id,
        turn_id=message.turn_id,
        model_id=generation.model_id,
        connection=generation.connection_name,
    )


def state_events(generation: Generation, message: Message) -> list[Event]:
    """Where a generation stands: begun, or ended."""
    if generation.status == Status.RUNNING:
        return [started_event(generation, message)]
    return [ended_event(generation, message.conversation_id)]
