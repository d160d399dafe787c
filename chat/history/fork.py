"""Copies a conversation, or a part of it, into a new one that goes its own way.

A batch at a time, each in a transaction of its own: in one, 10,000 messages held the thread that writes for 2.7 s
(measured), and running answers were stored that late. Nobody sees the copy before all of it is there: what a kill has
cut short stays in the trash.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from chat.accounts.access import Access
from chat.database import database
from chat.errors import ChatError, NotFound
from chat.history import tree
from chat.history.infos import conversation_info
from chat.ids import new_id
from chat.models import Conversation, Generation, Message, Status
from chat.shapes import ConversationInfo

BATCH = 100  # messages: what is written, and whose texts are in memory, at once
COPY = re.compile(r" \((\d{1,4})\)$")
TITLE_LENGTH = 200

Links = dict[UUID, UUID | None]
"""The parent of each message, oldest message first."""


class Scope(Enum):
    """What is copied: the message and what led to it; these with all branches that leave them before it; everything."""

    PATH = "path"
    BRANCHES = "branches"
    ALL = "all"


@dataclass(frozen=True)
class Plan:
    """The copy to make, the ids of its messages by those that are copied, oldest first, and of its turns."""

    copy: Conversation
    ids: dict[UUID, UUID]
    turns: dict[UUID, UUID]
    head_id: UUID


async def fork(access: Access, conversation_id: UUID, message_id: UUID, scope: Scope) -> ConversationInfo:
    """A copy that shows the branch to this message. What was thought of answers, drafts and queues is not copied.

    Raises NotFound, and ChatError `generation.running` while an answer in that part is being written.
    """
    plan = await database.read(_plan, access, conversation_id, message_id, scope)
    return await _copy(plan)


def _plan(access: Access, conversation_id: UUID, message_id: UUID, scope: Scope) -> Plan:
    original = access.conversation(conversation_id)
    rows = access.messages().filter(conversation=original).order_by("id")
    links: Links = dict(rows.values_list("id", "parent_id"))
    if message_id not in links:
        raise NotFound("message")
    part = _part(links, message_id, scope)
    _refuse_running(access, original, part)
    ids = dict(zip(part, sorted(new_id() for _ in part), strict=True))
    head_id = _end(access, original, links, message_id) if scope is Scope.ALL else message_id
    return Plan(_copied_conversation(access, original), ids, defaultdict(new_id), ids[head_id])


async def _copy(plan: Plan) -> ConversationInfo:
    await database.write(plan.copy.save, force_insert=True)
    part = list(plan.ids)
    for start in range(0, len(part), BATCH):
        rows = await database.read(_copied_rows, plan, part[start : start + BATCH])
        await database.write(_insert, *rows)
    return await database.write(_show, plan)


def _show(plan: Plan) -> ConversationInfo:
    plan.copy.head_id, plan.copy.deleted_at = plan.head_id, None
    plan.copy.save(update_fields=["head", "deleted_at"])
    return conversation_info(plan.copy)


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
    return Conversation(
        owner=access.actor,
        title=_title(access, original.title),
        title_source=original.title_source,
        connection_id=original.connection_id,
        model_id=original.model_id,
        system_prompt=original.system_prompt,
        parameters=original.parameters,
        created_at=now,
        updated_at=now,
        deleted_at=now,  # until all of it is there
    )


def _title(access: Access, title: str) -> str:
    """The title with the first number that no conversation has yet: “Rivers (2)”."""
    plain = COPY.sub("", title)[: TITLE_LENGTH - len(" (9999)")]
    taken = access.conversations().filter(title__startswith=f"{plain} (").values_list("title", flat=True)
    numbers = {int(match[1]) for other in taken if (match := COPY.search(other)) and COPY.sub("", other) == plain}
    return f"{plain} ({next(number for number in range(2, len(numbers) + 3) if number not in numbers)})"


def _copied_rows(plan: Plan, some: list[UUID]) -> tuple[list[Message], list[Generation]]:
    """Also of what has been deleted since the copy was begun: what was there then is copied whole."""
    rows = Message.objects.in_bulk(some)
    runs = Generation.objects.filter(message__in=some).exclude(status=Status.RUNNING).order_by("created_at")
    generations = {row.message_id: row for row in runs}  # of several the last, which the footer shows
    return (
        [_copied(rows[old], plan) for old in some],
        [_copied_generation(row, plan.ids[old]) for old, row in generations.items()],
    )


def _insert(messages: list[Message], generations: list[Generation]) -> None:
    with transaction.atomic():
        Message.objects.bulk_create(messages)
        Generation.objects.bulk_create(generations)


def _copied(row: Message, plan: Plan) -> Message:
    return Message(
        id=plan.ids[row.id],
        conversation=plan.copy,
        owner_id=plan.copy.owner_id,
        parent_id=plan.ids[row.parent_id] if row.parent_id else None,
        turn_id=plan.turns[row.turn_id],
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
