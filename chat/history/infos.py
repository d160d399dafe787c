"""Rows as the wire shows them."""

from collections.abc import Sequence
from uuid import UUID

from chat.events import ConversationInfo, Failure, GenerationInfo, MessageInfo, Timings, Usage
from chat.models import Conversation, Generation, Message


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


def message_info(row: Message, siblings: Sequence[UUID], generation: Generation | None) -> MessageInfo:
    """A message with the ids of its siblings and its latest generation."""
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
        timings=Timings(row.first_delta_ms, row.duration_ms, row.stop_ms),
        error=failure,
        omitted_messages=row.omitted_messages,
    )
