"""What a process leaves behind that dies while many answers run; `make bench` begins with these rows as well."""

from datetime import timedelta

from django.utils import timezone

from chat.generation.recovery import BATCH
from chat.generation.worker import HOST
from chat.models import Conversation, Generation, GenerationDelta, Message, User

DEAD = f"{HOST}:{2**22 + 1}:00000000"
TEXTS = ("half ", "an answer")


def abandon(owner: User, count: int) -> None:
    """So many running answers of a process that is gone, each with stored deltas."""
    now = timezone.now()
    conversations = [Conversation(owner=owner, title="t", created_at=now, updated_at=now) for _ in range(count)]
    messages = [Message(conversation=row, owner=owner, role="assistant", created_at=now) for row in conversations]
    lease = now + timedelta(seconds=10)
    rows = [Generation(message=row, created_at=now, worker=DEAD, lease_until=lease) for row in messages]
    deltas = [
        GenerationDelta(generation=row, position=position, kind="content", text=text)
        for row in rows
        for position, text in ((0, TEXTS[0]), (len(TEXTS[0]), TEXTS[1]))
    ]
    for model, found in (
        (Conversation, conversations), (Message, messages), (Generation, rows), (GenerationDelta, deltas)
    ):  # fmt: skip
        model.objects.bulk_create(found, batch_size=BATCH)
