"""The rows of queued messages: made, changed, deleted, moved below a later answer, and found when they are due.

Whoever changes what may be due holds the conversation's row: so an answer's end and a send below it, or two ends in two
processes, come one after the other, and nothing is left behind or sent twice.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from chat.accounts.access import Access
from chat.errors import ChatError, NotFound
from chat.events import Event, MessageQueued, MessageUnqueued
from chat.generation import catalogue, context
from chat.generation.choices import Chosen
from chat.history.infos import queued_info
from chat.history.texts import check_text
from chat.models import Conversation, Generation, Message, QueuedMessage, Status

MOST = 20  # queued messages of one conversation
FIRST_TRY, TRIED_FOR = timedelta(seconds=5), timedelta(minutes=5)
LAST = datetime.max.replace(tzinfo=UTC)
UNREFUSED = {"refusal_code": "", "refusal_message": ""}


def waiting(conversation: Conversation) -> list[QueuedMessage]:
    """Everything that is queued in a conversation, in its order."""
    return list(QueuedMessage.objects.filter(conversation=conversation).order_by("id"))


def enqueue(
    parent: Message,
    queued: Sequence[QueuedMessage],
    client_id: UUID,
    content: str,
    chosen: Sequence[Chosen],
    parameters: dict[str, object] | None,
) -> QueuedMessage:
    """Queue a message below an answer, after what is queued. Raises ChatError when that is too much."""
    if len(queued) >= MOST:
        raise ChatError("queue.full", f"{MOST} messages wait already. Let some of them go first.")
    return QueuedMessage.objects.create(
        owner_id=parent.owner_id,
        conversation=parent.conversation,
        parent=parent,
        client_id=client_id,
        content=content,
        parameters=parameters,
        created_at=timezone.now(),
        models=[{"connection_id": str(row.id), "model_id": model_id} for row, model_id in chosen],
    )


def change(access: Access, queued_id: UUID, content: str) -> QueuedMessage:
    """Other words for a queued message, which is not refused any more. A model that is gone keeps nobody from that.

    Raises ChatError, also when they do not fit; NotFound, also when it is on its way already.
    """
    check_text(content, settings.MESSAGE_MAX_CHARACTERS)
    row = access.queued_message(queued_id)
    for connection, model_id in _available(access, row):
        context.check_fits(content, row.conversation, connection, model_id, row.parameters)
    if not QueuedMessage.objects.filter(id=row.id).update(content=content, **UNREFUSED):
        raise NotFound("queued message")
    row.content, row.refusal_code = content, ""
    return row


def delete(access: Access, queued_id: UUID) -> QueuedMessage:
    """Take a message out of the queue. Raises NotFound, also when it is on its way already."""
    row = access.queued_message(queued_id)
    if not QueuedMessage.objects.filter(id=row.id).delete()[0]:
        raise NotFound("queued message")
    return row


def refuse(row: QueuedMessage, refusal: ChatError) -> list[Event]:
    """Keep why a message could not go out when its turn came, so that it waits on; what tells of it, once."""
    if (row.refusal_code, row.refusal_message) == (refusal.code, refusal.message):
        return []
    row.refusal_code, row.refusal_message, row.send_asked_at = refusal.code, refusal.message, None
    row.save(update_fields=["refusal_code", "refusal_message", "send_asked_at"])
    return [MessageQueued(queued_info(row))]


def unqueued(row: QueuedMessage, reason: str) -> MessageUnqueued:
    """That a message is not in the queue any more."""
    return MessageUnqueued(row.id, row.client_id, row.conversation_id, reason)


def follow(rows: Sequence[QueuedMessage], answer: Message) -> list[Event]:
    """Have these messages wait for a later answer; the events that tell of it."""
    if rows:
        QueuedMessage.objects.filter(id__in=[row.id for row in rows]).update(parent=answer)
    for row in rows:
        row.parent = answer
    return [MessageQueued(queued_info(row)) for row in rows]


def columns(parent: Message) -> list[Generation]:
    """The generations of an answer and of those that stand beside it, oldest first."""
    beside = Generation.objects.filter(message__parent=parent.parent_id, message__turn_id=parent.turn_id)
    return list(beside.only("id", "message_id", "status").order_by("created_at", "id"))


def is_running(generations: Sequence[Generation]) -> bool:
    return any(row.status == Status.RUNNING for row in generations)


def is_complete(parent_id: UUID, generations: Sequence[Generation]) -> bool:
    """Whether this answer has reached its end, whichever of its generations brought it there."""
    own = [row.status for row in generations if row.message_id == parent_id]
    return bool(own) and own[-1] == Status.COMPLETED


def has_any(conversation_id: UUID) -> bool:
    """Whether anything is queued in a conversation."""
    return QueuedMessage.objects.filter(conversation=conversation_id).exists()


def overdue(lately: bool = False) -> list[tuple[UUID, UUID, UUID]]:
    """The owners, conversations and turns with messages below them of which `due` may be one.

    `lately`: only below answers that ended some seconds ago, so that the process that ran them goes first, and not
    longer than minutes ago, so that what cannot be sent is not tried for ever.
    """
    latest = Generation.objects.filter(message=OuterRef("parent")).order_by("-created_at", "-id")
    rows = QueuedMessage.objects.filter(conversation__deleted_at=None)
    rows = rows.annotate(status=Subquery(latest.values("status")[:1]), ended_at=Subquery(latest.values("ended_at")[:1]))
    ready = rows.filter(Q(status=Status.COMPLETED) | Q(send_asked_at__isnull=False))
    if lately:
        ready = ready.filter(ended_at__range=(timezone.now() - TRIED_FOR, timezone.now() - FIRST_TRY))
    return list(ready.values_list("owner_id", "conversation_id", "parent__turn_id").distinct())


def due(access: Access, conversation_id: UUID, turn_id: UUID) -> QueuedMessage | None:
    """The message that may go out now that something of this turn has ended, its conversation held; None: nothing."""
    if hold(access, conversation_id) is None:
        return None
    below = access.queued().filter(conversation=conversation_id, parent__turn_id=turn_id).order_by("id")
    rows = list(below.select_related("parent", "conversation").select_for_update(of=("self",)))
    generations = columns(rows[0].parent) if rows else []
    if is_running(generations):
        return None
    ready = [row for row in rows if row.send_asked_at or is_complete(row.parent_id, generations)]
    return min(ready, key=lambda row: (row.send_asked_at or LAST, row.id), default=None)


def hurry(access: Access, queued_id: UUID) -> tuple[QueuedMessage, list[UUID], list[Event]]:
    """Have a message go out however the answer above it ends, or be tried again where it was refused.

    With the generations to stop, and what tells that it is not refused any more. Raises NotFound.
    """
    with transaction.atomic():
        hold(access, access.queued_message(queued_id).conversation_id)
        row = access.queued_message(queued_id)  # again: it may have been sent, or waits for a later answer by now
        QueuedMessage.objects.filter(id=row.id).update(send_asked_at=timezone.now(), **UNREFUSED)
        was_refused, row.refusal_code = bool(row.refusal_code), ""
        events: list[Event] = [MessageQueued(queued_info(row))] if was_refused else []
        return row, [one.id for one in columns(row.parent) if one.status == Status.RUNNING], events


def _available(access: Access, row: QueuedMessage) -> list[Chosen]:
    """Those of its models that can be asked now."""
    found: list[Chosen] = []
    for choice in row.models:
        with suppress(ChatError):
            found.append(catalogue.resolve(access, UUID(choice["connection_id"]), choice["model_id"]))
    return found


def hold(access: Access, conversation_id: UUID) -> Conversation | None:
    """The conversation, locked until the transaction ends; None when it is not there."""
    return access.conversations().select_for_update().filter(id=conversation_id).first()


def hold_around(access: Access, message_id: UUID) -> Message:
    """A message with its conversation, which is locked as by `hold`. Raises NotFound."""
    rows = access.messages().select_related("conversation").select_for_update(of=("conversation",))
    row = rows.filter(id=message_id).first()
    # Again: PostgreSQL reads anew only what it has locked, and who held the conversation may have deleted the message.
    if row is None or not access.messages().filter(id=message_id).exists():
        raise NotFound("message")
    return row
