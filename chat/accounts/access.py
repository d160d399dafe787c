"""The gate: every object that pages, API, sockets and admin handle comes from here.

What belongs to somebody else and what does not exist are the same `NotFound`.
"""

from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from chat.errors import NotFound
from chat.models import Connection, Conversation, Generation, Message, Prompt, QueuedMessage, User

M = TypeVar("M", bound=Model)


class Unindexed(Func):
    """A column that is only compared, never looked up in its index.

    SQLite takes an owner for ten rows, and would find a few messages of known ids by way of all that their owner ever
    wrote: with 24,000 of them opening a conversation of twelve took 20 times as long (measured).
    """

    template = "%(expressions)s"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: object) -> tuple[str, list]:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


class Access:
    """What one person may see and change."""

    def __init__(self, actor: User) -> None:
        self.actor = actor

    def conversations(self) -> QuerySet[Conversation]:
        return Conversation.objects.filter(owner=self.actor, deleted_at=None)

    def messages(self) -> QuerySet[Message]:
        return self._all_messages().filter(deleted_at=None)

    def generations(self) -> QuerySet[Generation]:
        rows = Generation.objects.alias(owned_by=Unindexed("message__conversation__owner"))
        return rows.filter(owned_by=self.actor.pk, message__deleted_at=None, message__conversation__deleted_at=None)

    def prompts(self) -> QuerySet[Prompt]:
        return Prompt.objects.filter(owner=self.actor)

    def queued(self) -> QuerySet[QueuedMessage]:
        return QueuedMessage.objects.filter(
            owner=self.actor, conversation__owner=self.actor, conversation__deleted_at=None
        )

    def connections(self) -> QuerySet[Connection]:
        """Those that may be asked. Their keys never leave the server."""
        return Connection.objects.filter(enabled=True)

    def conversation(self, conversation_id: UUID) -> Conversation:
        return _one(self.conversations(), conversation_id, "conversation")

    def message(self, message_id: UUID) -> Message:
        return _one(self.messages().select_related("conversation"), message_id, "message")

    def deleted_conversation(self, conversation_id: UUID) -> Conversation:
        """One that is in the trash, to be put back."""
        trash = Conversation.objects.filter(owner=self.actor, deleted_at__isnull=False)
        return _one(trash, conversation_id, "conversation")

    def any_message(self, message_id: UUID) -> Message:
        """Also one that was deleted, in a conversation that is there: to be put back."""
        return _one(self._all_messages(), message_id, "message")

    def prompt(self, prompt_id: UUID) -> Prompt:
        return _one(self.prompts(), prompt_id, "prompt")

    def generation(self, generation_id: UUID) -> Generation:
        return _one(self.generations().select_related("message"), generation_id, "generation")

    def queued_message(self, queued_id: UUID) -> QueuedMessage:
        return _one(self.queued().select_related("conversation", "parent"), queued_id, "queued message")

    def connection(self, connection_id: UUID) -> Connection:
        return _one(self.connections(), connection_id, "connection")

    def _all_messages(self) -> QuerySet[Message]:
        rows = Message.objects.alias(owned_by=Unindexed("conversation__owner"))
        return rows.filter(owned_by=self.actor.pk, conversation__deleted_at=None)

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
