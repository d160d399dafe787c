"""What an event is about, and which tabs are told it."""

from uuid import UUID

from chat.events import Event, GenerationEnded, GenerationStarted, MessageCreated, MessageQueued, MessageUnqueued


def subject_of(event: Event) -> UUID | None:
    """The message or generation that an answer to a command is about."""
    match event:
        case MessageCreated():
            return event.message.id
        case GenerationStarted() | GenerationEnded():
            return event.generation_id
        case MessageQueued():
            return event.queued.id
        case MessageUnqueued():
            return event.queued_id
    return None


def place_of(event: Event) -> UUID | None:
    """The conversation whose followers alone are told this; None where every tab is."""
    match event:
        case MessageCreated():
            return event.message.conversation_id
        case MessageQueued():
            return event.queued.conversation_id
        case MessageUnqueued():
            return event.conversation_id
    return None
