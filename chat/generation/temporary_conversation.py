"""A conversation that is only in memory: what was said in it, and which tabs hear of it."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.utils import timezone
from msgspec import UnsetType
from msgspec.structs import replace

from chat.bus import Listener
from chat.errors import ChatError, NotFound
from chat.events import Event, GenerationEnded, GenerationStarted, MessageCreated
from chat.generation.endings import unstored
from chat.generation.run import Outcome, Run
from chat.ids import new_id
from chat.models import Connection, PartKind, Status
from chat.shapes import ConversationInfo, GenerationInfo, MessageInfo, Timings, Usage

OVERHEAD = 500  # characters that a message counts for besides its text: what its objects take


class TemporaryConversation:
    """Messages by id, in their order. `idle` is called whenever the last running answer has ended."""

    def __init__(self, owner_id: UUID, said: Sequence[tuple[str, str]], idle: Callable[[], None]) -> None:
        now = timezone.now()
        self.owner_id = owner_id
        self.info = ConversationInfo(new_id(), "", None, "", None, now, now, None, None, temporary=True)
        self.ends: dict[UUID, GenerationEnded] = {}
        self._messages: dict[UUID, MessageInfo] = {}
        self._asked: dict[UUID, UUID] = {}
        self._listeners: set[Listener] = set()
        self._idle = idle
        for role, content in said:
            message = self._add(self.info.head_id, new_id(), role, content)
            self.info = replace(self.info, head_id=message.id)

    @property
    def is_running(self) -> bool:
        return any(row.generation and row.generation.status == Status.RUNNING for row in self._messages.values())

    @property
    def size(self) -> int:
        """Characters that it holds."""
        return sum(OVERHEAD + len(row.content) + len(row.reasoning) for row in self._messages.values())

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Begin to hear of it; the returned function ends that."""
        listeners = self._listeners
        listeners.add(listener)
        return lambda: listeners.discard(listener)

    def publish(self, *events: Event) -> None:
        """Tell the tabs that have it open."""
        for listener in tuple(self._listeners):
            for event in events:
                listener(event)

    def parent(self, parent_id: UUID | UnsetType | None) -> UUID | None:
        """The answer below which the next message belongs; unset: the last. Raises ChatError, NotFound."""
        found = self.info.head_id if isinstance(parent_id, UnsetType) else parent_id
        if found is None:
            return None
        if found not in self._messages:
            raise NotFound("message")
        parent = self._messages[found]
        if parent.role != "assistant":
            raise ChatError("message.parent_unknown", "A message can only follow an answer of its own conversation.")
        if any(row.generation and row.generation.status == Status.RUNNING for row in self._turn_of(parent)):
            raise ChatError("message.answer_running", "The answer above is still being written. Wait, or stop it.")
        return found

    def ask(
        self, client_id: UUID, parent_id: UUID | None, content: str, chosen: Sequence[tuple[Connection, str]]
    ) -> list[GenerationStarted]:
        """Add a question and its answers, which are about to run; the first one becomes the head."""
        asked = self._add(parent_id, new_id(), "user", content)
        self._asked[client_id] = asked.id
        turn_id = new_id()
        started = [self._begin(asked, turn_id, connection, model_id) for connection, model_id in chosen]
        connection, model_id = chosen[0]
        self.info = replace(
            self.info,
            connection=connection.id,
            model_id=model_id,
            head_id=started[0].message_id,
            updated_at=timezone.now(),
        )
        return started

    def has_generation(self, generation_id: UUID) -> bool:
        return any(row.generation and row.generation.id == generation_id for row in self._messages.values())

    def has_asked(self, client_id: UUID) -> bool:
        return client_id in self._asked

    def told(self, client_id: UUID) -> list[Event]:
        """What the tabs are told of the question with this `client_id`, and of where its answers stand."""
        asked = self._messages[self._asked[client_id]]
        answers = [row for row in self._messages.values() if row.parent_id == asked.id]
        created = [MessageCreated(self._shown(row), self.info, client_id) for row in (asked, *answers)]
        return [*created, *(self._state(row) for row in answers)]

    def branch(self) -> list[MessageInfo]:
        """What is visible, oldest first, the columns of a turn beside each other."""
        steps: list[list[MessageInfo]] = []
        message_id = self.info.head_id
        while message_id is not None:
            steps.append(self._turn_of(self._messages[message_id]))
            message_id = self._messages[message_id].parent_id
        return [self._shown(row) for step in reversed(steps) for row in step]

    async def end(self, run: Run, outcome: Outcome) -> None:
        """The end of an answer: its text stays here, and the tabs are told."""
        event = unstored(run, outcome)
        message = self._messages[run.job.message_id]
        self.ends[event.generation_id] = event
        self._messages[message.id] = replace(
            message,
            content=run.journal.text(PartKind.CONTENT.value),
            reasoning=run.journal.text(PartKind.REASONING.value),
            generation=_generation(event, run.job.model_id),
        )
        run.journal.end()
        self.publish(event)
        if not self.is_running:
            self._idle()

    def _add(self, parent_id: UUID | None, turn_id: UUID, role: str, content: str, model_id: str = "") -> MessageInfo:
        message = MessageInfo(
            id=new_id(),
            conversation_id=self.info.id,
            parent_id=parent_id,
            turn_id=turn_id,
            role=role,
            content=content,
            reasoning="",
            model_id=model_id,
            created_at=timezone.now(),
            siblings=[],
            generation=None,
        )
        self._messages[message.id] = message
        return message

    def _begin(self, asked: MessageInfo, turn_id: UUID, connection: Connection, model_id: str) -> GenerationStarted:
        answer = self._add(asked.id, turn_id, "assistant", "", model_id)
        generation = GenerationInfo(
            id=new_id(),
            status=Status.RUNNING.value,
            model_id=model_id,
            connection=connection.name,
            finish_reason="",
            usage=Usage(None, None),
            timings=Timings(None, None),
            error=None,
            omitted_messages=0,
        )
        self._messages[answer.id] = replace(answer, generation=generation)
        return self._started(self._messages[answer.id], generation)

    def _started(self, answer: MessageInfo, generation: GenerationInfo) -> GenerationStarted:
        return GenerationStarted(
            generation.id, answer.id, self.info.id, answer.turn_id, generation.model_id, generation.connection
        )

    def _state(self, answer: MessageInfo) -> Event:
        generation = answer.generation
        if generation is None:
            raise NotFound("generation")
        return self.ends.get(generation.id) or self._started(answer, generation)

    def _turn_of(self, message: MessageInfo) -> list[MessageInfo]:
        return [
            row
            for row in self._messages.values()
            if row.turn_id == message.turn_id and row.parent_id == message.parent_id
        ]

    def _shown(self, message: MessageInfo) -> MessageInfo:
        turns: dict[UUID, UUID] = {}
        for row in self._messages.values():
            if row.parent_id == message.parent_id and row.role == message.role:
                turns.setdefault(row.turn_id, row.id)
        return replace(message, siblings=list({**turns, message.turn_id: message.id}.values()))


def _generation(event: GenerationEnded, model_id: str) -> GenerationInfo:
    return GenerationInfo(
        id=event.generation_id,
        status=event.status,
        model_id=model_id,
        connection=event.connection,
        finish_reason=event.finish_reason,
        usage=event.usage,
        timings=event.timings,
        error=event.error,
        omitted_messages=event.omitted_messages,
    )
