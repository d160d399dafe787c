"""Rows as the wire shows them."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from chat.models import Conversation, Draft, Feedback, Generation, Message, Prompt, QueuedMessage
from chat.shapes import (
    Choice,
    ConversationInfo,
    DraftInfo,
    Failure,
    FeedbackInfo,
    GenerationInfo,
    MessageInfo,
    PromptInfo,
    QueuedInfo,
    Timings,
    Usage,
)


def conversation_info(row: Conversation, running: bool = False) -> ConversationInfo:
    """A conversation for lists and headers; `running` when an answer is being written in it."""
    return ConversationInfo(
        id=row.id,
        title=row.title,
        connection=row.connection_id,
        model_id=row.model_id,
        head_id=row.head_id,
        created_at=row.created_at,
        updated_at=row.updated_at,
        pinned_at=row.pinned_at,
        archived_at=row.archived_at,
        running=running,
    )


def opened_info(row: Conversation) -> ConversationInfo:
    """A conversation for who has opened it."""
    return msgspec.structs.replace(conversation_info(row), system_prompt=row.system_prompt, parameters=row.parameters)


def draft_info(row: Draft | None) -> DraftInfo | None:
    """What stands in a composer, if anything does."""
    return DraftInfo(row.content, row.updated_at) if row else None


def message_info(
    row: Message, siblings: Sequence[UUID], generation: Generation | None, feedback: Feedback | None = None
) -> MessageInfo:
    """A message with the ids of its siblings, its latest generation, and what its reader thinks of it."""
    return MessageInfo(
        id=row.id,
        conversation_id=row.conversation_id,
        parent_id=row.parent_id,
        turn_id=row.turn_id,
        role=row.role,
        content=row.content,
        reasoning=row.reasoning,
        model_id=row.model_id,
        created_at=row.created_at,
        siblings=list(siblings),
        generation=generation_info(generation) if generation else None,
        feedback=FeedbackInfo(feedback.rating, feedback.note) if feedback else None,
        revised=row.revised_at is not None,
    )


def generation_info(row: Generation) -> GenerationInfo:
    """A generation as the footer of its message shows it."""
    failure = Failure(row.error_code, row.error_message, row.retry_after) if row.error_code else None
    return GenerationInfo(
        id=row.id,
        status=row.status,
        model_id=row.model_id,
        connection=row.connection_name,
        finish_reason=row.finish_reason,
        usage=Usage(row.input_tokens, row.output_tokens),
        timings=Timings(row.first_delta_ms, row.duration_ms, row.stop_ms, row.reasoning_ms),
        error=failure,
        omitted_messages=row.omitted_messages,
    )


def queued_info(row: QueuedMessage) -> QueuedInfo:
    """A message that waits for the answer above it."""
    return QueuedInfo(
        id=row.id,
        client_id=row.client_id,
        conversation_id=row.conversation_id,
        parent_id=row.parent_id,
        content=row.content,
        models=[Choice(UUID(choice["connection_id"]), choice["model_id"]) for choice in row.models],
        created_at=row.created_at,
        refusal=Failure(row.refusal_code, row.refusal_message) if row.refusal_code else None,
    )


def prompt_info(row: Prompt) -> PromptInfo:
    """A text that its owner keeps."""
    return PromptInfo(row.id, row.name, row.content, row.updated_at)
