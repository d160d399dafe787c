"""Begins turns: each function is one short transaction that inserts the rows of a question and its answers.

All are idempotent on the `client_id` that the browser gave: a repeated call finds the rows of the first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import IntegrityError, transaction

from chat.accounts.access import Access
from chat.errors import ChatError, NotFound
from chat.events import ConversationUpdated, Event, GenerationEnded, MessageQueued
from chat.generation import catalogue, context, queue_rows
from chat.generation.asking import Turn, answer, check_text
from chat.generation.choices import Chosen, Pick, chosen
from chat.generation.recovery import ends_of, interrupt_abandoned
from chat.generation.turn_rows import (
    created_events,
    job_for,
    new_conversation,
    new_generations,
    new_message,
    started_event,
    state_events,
    touch,
)
from chat.history.infos import conversation_info, queued_info
from chat.models import Conversation, Generation, Message, QueuedMessage, Status

Role = Message.Role


@dataclass(frozen=True)
class Question:
    """What somebody asks. `parent_id` None is the root; `parent_given` tells that from not said.

    `picks` are the models to ask, one for each column; none: as the conversation has it.
    """

    client_id: UUID
    content: str
    conversation_id: UUID | None = None
    parent_id: UUID | None = None
    parent_given: bool = False
    picks: Sequence[Pick] = ()
    parameters: dict[str, object] | None = None  # None: as the conversation has them
    system_prompt: str = ""  # of a new conversation


def send(access: Access, question: Question) -> Turn:
    """Ask something, in a new conversation or below a message; below a running answer it is queued.

    Raises ChatError, NotFound.
    """
    check_text(question.content)
    conversation_id = question.conversation_id

    def begin() -> Turn:
        return _begin(access, question) if conversation_id is None else _go_on(access, question, conversation_id)

    return _once(access, question.client_id, begin)


def edit(access: Access, message_id: UUID, client_id: UUID, content: str, picks: Sequence[Pick] = ()) -> Turn:
    """Ask something else instead of an earlier question: a sibling of it, which is kept. Raises ChatError, NotFound."""
    check_text(content)

    def begin() -> Turn:
        old = queue_rows.hold_around(access, message_id)
        if old.role != Role.USER:
            raise ChatError("message.not_yours", "Only your own messages can be asked again in other words.")
        asking = chosen(access, old.conversation, picks)
        waiting = QueuedMessage.objects.filter(conversation=old.conversation, parent__parent=old).order_by("id")
        asked = new_message(old.conversation, Role.USER, parent_id=old.parent_id, content=content, client_id=client_id)
        return answer(access, asked, asking, waiting=list(waiting))

    return _once(access, client_id, begin)


def retry(access: Access, message_id: UUID, client_id: UUID, pick: Pick | None = None) -> Turn:
    """Ask the same again: a sibling of an answer, in a turn of its own. Raises ChatError, NotFound.

    A question whose answers have been deleted is asked again by its own id.
    """

    def begin() -> Turn:
        old = queue_rows.hold_around(access, message_id)
        asked_id = old.id if old.role == Role.USER else old.parent_id
        if asked_id is None or old.role == Role.SYSTEM:
            raise ChatError("message.not_an_answer", "Only an answer can be tried again.")
        asking = chosen(access, old.conversation, [pick] if pick else [])
        waiting = QueuedMessage.objects.filter(conversation=old.conversation, parent=old).order_by("id")
        asked = old if asked_id == old.id else access.message(asked_id)
        return answer(access, asked, asking, retried_by=client_id, waiting=list(waiting))

    return _once(access, client_id, begin)


def continue_(access: Access, message_id: UUID, client_id: UUID) -> Turn:
    """Go on with the last answer, whatever it ended with; the text is appended. Raises ChatError, NotFound."""
    with transaction.atomic():
        held = queue_rows.hold_around(access, message_id)
        message = Message.objects.select_for_update().get(id=held.id)  # after whoever is just ending its last part
        message.conversation = held.conversation
        repeated = message.generations.filter(client_id=client_id).first()
        if repeated is not None:
            return Turn(message.conversation_id, state_events(repeated, message), repeats=True)
        if message.role != Role.ASSISTANT:
            raise ChatError("message.not_an_answer", "Only an answer can be continued.")
        last = message.generations.order_by("-created_at").first()
        if last is None or last.status == Status.RUNNING:
            raise ChatError("generation.running", "This answer is still being written.")
        if message.children.filter(deleted_at=None).exists():
            raise ChatError("message.not_last", "Only the last answer can be continued.")
        if last.connection_id is None:
            raise ChatError("model.gone", "The model of this answer is not available any more. Try again with another.")
        model = catalogue.resolve(access, last.connection_id, last.model_id)
        (generation,) = new_generations([message], [model], client_id)
        touch(message.conversation)
        return Turn(
            message.conversation_id,
            [started_event(generation, message), ConversationUpdated(conversation_info(message.conversation))],
            [job_for(generation, message, model[0])],
        )


def _once(access: Access, client_id: UUID, begin: Callable[[], Turn]) -> Turn:
    """What has begun under this `client_id`, else what `begin` begins."""
    try:
        with transaction.atomic():
            return _known(access, client_id) or begin()
    except IntegrityError:
        known = _known(access, client_id)
        if known is not None:
            return known
        if _was_sent(access, client_id):
            raise ChatError("message.deleted", "This message has been deleted.") from None
        raise


def _known(access: Access, client_id: UUID) -> Turn | None:
    if not _was_sent(access, client_id):  # nearly always; making the whole query costs a third of a send
        return None
    sent = access.messages().filter(owner=access.actor, client_id=client_id)  # the index has both
    first = sent.select_related("conversation").first()
    if first is None:
        return None
    answers = _answers(access, first)
    if not answers:
        raise NotFound("message")  # its answers are not there any more
    created: list[tuple[Message, Generation | None]] = [] if first.role == Role.ASSISTANT else [(first, None)]
    events = created_events(access, first.conversation, [*created, *answers], client_id)
    events += [event for message, generation in answers for event in state_events(generation, message)]
    return Turn(first.conversation_id, events, repeats=True)


def _was_sent(access: Access, client_id: UUID) -> bool:
    """Whether a message with this `client_id` is there, deleted or not."""
    return Message.objects.filter(owner=access.actor, client_id=client_id).exists()


def _answers(access: Access, first: Message) -> list[tuple[Message, Generation]]:
    """What a message with a client_id began: itself where it is an answer, else the columns of its first turn."""
    rows = [first] if first.role == Role.ASSISTANT else list(access.messages().filter(parent=first).order_by("id"))
    columns = [row for row in rows if row.turn_id == rows[0].turn_id]
    generations: dict[UUID, Generation] = {}
    for generation in Generation.objects.filter(message__in=columns).order_by("created_at"):
        generations.setdefault(generation.message_id, generation)
    return [(row, generations[row.id]) for row in columns if row.id in generations]


def _begin(access: Access, question: Question) -> Turn:
    """A question that begins a conversation."""
    if question.parent_id is not None:
        raise ChatError("message.parent_unknown", "A new conversation begins without an earlier message.")
    asking = chosen(access, None, question.picks)
    conversation = new_conversation(access, question.content, *asking[0], question.system_prompt)
    asked = new_message(conversation, Role.USER, content=question.content, client_id=question.client_id)
    conversation.parameters = question.parameters or {}
    return answer(access, asked, asking, is_first=True)


def _go_on(access: Access, question: Question, conversation_id: UUID) -> Turn:
    """A question in a conversation that is there; queued where the answer above it is not at its end yet."""
    conversation = queue_rows.hold(access, conversation_id)
    if conversation is None:
        raise NotFound("conversation")
    waiting = queue_rows.waiting(conversation)
    repeated = [row for row in waiting if row.client_id == question.client_id]
    if repeated:
        return Turn(conversation.id, [MessageQueued(queued_info(repeated[0]))], repeats=True)
    parent = _parent(access, conversation, question)
    asking = chosen(access, conversation, question.picks)
    ended: list[GenerationEnded] = []
    if parent is not None:
        columns = queue_rows.columns(parent)
        running = [row.id for row in columns if row.status == Status.RUNNING]
        abandoned = [generation_id for key in running for generation_id in interrupt_abandoned(key)]
        ended = [end for _, end in ends_of(abandoned)] if abandoned else []
        behind = [row for row in waiting if row.parent_id == parent.id]
        if len(ended) < len(running) or (behind and queue_rows.is_complete(parent.id, columns)):
            return replace(_wait(conversation, parent, question, asking, waiting, columns), ended=ended)
        waiting = behind
    asked = new_message(conversation, Role.USER, parent=parent, content=question.content, client_id=question.client_id)
    if question.parameters is not None:
        conversation.parameters = question.parameters
    return replace(answer(access, asked, asking, waiting=waiting if parent else ()), ended=ended)


def _wait(
    conversation: Conversation,
    parent: Message,
    question: Question,
    asking: Sequence[Chosen],
    waiting: Sequence[QueuedMessage],
    columns: Sequence[Generation],
) -> Turn:
    """Queue it, if it fits. Writing below one of the columns that are shown picks that one."""
    for connection, model_id in asking:
        context.check_fits(question.content, conversation, connection, model_id, question.parameters)
    row = queue_rows.enqueue(parent, waiting, question.client_id, question.content, asking, question.parameters)
    events: list[Event] = [MessageQueued(queued_info(row))]
    if conversation.head_id != parent.id and conversation.head_id in {one.message_id for one in columns}:
        conversation.head_id = parent.id
        conversation.save(update_fields=["head"])
        events.append(ConversationUpdated(conversation_info(conversation)))
    return Turn(conversation.id, events, queued_below=parent.turn_id)


def _parent(access: Access, conversation: Conversation, question: Question) -> Message | None:
    if not question.parent_given:
        raise ChatError("message.parent_missing", "Say below which message this one belongs.")
    if question.parent_id is None:
        return None
    parent = access.message(question.parent_id)
    if parent.conversation_id != conversation.id or parent.role == Role.SYSTEM:
        raise ChatError("message.parent_unknown", "A message can only follow another one of its own conversation.")
    return parent
