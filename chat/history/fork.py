"""Copies a conversation, or a part of it, into a new one that goes its own way."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chat.accounts.access import Access
from chat.errors import ChatError, NotFound
from chat.history import tree
from chat.history.infos import conversation_info
from chat.ids import new_id
from chat.models import Conversation, Generation, Message, Status
from chat.shapes import ConversationInfo

BATCH = 200  # messages whose texts are in memory at once
COPY = re.compile(r" \((\d{1,4})\)$")
TITLE_LENGTH = 200

Links = dict[UUID, UUID | None]
"""The parent of each message, oldest message first."""


class Scope(Enum):
    """What is copied: the message and what led to it; these with all branches that leave them before it; everything."""

    PATH = "path"
    BRANCHES = "branches"
    ALL = "all"


def fork(access: Access, conversation_id: UUID, message_id: UUID, scope: Scope) -> ConversationInfo:
    """A copy that shows the branch to this message. What was thought of answers, drafts and queues is not copied.

    Raises NotFound, and ChatError `generation.running` while an answer in that part is being written.
    """
    with transaction.atomic():
        original = access.conversation(conversation_id)
        rows = access.messages().filter(conversation=original).order_by("id")
        links: Links = dict(rows.values_list("id", "parent_id"))
        if message_id not in links:
            raise NotFound("message")
        part = _part(links, message_id, scope)
        _refuse_running(access, original, part)
        copy = _copied_conversation(access, original)
        ids = dict(zip(part, sorted(new_id() for _ in part), strict=True))
        _copy_messages(access, copy, part, ids)
        copy.head_id = ids[_end(access, original, links, message_id) if scope is Scope.ALL else message_id]
        copy.save(update_fields=["head"])
    return conversation_info(copy)


def _part(links: Links, message_id: UUID, scope: Scope) -> list[UUID]:
    """The messages to copy, each after its parent."""
    if scope is Scope.ALL:
        return list(links)
    path = set(_ancestors(links, message_id))
    if scope is Scope.PATH:
        return [known for known in links if known in path]
    children: dict[UUID | None, list[UUID]] = defaultdict(list)
    for known, parent in links.items():
        children[parent].append(known)
    part, beside = set(path), [child for above in {links[known] for known in path} for child in children[above]]
    while beside:
        known = beside.pop()
        if known not in path:
            part.add(known)
            beside += children[known]
    return [known for known in links if known in part]


def _ancestors(links: Links, message_id: UUID) -> Iterator[UUID]:
    """The message and what led to it, newest first."""
    known: UUID | None = message_id
    while known is not None:
        yield known
        known = links[known]


def _end(access: Access, original: Conversation, links: Links, message_id: UUID) -> UUID:
    """The end of the branch through this message: the one that is shown now, where it is on it."""
    head = original.head_id
    if head is not None and message_id in _ancestors(links, head):
        return head
    return tree.leaf(access, access.message(message_id))


def _refuse_running(access: Access, original: Conversation, part: Collection[UUID]) -> None:
    running = access.generations().filter(message__conversation=original, status=Status.RUNNING)
    if set(running.values_list("message_id", flat=True)) & set(part):
        raise ChatError(
            "generation.running", "An answer in this part is still being written. Wait for it, or stop it, then copy."
        )


def _copied_conversation(access: Access, original: Conversation) -> Conversation:
    now = timezone.now()
    return Conversation.objects.create(
        owner=access.actor,
        title=_title(access, original.title),
        title_source=original.title_source,
        connection_id=original.connection_id,
        model_id=original.model_id,
        system_prompt=original.system_prompt,
        parameters=original.parameters,
        created_at=now,
        updated_at=now,
    )


def _title(access: Access, title: str) -> str:
    """The title with the first number that no conversation has yet: “Rivers (2)”."""
    plain = COPY.sub("", title)[: TITLE_LENGTH - len(" (9999)")]
    taken = access.conversations().filter(title__startswith=f"{plain} (").values_list("title", flat=True)
    numbers = {int(match[1]) for other in taken if (match := COPY.search(other)) and COPY.sub("", other) == plain}
    return f"{plain} ({next(number for number in range(2, len(numbers) + 3) if number not in numbers)})"


def _copy_messages(access: Access, copy: Conversation, part: list[UUID], ids: dict[UUID, UUID]) -> None:
    turns: dict[UUID, UUID] = defaultdict(new_id)
    for start in range(0, len(part), BATCH):
        some = part[start : start + BATCH]
        rows = access.messages().in_bulk(some)
        runs = Generation.objects.filter(message__in=some).order_by("created_at")
        generations = {row.message_id: row for row in runs}  # of several the last, which the footer shows
        Message.objects.bulk_create(_copied(rows[old], copy, ids, turns) for old in some)
        Generation.objects.bulk_create(_copied_generation(row, ids[old]) for old, row in generations.items())


def _copied(row: Message, copy: Conversation, ids: dict[UUID, UUID], turns: dict[UUID, UUID]) -> Message:
    return Message(
        id=ids[row.id],
        conversation=copy,
        owner_id=copy.owner_id,
        parent_id=ids[row.parent_id] if row.parent_id else None,
        turn_id=turns[row.turn_id],
        role=row.role,
        content=row.content,
        reasoning=row.reasoning,
        model_id=row.model_id,
        created_at=row.created_at,
    )


def _copied_generation(row: Generation, message_id: UUID) -> Generation:
    """Its figures and its end; not who ran it, nor which command began it."""
    figures = {
        field.attname: getattr(row, field.attname)
        for field in Generation._meta.concrete_fields
        if field.attname not in {"id", "message_id", "client_id", "worker", "lease_until", "stop_asked_at"}
    }
    return Generation(message_id=message_id, **figures)
