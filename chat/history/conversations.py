"""A person's conversations: the list, and what may be changed about one."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from chat.accounts.access import Access
from chat.errors import ChatError, NotFound
from chat.history import tree
from chat.history.infos import conversation_info, opened_info
from chat.models import Conversation, Generation, Status
from chat.shapes import ConversationInfo

LIST_COLUMNS = (
    "id", "title", "connection", "model_id", "head", "created_at", "updated_at", "pinned_at", "archived_at",
)  # fmt: skip
CHANGED_AS_GIVEN = ("connection", "model_id", "system_prompt", "parameters")
OPENED = {"system_prompt", "parameters"}  # what only who has opened a conversation is told
PAGE = 50
PINNED_MAX = 200

Place = tuple[Annotated[datetime, msgspec.Meta(tz=True)], UUID]


@dataclass(frozen=True)
class ConversationPage:
    """A page of the list, newest first; `next_cursor` gives the page after it."""

    items: list[ConversationInfo]
    next_cursor: str | None


def page(access: Access, cursor: str | None = None, size: int = PAGE) -> ConversationPage:
    """What is pinned, on the first page; the others by their last activity. Raises ChatError `cursor.invalid`."""
    # Read once out of the small index of what runs: asked for each conversation it cost 22 ms of 24 (measured).
    running = access.generations().filter(status=Status.RUNNING).values("message__conversation")
    rows = access.conversations().filter(archived_at=None).only(*LIST_COLUMNS).order_by("-updated_at", "-id")
    rows = rows.annotate(running=ExpressionWrapper(Q(id__in=running), output_field=BooleanField()))
    pinned = [] if cursor else list(rows.exclude(pinned_at=None)[:PINNED_MAX])
    rows = rows.filter(pinned_at=None)
    if cursor:
        moment, last = _decode(cursor)
        rows = rows.filter(Q(updated_at__lt=moment) | Q(updated_at=moment, id__lt=last))
    found = list(rows[: size + 1])
    items = [conversation_info(row, row.running) for row in (*pinned, *found[:size])]
    return ConversationPage(items, _encode(found[size - 1]) if len(found) > size else None)


def change(access: Access, conversation_id: UUID, **fields: object) -> ConversationInfo:
    """Change the title, pin or archive; `connection` (a row) with `model_id`, `system_prompt`, `parameters`.

    Does not count as activity. Raises NotFound, ChatError.
    """
    changed = {name: fields[name] for name in CHANGED_AS_GIVEN if name in fields}
    if "title" in fields:
        changed |= {"title": _title(str(fields["title"])), "title_source": Conversation.TitleSource.OWNER}
    for name, column in (("pinned", "pinned_at"), ("archived", "archived_at")):
        if name in fields:
            changed[column] = timezone.now() if fields[name] else None
    with transaction.atomic():
        row = _held(access, conversation_id)
        for column, value in changed.items():
            setattr(row, column, value)
        row.save(update_fields=list(changed))
    return opened_info(row) if changed.keys() & OPENED else conversation_info(row)


def delete(access: Access, conversation_id: UUID) -> None:
    """Put a conversation into the trash; answers that are being written in it are stopped. Raises NotFound."""
    row = access.conversation(conversation_id)
    row.deleted_at = timezone.now()
    with transaction.atomic():
        row.save(update_fields=["deleted_at"])
        running = Generation.objects.filter(message__conversation=row, status=Status.RUNNING)
        running.update(stop_asked_at=row.deleted_at)


def restore(access: Access, conversation_id: UUID) -> ConversationInfo:
    """Take a conversation out of the trash. Raises NotFound."""
    row = access.deleted_conversation(conversation_id)
    row.deleted_at = None
    row.save(update_fields=["deleted_at"])
    return conversation_info(row)


def show(access: Access, conversation_id: UUID, message_id: UUID) -> ConversationInfo:
    """Make the branch through a message the visible one, in every tab. Raises NotFound."""
    with transaction.atomic():
        row = _held(access, conversation_id)
        message = access.message(message_id)
        if message.conversation_id != row.id:
            raise NotFound("message")
        row.head_id = tree.leaf(access, message)
        row.save(update_fields=["head"])
    return conversation_info(row)


def _held(access: Access, conversation_id: UUID) -> Conversation:
    """A conversation that nobody deletes until the transaction ends: no event tells of one that is gone."""
    row = access.conversations().select_for_update().filter(id=conversation_id).first()
    if row is None:
        raise NotFound("conversation")
    return row


def _title(text: str) -> str:
    title = text.strip()
    if not title:
        raise ChatError("conversation.title_empty", "A title needs at least one character.")
    if "\0" in title:
        raise ChatError("conversation.title_has_nul", "The title holds a NUL character, which cannot be stored.")
    return title


def _encode(row: Conversation) -> str:
    return urlsafe_b64encode(msgspec.json.encode((row.updated_at, row.id))).decode()


def _decode(cursor: str) -> tuple[datetime, UUID]:
    try:
        moment, last = msgspec.json.decode(urlsafe_b64decode(cursor.encode()), type=Place)
        return moment.astimezone(UTC), last
    except (msgspec.MsgspecError, BadBase64, ValueError, OverflowError):
        raise ChatError("cursor.invalid", "This place in the list is not known.") from None
