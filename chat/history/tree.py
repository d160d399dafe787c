"""Reads the tree of a conversation: the visible branch, from its end backwards, a page at a time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from chat.accounts.access import Access
from chat.errors import NotFound
from chat.events import ConversationInfo, MessageInfo
from chat.history.infos import conversation_info, message_info
from chat.models import Conversation, Message

PAGE = 60  # messages
PAGE_CHARACTERS = 1_500_000  # of a page, but for a single message: what one snapshot may hold in memory

BRANCH = """
WITH RECURSIVE branch(id, parent_id, depth) AS (
    SELECT id, parent_id, 1 FROM chat_message WHERE id = %s AND conversation_id = %s
    UNION ALL
    SELECT message.id, message.parent_id, branch.depth + 1
    FROM chat_message AS message JOIN branch ON message.id = branch.parent_id
    WHERE branch.depth <= %s
)
SELECT branch.id, length(message.content) + length(message.reasoning)
FROM branch JOIN chat_message AS message ON message.id = branch.id ORDER BY branch.depth DESC
"""


@dataclass(frozen=True)
class Branch:
    """A page of the visible branch, oldest first."""

    conversation: ConversationInfo
    messages: list[MessageInfo]
    has_older: bool


def snapshot(access: Access, conversation_id: UUID, before: UUID | None = None) -> Branch:
    """The newest page of the visible branch, or the page that ends just before the message `before`.

    Five queries, whatever the size. Raises NotFound.
    """
    conversation = access.conversation(conversation_id)
    end = conversation.head_id
    if before is not None:
        end = _parent(access, conversation, before)
    branch = _page(conversation.id, end) if end else []
    shown, has_older = _fitting(branch)
    return Branch(conversation_info(conversation), infos(access, shown), has_older)


def _fitting(branch: list[tuple[UUID, int]]) -> tuple[list[UUID], bool]:
    """The newest ids that make a page, oldest first, and whether there are more."""
    shown: list[UUID] = []
    size = 0
    for message_id, length in reversed(branch[-PAGE:]):
        size += length
        if size > PAGE_CHARACTERS and shown:
            break
        shown.insert(0, message_id)
    return shown, len(shown) < len(branch)


def _page(conversation_id: UUID, end: UUID) -> list[tuple[UUID, int]]:
    """Ids and lengths of the branch that ends at `end`, oldest first: at most a page and one more."""
    as_parameter = Message._meta.get_field("id").get_db_prep_value
    parameters = [as_parameter(end, connection), as_parameter(conversation_id, connection), PAGE]
    with connection.cursor() as cursor:
        cursor.execute(BRANCH, parameters)
        return [(UUID(str(message_id)), length) for message_id, length in cursor.fetchall()]


def infos(access: Access, ids: list[UUID]) -> list[MessageInfo]:
    """These messages as the wire shows them, in the order of the ids."""
    # An answer and its generation in one statement: read one after the other, an end in between gives an answer that
    # is completed and has no text.
    latest = access.generations().filter(message__in=ids).select_related("message").order_by("created_at")
    generations = {row.message_id: row for row in latest}
    rows = access.messages().in_bulk([message_id for message_id in ids if message_id not in generations])
    rows |= {message_id: row.message for message_id, row in generations.items()}
    related = siblings(access, rows.values())
    return [
        message_info(row, related[row.id], generations.get(row.id))
        for row in (rows[message_id] for message_id in ids if message_id in rows)
    ]


def leaf(access: Access, message: Message) -> UUID:
    """The end of the branch to show when somebody turns to this message: always the newest child, down to a leaf."""
    newest: dict[UUID, UUID] = {}
    rows = access.messages().filter(conversation=message.conversation_id).order_by("id").values_list("parent_id", "id")
    for parent_id, message_id in rows:
        newest[parent_id] = message_id
    end = message.id
    while end in newest:
        end = newest[end]
    return end


def _parent(access: Access, conversation: Conversation, message_id: UUID) -> UUID | None:
    row = access.messages().filter(pk=message_id, conversation=conversation).only("parent_id").first()
    if row is None:
        raise NotFound("message")
    return row.parent_id


def siblings(access: Access, rows: Collection[Message]) -> dict[UUID, list[UUID]]:
    """For each of these messages the ids of all with its parent and role, itself included, oldest first. One query."""
    parents = {row.parent_id for row in rows if row.parent_id}
    roots = {row.conversation_id for row in rows if row.parent_id is None}
    columns = ("parent_id", "conversation_id", "role", "id")
    related = access.messages().filter(Q(parent__in=parents) | Q(parent=None, conversation__in=roots))
    found: dict[tuple[UUID | None, UUID, str], list[UUID]] = defaultdict(list)
    for parent_id, conversation_id, role, message_id in related.order_by("id").values_list(*columns):
        found[parent_id, conversation_id, role].append(message_id)
    return {row.id: found[row.parent_id, row.conversation_id, row.role] for row in rows}
