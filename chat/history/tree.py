"""Reads the tree of a conversation: the visible branch, from its end backwards, a page at a time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, Subquery

from chat.accounts.access import Access
from chat.errors import NotFound
from chat.history.infos import draft_info, message_info, opened_info, queued_info
from chat.models import Conversation, Generation, Message
from chat.shapes import ConversationInfo, DraftInfo, MessageInfo, QueuedInfo

PAGE = 60  # messages
PAGE_CHARACTERS = 1_500_000  # of a page, but for a single message: what one snapshot may hold in memory

BRANCH = """
WITH RECURSIVE branch(id, parent_id, turn_id, depth) AS (
    SELECT id, parent_id, turn_id, 1 FROM chat_message
    WHERE id = %s AND conversation_id = %s AND deleted_at IS NULL
    UNION ALL
    SELECT message.id, message.parent_id, message.turn_id, branch.depth + 1
    FROM chat_message AS message JOIN branch ON message.id = branch.parent_id
    WHERE branch.depth <= %s AND message.deleted_at IS NULL
), shown(id, depth) AS (
    SELECT id, depth FROM branch
    UNION
    SELECT message.id, branch.depth
    FROM branch JOIN chat_message AS message
    ON message.parent_id = branch.parent_id AND message.turn_id = branch.turn_id AND message.deleted_at IS NULL
)
SELECT shown.id, length(message.content) + length(message.reasoning), shown.depth
FROM shown JOIN chat_message AS message ON message.id = shown.id ORDER BY shown.depth DESC, shown.id
"""

Step = list[tuple[UUID, int]]
"""The ids and lengths of what stands side by side: a message, or the columns of a turn, oldest first."""


@dataclass(frozen=True)
class Branch:
    """A page of the visible branch, oldest first; what is queued in the conversation, and what is being written."""

    conversation: ConversationInfo
    messages: list[MessageInfo]
    has_older: bool
    queued: list[QueuedInfo]
    draft: DraftInfo | None


def snapshot(access: Access, conversation_id: UUID, before: UUID | None = None) -> Branch:
    """The newest page of the visible branch, or the page that ends just before the message `before`.

    The columns of a turn stand next to each other. Six queries, whatever the size. Raises NotFound.
    """
    conversation = access.conversations().select_related("draft").filter(id=conversation_id).first()
    if conversation is None:
        raise NotFound("conversation")
    end = conversation.head_id
    if before is not None:
        end = _parent(access, conversation, before)
    branch = _page(conversation.id, end) if end else []
    shown, has_older = _fitting(branch)
    queued = [queued_info(row) for row in access.queued().filter(conversation=conversation).order_by("id")]
    info = opened_info(conversation)
    return Branch(info, infos(access, shown), has_older, queued, draft_info(getattr(conversation, "draft", None)))


def _fitting(branch: list[Step]) -> tuple[list[UUID], bool]:
    """The newest ids that make a page, oldest first, and whether there are more."""
    shown: list[Step] = []
    size = 0
    for step in reversed(branch[-PAGE:]):
        size += sum(length for _, length in step)
        if size > PAGE_CHARACTERS and shown:
            break
        shown.insert(0, step)
    return [message_id for step in shown for message_id, _ in step], len(shown) < len(branch)


def _page(conversation_id: UUID, end: UUID) -> list[Step]:
    """The steps of the branch that ends at `end`, oldest first: at most a page and one more."""
    as_parameter = Message._meta.get_field("id").get_db_prep_value
    parameters = [as_parameter(end, connection), as_parameter(conversation_id, connection), PAGE]
    with connection.cursor() as cursor:
        cursor.execute(BRANCH, parameters)
        rows = cursor.fetchall()
    steps = groupby(rows, key=lambda row: row[2])
    return [[(UUID(str(message_id)), length) for message_id, length, _ in step] for _, step in steps]


def infos(access: Access, ids: list[UUID]) -> list[MessageInfo]:
    """These messages as the wire shows them, in the order of the ids."""
    # An answer and its generation in one statement: read one after the other, an end in between gives an answer that
    # is completed and has no text.
    # The latest alone: an answer of a megabyte that was continued ten times would be read ten times.
    newest = Generation.objects.filter(message=OuterRef("message")).order_by("-created_at", "-id").values("id")[:1]
    latest = access.generations().filter(message__in=ids, id=Subquery(newest)).select_related("message__feedback")
    generations = {row.message_id: row for row in latest}
    others = [message_id for message_id in ids if message_id not in generations]
    rows = access.messages().select_related("feedback").in_bulk(others)
    rows |= {message_id: row.message for message_id, row in generations.items()}
    related = siblings(access, rows.values())
    return [
        message_info(row, related[row.id], generations.get(row.id), getattr(row, "feedback", None))
        for row in (rows[message_id] for message_id in ids if message_id in rows)
    ]


def leaf(access: Access, message: Message) -> UUID:
    """The end of the branch to show when somebody turns to this message: always the newest turn, down to a leaf.

    Of its columns the one that was gone on from last, else the first.
    """
    turns: dict[UUID, dict[UUID, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    newest: dict[UUID, UUID] = {}
    rows = access.messages().filter(conversation=message.conversation_id).order_by("id")
    for parent_id, turn_id, message_id in rows.values_list("parent_id", "turn_id", "id"):
        turns[parent_id][turn_id].append(message_id)
        newest[parent_id] = turn_id
    end = message.id
    while end in newest:
        columns = turns[end][newest[end]]
        followed = [column for column in columns if column in turns]
        end = max(followed, key=lambda column: max(turns[column][newest[column]])) if followed else columns[0]
    return end


def _parent(access: Access, conversation: Conversation, message_id: UUID) -> UUID | None:
    row = access.messages().filter(pk=message_id, conversation=conversation).only("parent_id").first()
    if row is None:
        raise NotFound("message")
    return row.parent_id


def siblings(access: Access, rows: Collection[Message]) -> dict[UUID, list[UUID]]:
    """For each of these messages an id of every turn at its place, oldest first: of its own turn its own. One query.

    Messages have the same place when they have the same parent and role.
    """
    parents = {row.parent_id for row in rows if row.parent_id}
    roots = {row.conversation_id for row in rows if row.parent_id is None}
    columns = ("parent_id", "conversation_id", "role", "turn_id", "id")
    related = access.messages().filter(Q(parent__in=parents) | Q(parent=None, conversation__in=roots))
    firsts: dict[tuple[UUID | None, UUID, str], dict[UUID, UUID]] = defaultdict(dict)
    for parent_id, conversation_id, role, turn_id, message_id in related.order_by("id").values_list(*columns):
        firsts[parent_id, conversation_id, role].setdefault(turn_id, message_id)
    return {
        row.id: list({**firsts[row.parent_id, row.conversation_id, row.role], row.turn_id: row.id}.values())
        for row in rows
    }
