"""The end of a generation: its one terminal status, its text in the message, and the events that tell of it."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from chat.events import ConversationUpdated, Event, GenerationEnded
from chat.generation.run import Outcome, Run
from chat.history.infos import conversation_info, generation_info
from chat.models import Conversation, Generation, GenerationDelta, Message, PartKind, Status
from chat.shapes import Failure, Usage

BROKEN = Outcome(Status.FAILED, "error", Failure("generation.failed", "Something went wrong on this server."))
NOT_STORED = Outcome(
    Status.FAILED,
    "error",
    Failure("generation.not_stored", "This server could not save the answer. What you see may be gone after a reload."),
)


def store(run: Run, outcome: Outcome) -> list[Event]:
    """One transaction: compare-and-set the status, compact the text. Idempotent: a second call changes nothing."""
    with transaction.atomic():
        ended = Generation.objects.filter(id=run.job.generation_id, status=Status.RUNNING).update(
            **_columns(run, outcome)
        )
        if ended:
            _compact(run)
        generation = Generation.objects.filter(id=run.job.generation_id).first()
        if generation is None:
            return []  # deleted with its owner: there is nobody to tell
        conversation = Conversation.objects.get(id=run.job.conversation_id)
        if ended:
            _lead(conversation, run, outcome)
    ended_events: list[Event] = [ended_event(generation, conversation.id)]
    if conversation.deleted_at is None:  # else every list would show it again
        ended_events.append(ConversationUpdated(conversation_info(conversation)))
    return ended_events


def ended_event(generation: Generation, conversation_id: UUID) -> GenerationEnded:
    """The end of a stored generation as its readers are told."""
    info = generation_info(generation)
    return GenerationEnded(
        generation_id=generation.id,
        message_id=generation.message_id,
        conversation_id=conversation_id,
        status=info.status,
        position=generation.position,
        finish_reason=info.finish_reason,
        usage=info.usage,
        timings=info.timings,
        connection=info.connection,
        omitted_messages=info.omitted_messages,
        error=info.error,
    )


def unstored(run: Run, outcome: Outcome) -> GenerationEnded:
    """The end of a run that no row tells of."""
    return GenerationEnded(
        generation_id=run.job.generation_id,
        message_id=run.job.message_id,
        conversation_id=run.job.conversation_id,
        status=outcome.status.value,
        position=run.journal.position,
        finish_reason=outcome.finish_reason,
        usage=Usage(run.input_tokens, run.output_tokens),
        timings=run.timings(),
        connection=run.job.connection,
        omitted_messages=run.omitted_messages,
        error=outcome.failure,
    )


def _columns(run: Run, outcome: Outcome) -> dict[str, object]:
    failure, timings = outcome.failure, run.timings()
    return {
        "status": outcome.status,
        "position": run.journal.position,
        "finish_reason": outcome.finish_reason[:40],
        "error_code": failure.code if failure else "",
        "error_message": failure.message if failure else "",
        "retry_after": failure.retry_after if failure else None,
        "input_tokens": run.input_tokens,
        "output_tokens": run.output_tokens,
        "input_characters": run.input_characters,
        "omitted_messages": run.omitted_messages,
        "first_delta_ms": timings.first_delta_ms,
        "duration_ms": timings.duration_ms,
        "stop_ms": timings.stop_ms,
        "reasoning_ms": timings.reasoning_ms,
        "ended_at": timezone.now(),
        "lease_until": None,
    }


def _compact(run: Run) -> None:
    Message.objects.filter(id=run.job.message_id).update(
        content=Concat(F("content"), _text(run, PartKind.CONTENT)),
        reasoning=Concat(F("reasoning"), _text(run, PartKind.REASONING)),
    )
    GenerationDelta.objects.filter(generation_id=run.job.generation_id).delete()
    Conversation.objects.filter(id=run.job.conversation_id).update(updated_at=timezone.now())


def _lead(conversation: Conversation, run: Run, outcome: Outcome) -> None:
    """A column that failed without a word gives way to one beside it that is complete, whichever ends first."""
    job, head_id = run.job, conversation.head_id
    if head_id is None:  # all of it has been deleted
        return
    columns = Message.objects.filter(turn_id=job.turn_id, deleted_at=None, role=Message.Role.ASSISTANT).order_by("id")
    if outcome.status == Status.FAILED and head_id == job.message_id:
        complete = columns.filter(generations__status=Status.COMPLETED).first()
    elif outcome.status == Status.COMPLETED and head_id != job.message_id:
        complete = columns.filter(id=job.message_id).first()
    else:
        return
    empty = columns.filter(id=head_id, content="", reasoning="", generations__status=Status.FAILED)
    if complete is not None and empty.exists():
        conversation.head_id = complete.id
        conversation.save(update_fields=["head"])


def _text(run: Run, kind: PartKind) -> Value:
    return Value(run.journal.text(kind.value), output_field=TextField())
