"""Stops that reach a generation through the database, because another process runs it."""

from uuid import UUID

from django.utils import timezone

from chat.accounts.access import Access
from chat.events import GenerationEnded
from chat.generation.endings import ended_event
from chat.models import Generation, Status


def ask(access: Access, generation_id: UUID) -> GenerationEnded | None:
    """The end of a generation if it has one. Else None: its process has been asked.

    The writer of that process finds the request at its next write, within 200 ms.
    """
    if access.generation(generation_id).status == Status.RUNNING:
        Generation.objects.filter(id=generation_id, status=Status.RUNNING).update(stop_asked_at=timezone.now())
    generation = access.generation(generation_id)
    if generation.status == Status.RUNNING:
        return None
    return ended_event(generation, generation.message.conversation_id)
