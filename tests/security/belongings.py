"""What somebody owns, so that a stranger can try to reach it; and all rows, to see that nothing has changed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.utils import timezone

from chat.models import (
    Connection,
    Conversation,
    Draft,
    Feedback,
    Generation,
    GenerationDelta,
    Message,
    MessageRevision,
    Preferences,
    Prompt,
    QueuedMessage,
    SiteSettings,
    User,
)
from tests import making

TABLES: tuple[type[Model], ...] = (
    User, Connection, Conversation, Message, Generation, GenerationDelta, QueuedMessage, SiteSettings, LogEntry,
    Draft, Feedback, MessageRevision, Preferences, Prompt,
)  # fmt: skip

Rows = dict[str, list[dict[str, object]]]


@dataclass(frozen=True)
class Ids:
    """The ids of one person's things; or of nothing at all."""

    user: UUID
    conversation: UUID
    question: UUID
    answer: UUID
    ended: UUID
    running: UUID
    queued: UUID
    prompt: UUID
    deleted_message: UUID
    deleted_conversation: UUID

    def texts(self) -> Iterable[str]:
        return (str(value) for value in asdict(self).values())


def belongings(owner: User, connection: Connection) -> Ids:
    """A conversation of two turns; the second answer is being written, by a process whose lease holds."""
    now = timezone.now()
    texts = (f"question of {owner}", f"answer to {owner}", f"second question of {owner}", "")
    row = making.conversation(owner, *texts, connection=connection, title=f"title of {owner}")
    question, answer, _, writing = sorted(row.messages.all(), key=lambda message: texts.index(message.content))
    lease = {"worker": "elsewhere:1", "lease_until": now + timedelta(minutes=5)}
    running = making.generation(writing, "running", connection=connection, connection_name=connection.name, **lease)
    GenerationDelta.objects.create(generation=running, position=0, kind="content", text=f"so far for {owner}")
    ended = making.generation(answer, connection=connection, connection_name=connection.name)
    queued = making.queued(writing, f"queued by {owner}")
    prompt = Prompt.objects.create(
        owner=owner, name=f"own-{row.id}", content=f"prompt of {owner}", created_at=now, updated_at=now
    )
    Draft.objects.create(owner=owner, conversation=row, content=f"draft of {owner}", updated_at=now)
    gone = making.message(row, question, "assistant", f"deleted answer to {owner}", deleted_at=now)
    trash = making.conversation(owner, f"thrown away by {owner}", title=f"trash of {owner}", deleted_at=now)
    return Ids(
        owner.id, row.id, question.id, answer.id, ended.id, running.id, queued.id, prompt.id, gone.id, trash.id
    )  # fmt: skip


def nothing() -> Ids:
    """Ids that belong to nothing."""
    return Ids(*(uuid4() for _ in fields(Ids)))


def everything() -> Rows:
    """All rows that a request may have changed; when somebody signed in last does not count."""
    rows = {model.__name__: list(model._default_manager.order_by("pk").values()) for model in TABLES}
    for row in rows["User"]:
        del row["last_login"]
    return rows


def without_ids(text: str, *owners: Ids) -> str:
    """The text with every id of these people replaced by the same word."""
    for owner in owners:
        for value in owner.texts():
            text = text.replace(value, "ID")
    return text
