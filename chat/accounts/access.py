"""The gate: every object that pages, API, sockets and admin handle comes from here.

What belongs to somebody else and what does not exist are the same `NotFound`.
"""

from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet

from chat.errors import NotFound
from chat.models import Connection, Conversation, Generation, Message, User

M = TypeVar("M", bound=Model)


class Access:
    """What one person may see and change."""

    def __init__(self, actor: User) -> None:
        self.actor = actor

    def conversations(self) -> QuerySet[Conversation]:
        return Conversation.objects.filter(owner=self.actor, deleted_at=None)

    def messages(self) -> QuerySet[Message]:
        return Message.objects.filter(owner=self.actor, conversation__owner=self.actor, conversation__deleted_at=None)

    def generations(self) -> QuerySet[Generation]:
        return Generation.objects.filter(
            message__owner=self.actor, message__conversation__owner=self.actor, message__conversation__deleted_at=None
        )

    def connections(self) -> QuerySet[Connection]:
        """Those that may be asked. Their keys never leave the server."""
        return Connection.objects.filter(enabled=True)

    def conversation(self, conversation_id: UUID) -> Conversation:
        return _one(self.conversations(), conversation_id, "conversation")

    def message(self, message_id: UUID) -> Message:
        return _one(self.messages().select_related("conversation"), message_id, "message")

    def generation(self, generation_id: UUID) -> Generation:
        return _one(self.generations().select_related("message"), generation_id, "generation")

    def connection(self, connection_id: UUID) -> Connection:
        return _one(self.connections(), connection_id, "connection")

    def administered(self, model: type[M]) -> QuerySet[M]:
        """All rows of a model, for administrators only."""
        if not self.actor.is_staff:
            raise PermissionDenied
        return model._default_manager.all()


def for_user(actor: User | AnonymousUser | None) -> Access:
    """The access of a person who is signed in and active; nobody else has any."""
    if actor is None or not actor.is_authenticated or not actor.is_active:
        raise PermissionDenied
    return Access(actor)


def _one(rows: QuerySet[M], row_id: UUID, noun: str) -> M:
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise NotFound(noun)
    return row
