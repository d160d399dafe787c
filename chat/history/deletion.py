"""Deletes messages so that it can be undone: they stay, with the moment at which they went, and nobody sees them."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from chat.accounts.access import Access
from chat.errors import ChatError, NotFound
from chat.events import MessageDeleted, MessageUpdated
from chat.history import messages, tree
from chat.history.infos import conversation_info
from chat.models import Conversation, Generation, Message, QueuedMessage, Status

# One statement each, whatever the size: 10,000 messages that go are no 10,000 updates.
MARK = """
UPDATE chat_message SET deleted_at = %s WHERE id IN (
    WITH RECURSIVE part(id) AS (
        SELECT id FROM chat_message WHERE id = %s AND deleted_at IS NULL
        UNION ALL
        SELECT message.id FROM chat_message AS message JOIN part ON message.parent_id = part.id
        WHERE message.deleted_at IS NULL
    )
    SELECT id FROM part
) RETURNING id
"""

UNMARK = """
UPDATE chat_message SET deleted_at = NULL WHERE id IN (
    WITH RECURSIVE part(id) AS (
        SELECT id FROM chat_message WHERE id = %s AND deleted_at = %s
        UNION ALL
        SELECT message.id FROM chat_message AS message JOIN part ON message.parent_id = part.id
        WHERE message.deleted_at = %s
    )
    SELECT id FROM part
)
"""


def delete(access: Access, message_id: UUID) -> MessageDeleted:
    """Delete a message and all that follows it; answers that are being written there are stopped.

    When the head goes with it, the conversation shows a neighbour instead: an answer that stood beside it, else
    another version, else what came before. Raises NotFound, ChatError.
    """
    with transaction.atomic():
        row, conversation = _held(access, message_id)
        if row.deleted_at is not None:
            raise NotFound("message")
        neighbour = _neighbour(access, row)
        now = timezone.now()
        gone = _mark(row.id, now)
        if QueuedMessage.objects.filter(conversation=conversation, parent__deleted_at=now).exists():
            raise ChatError("message.has_queued", "Messages wait for this answer. Send them, or take them back first.")
        _stop(conversation, now)
        if conversation.head_id in gone:
            Message.objects.filter(id=row.id).update(head_before=conversation.head_id)
            conversation.head_id = tree.leaf(access, neighbour) if neighbour else row.parent_id
            conversation.save(update_fields=["head"])
    return MessageDeleted(gone, conversation_info(conversation))


def restore(access: Access, message_id: UUID) -> MessageUpdated:
    """Put back what one deletion took, and the head with it. Raises NotFound, ChatError."""
    with transaction.atomic():
        row, conversation = _held(access, message_id)
        if row.deleted_at is None:
            raise NotFound("message")
        if row.parent_id and Message.objects.filter(id=row.parent_id, deleted_at__isnull=False).exists():
            raise ChatError("message.parent_deleted", "What this message follows is deleted too. Put that back first.")
        _unmark(row)
        if row.head_before is not None:
            conversation.head_id = row.head_before
            conversation.save(update_fields=["head"])
            Message.objects.filter(id=row.id).update(head_before=None)
    row.conversation = conversation
    return messages.updated(access, row)


def _held(access: Access, message_id: UUID) -> tuple[Message, Conversation]:
    """A message, deleted or not, and its conversation, which nobody else changes until the transaction ends."""
    row = access.any_message(message_id)
    conversation = access.conversations().select_for_update().filter(id=row.conversation_id).first()
    if conversation is None:
        raise NotFound("message")
    row.refresh_from_db(fields=["deleted_at", "head_before"])
    return row, conversation


def _neighbour(access: Access, row: Message) -> Message | None:
    """What is shown in place of a message: a column of its turn, else the version that is nearest in time before it."""
    # Below a message by its parent alone: with the conversation SQLite would look through all of it.
    place = {"parent": row.parent_id} if row.parent_id else {"conversation": row.conversation_id, "parent": None}
    beside = access.messages().filter(**place, role=row.role).only("id", "turn_id", "conversation_id")
    others = list(beside.exclude(id=row.id).order_by("id"))
    columns = [other for other in others if other.turn_id == row.turn_id]
    older = [other for other in others if other.id < row.id]
    if columns:
        return columns[0]
    if older:
        return older[-1]
    return others[0] if others else None


def _mark(message_id: UUID, moment: datetime) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(MARK, [_moment(moment), _key(message_id)])
        return [UUID(str(gone)) for (gone,) in cursor.fetchall()]


def _unmark(row: Message) -> None:
    moment = _moment(row.deleted_at)
    with connection.cursor() as cursor:
        cursor.execute(UNMARK, [_key(row.id), moment, moment])


def _stop(conversation: Conversation, moment: datetime) -> None:
    """As for a stop from another process: the one that runs it finds the request at its next write."""
    running = Generation.objects.filter(status=Status.RUNNING, message__conversation=conversation)
    running.filter(message__deleted_at=moment).update(stop_asked_at=moment)


def _key(message_id: UUID) -> object:
    return Message._meta.get_field("id").get_db_prep_value(message_id, connection)


def _moment(moment: datetime | None) -> object:
    return Message._meta.get_field("deleted_at").get_db_prep_value(moment, connection)
