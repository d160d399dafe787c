"""Ends generations whose process is gone: they become `interrupted`, and their text stays."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from chat.generation.worker import is_dead
from chat.models import Generation, GenerationDelta, Message, PartKind, Status


def interrupt_abandoned(now: datetime | None = None) -> list[Generation]:
    """End every running generation whose lease has run out, or whose process on this machine has died.

    Returns the ended rows, with their messages. Each is ended by compare-and-set, so two processes may do this at
    once.
    """
    now = now or timezone.now()
    ended: list[Generation] = []
    for row in list(Generation.objects.filter(status=Status.RUNNING).select_related("message")):
        if row.lease_until is None or row.lease_until < now or is_dead(row.worker):
            ended += _interrupt(row, now)
    return ended


def stored_parts(generation_id: UUID) -> list[tuple[str, str]]:
    """The kinds and texts that the database has of a running generation, in order."""
    rows = GenerationDelta.objects.filter(generation_id=generation_id).order_by("position")
    return list(rows.values_list("kind", "text"))


def _interrupt(row: Generation, now: datetime) -> list[Generation]:
    with transaction.atomic():
        texts: dict[str, list[str]] = defaultdict(list)
        for kind, text in stored_parts(row.id):
            texts[kind].append(text)
        content, reasoning = "".join(texts[PartKind.CONTENT]), "".join(texts[PartKind.REASONING])
        row.status, row.position, row.ended_at = Status.INTERRUPTED, len(content) + len(reasoning), now
        changed = Generation.objects.filter(id=row.id, status=Status.RUNNING).update(
            status=row.status, position=row.position, ended_at=now, lease_until=None
        )
        if not changed:
            return []
        Message.objects.filter(id=row.message_id).update(
            content=Concat(F("content"), Value(content, output_field=TextField())),
            reasoning=Concat(F("reasoning"), Value(reasoning, output_field=TextField())),
        )
        GenerationDelta.objects.filter(generation_id=row.id).delete()
    return [row]
