"""What a model is shown: the branch from its end backwards under a token budget, the system prompt always kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection

from chat.errors import ChatError
from chat.generation.catalogue import context_size
from chat.generation.offers import Configured, configured
from chat.generation.tokens import characters_per_token
from chat.models import Connection, Conversation, Message
from chat.providers.base import Messages

ANSWER_SHARE = 4  # a quarter of the context is kept for the answer, unless max_tokens asks for another amount
MESSAGE_OVERHEAD = 8  # tokens that a chat template spends around one message

GO_ON = "Go on with your last answer exactly where it broke off. Do not repeat anything and do not comment on it."

WALK = """
WITH RECURSIVE branch(id, parent_id, role, content, total, depth) AS (
    SELECT id, parent_id, role, content, length(content), 1 FROM chat_message WHERE id = %s
    UNION ALL
    SELECT message.id, message.parent_id, message.role, message.content,
           branch.total + length(message.content), branch.depth + 1
    FROM chat_message AS message JOIN branch ON message.id = branch.parent_id
    WHERE branch.total < %s AND message.deleted_at IS NULL
)
SELECT role, content, parent_id FROM branch ORDER BY depth
"""

COUNT = """
WITH RECURSIVE branch(id, parent_id) AS (
    SELECT id, parent_id FROM chat_message WHERE id = %s
    UNION ALL
    SELECT message.id, message.parent_id FROM chat_message AS message JOIN branch ON message.id = branch.parent_id
    WHERE message.deleted_at IS NULL
)
SELECT count(*) FROM branch
"""

UNLIMITED = 4_000_000  # characters: more than any model reads, and a bound on what a walk may hold in memory


Row = tuple[str, str, UUID | None]  # role, content, parent


@dataclass(frozen=True)
class Prompt:
    """What the provider is called with. `characters` is the size of all messages together."""

    provider: type[Any]
    messages: Messages
    options: dict[str, Any]
    characters: int
    omitted_messages: int


def prompt_for(conversation: Conversation, answer: Message, row: Connection, model_id: str) -> Prompt:
    """The prompt of the generation that is to write `answer`. Raises ProviderError for an unusable connection."""
    asked = configured(row)
    question = answer.parent
    if question is not None and question.parent_id is None and not answer.content:
        messages, omitted = [{"role": question.role, "content": question.content}], 0
    else:
        end = answer.id if answer.content else answer.parent_id
        messages, omitted = _history(conversation, row, model_id, end)
    if answer.content and not asked.provider.continues_prefix:
        messages.append({"role": "user", "content": GO_ON})
    return _prompt(conversation, asked, messages, omitted)


def prompt_from(conversation: Conversation, said: Sequence[tuple[str, str]], row: Connection, model_id: str) -> Prompt:
    """The prompt out of what was said (role and content, oldest first). Raises ProviderError as `prompt_for` does."""
    asked = configured(row)
    rows: list[Row] = [(role, content, None) for role, content in reversed(said)]
    kept = _fitting(rows, *_room(conversation, row, model_id))
    return _prompt(conversation, asked, _spoken(kept), len(rows) - len(kept))


def check_fits(
    content: str,
    conversation: Conversation,
    row: Connection,
    model_id: str,
    parameters: dict[str, Any] | None = None,
) -> None:
    """Refuse a question that cannot fit into the model's context even alone. Raises ChatError, with the numbers.

    `parameters` are those that it will be asked with; None: the conversation's.
    """
    budget = _budget(conversation, row, model_id, parameters)
    if budget is not None and len(content) > budget:
        raise ChatError(
            "message.too_long_for_model",
            f"The message has {len(content):,} characters; {model_id} has room for about "
            f"{max(budget, 0):,}. Shorten it, or pick a model with a larger context.",
        )


def _history(conversation: Conversation, row: Connection, model_id: str, end: UUID | None) -> tuple[Messages, int]:
    """The newest messages that fit, oldest first, and how many older ones do not."""
    if end is None:
        return [], 0
    budget, overhead = _room(conversation, row, model_id)
    key = Message._meta.get_field("id").get_db_prep_value(end, connection)
    with connection.cursor() as cursor:
        cursor.execute(WALK, [key, budget])
        rows = cursor.fetchall()
        kept = _fitting(rows, budget, overhead)
        omitted = 0
        if len(kept) < len(rows) or (rows and rows[-1][2] is not None):
            cursor.execute(COUNT, [key])
            omitted = cursor.fetchone()[0] - len(kept)
    return _spoken(kept), omitted


def _prompt(conversation: Conversation, asked: Configured, messages: Messages, omitted: int) -> Prompt:
    if conversation.system_prompt:
        messages.insert(0, {"role": "system", "content": conversation.system_prompt})
    characters = sum(len(message["content"]) for message in messages)
    return Prompt(asked.provider, messages, {**asked.options, **conversation.parameters}, characters, omitted)


def _spoken(rows: list[Row]) -> Messages:
    """Rows (newest first) as a provider takes them; an answer that failed at once says nothing.

    What then follows the same role is one message with it: some chat templates refuse roles that do not alternate.
    """
    said = [(role, content) for role, content, _ in reversed(rows) if content]
    runs = groupby(said, key=lambda one: one[0])
    return [{"role": role, "content": "\n\n".join(content for _, content in run)} for role, run in runs]


def _fitting(rows: list[Row], budget: int, overhead: int) -> list[Row]:
    """The newest rows (newest first) that fit, cut so that the oldest kept one is a question; at least the newest."""
    kept, used = 0, 0
    for index, (role, content, _) in enumerate(rows):
        used += len(content) + overhead
        if used > budget and index > 0:
            break
        if role == Message.Role.USER:
            kept = index + 1
    return rows[: max(kept, 1)]


def _room(conversation: Conversation, row: Connection, model_id: str) -> tuple[int, int]:
    """Characters for the history, and those that each message takes besides its own."""
    budget = _budget(conversation, row, model_id)
    if budget is None:
        return UNLIMITED, 0
    return budget, round(MESSAGE_OVERHEAD * characters_per_token(conversation.id, row.id, model_id))


def _budget(
    conversation: Conversation, row: Connection, model_id: str, parameters: dict[str, Any] | None = None
) -> int | None:
    """Characters of conversation that the model can read; None where its context is not known."""
    size = context_size(row, model_id)
    if size is None:
        return None
    asked_with = conversation.parameters if parameters is None else parameters
    wanted = asked_with.get("max_tokens") or size // ANSWER_SHARE
    tokens = size - min(wanted, size // 2)
    characters = int(tokens * characters_per_token(conversation.id, row.id, model_id))
    return characters - len(conversation.system_prompt)
