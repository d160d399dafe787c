"""What may be changed about a message that is there: its text in place, and what its reader thinks of it."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from chat.accounts.access import Access
from chat.errors import ChatError
from chat.events import MessageUpdated
from chat.history import tree
from chat.history.infos import conversation_info
from chat.history.texts import check_text
from chat.models import Conversation, Feedback, Message, MessageRevision, Status

Role = Message.Role


def replace(access: Access, message_id: UUID, content: str) -> MessageUpdated:
    """Save other words in place of a message's own; the old ones are kept as a revision. Raises ChatError, NotFound.

    What follows the message stays, and was answered to the old words. It counts as no activity.
    """
    with transaction.atomic():
        row = _held(access, message_id)
        if row.role == Role.SYSTEM:
            raise ChatError("message.not_yours", "Only your own messages and answers can be changed.")
        is_answer = row.role == Role.ASSISTANT
        check_text(content, settings.ANSWER_MAX_CHARACTERS if is_answer else settings.MESSAGE_MAX_CHARACTERS)
        if row.generations.filter(status=Status.RUNNING).exists():
            raise ChatError("generation.running", "This answer is still being written.")
        if content != row.content:
            now = timezone.now()
            MessageRevision.objects.create(message=row, content=row.content, created_at=now)
            row.content, row.revised_at = content, now
            row.save(update_fields=["content", "revised_at"])
    return updated(access, row)


def rate(access: Access, message_id: UUID, rating: str | None, note: str = "") -> MessageUpdated:
    """Keep what its reader thinks of an answer; no rating: nothing any more. Raises ChatError, NotFound."""
    if "\0" in note:
        raise ChatError("message.has_nul", "The text holds a NUL character, which cannot be stored. Remove it.")
    with transaction.atomic():
        row = _held(access, message_id)
        if row.role != Role.ASSISTANT:
            raise ChatError("message.not_an_answer", "Only answers can be rated.")
        if rating is None:
            Feedback.objects.filter(message=row).delete()
        else:
            now = timezone.now()
            kept = {"rating": rating, "note": note.strip(), "updated_at": now}
            Feedback.objects.update_or_create(message=row, defaults=kept, create_defaults={**kept, "created_at": now})
    return updated(access, row)


def updated(access: Access, row: Message) -> MessageUpdated:
    """The event that tells of a message as it is now. `row.conversation` is loaded."""
    (info,) = tree.infos(access, [row.id])
    return MessageUpdated(info, conversation_info(row.conversation))


def _held(access: Access, message_id: UUID) -> Message:
    """A message whose conversation nobody else changes until the transaction ends."""
    row = access.message(message_id)
    Conversation.objects.select_for_update().filter(id=row.conversation_id).first()
    row.refresh_from_db(fields=["content", "deleted_at"])
    if row.deleted_at is not None:
        raise ChatError("message.deleted", "This message has been deleted.")
    return row
