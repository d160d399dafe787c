"""Which models a turn asks: those that somebody picked, else the conversation's own, else the first available."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chat.accounts.access import Access
from chat.errors import ChatError
from chat.generation import catalogue
from chat.models import Connection, Conversation

Chosen = tuple[Connection, str]
"""A connection and the model of it to ask."""


@dataclass(frozen=True)
class Pick:
    """What somebody said about a model: all of it, only its name, or nothing."""

    connection_id: UUID | None = None
    model_id: str | None = None


def chosen(access: Access, conversation: Conversation | None, picks: Sequence[Pick]) -> list[Chosen]:
    """The models to ask, one for each column: at least one. Raises ChatError as catalogue.resolve does."""
    return [_choice(access, conversation, pick) for pick in picks or [Pick()]]


def _choice(access: Access, conversation: Conversation | None, pick: Pick) -> Chosen:
    if conversation is None or pick.connection_id is not None:
        return catalogue.resolve(access, pick.connection_id, pick.model_id)
    if conversation.connection_id is None:
        raise ChatError("model.gone", "The model of this conversation is not available any more. Pick another one.")
    return catalogue.resolve(access, conversation.connection_id, pick.model_id or conversation.model_id)
