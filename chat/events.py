"""What happened, as the tabs of its owner are told: the events of docs/protocol.md, and the bus that carries them.

Services publish; the socket edge subscribes. One process needs nothing else. The bus is a hint, the rows are the
truth: a reader that missed an event gets the same facts from the next snapshot.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec


class Event(msgspec.Struct, tag_field="type", omit_defaults=True, frozen=True):
    """Something that happened, in the past tense."""


class UserInfo(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    is_staff: bool


class ConversationInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """A conversation as lists and headers show it; `running` only in lists, while an answer is being written in it."""

    id: UUID
    title: str
    connection: UUID | None
    model_id: str
    head_id: UUID | None
    created_at: datetime
    updated_at: datetime
    pinned_at: datetime | None
    archived_at: datetime | None
    running: bool = False


class Usage(msgspec.Struct, frozen=True):
    input_tokens: int | None
    output_tokens: int | None


class Timings(msgspec.Struct, frozen=True, omit_defaults=True):
    """Milliseconds since the generation began; `stop_ms` from the stop to the closed upstream connection."""

    first_delta_ms: int | None
    duration_ms: int | None
    stop_ms: int | None = None


class Failure(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why something did not work: a stable code, a plain sentence, and seconds to wait where known."""

    code: str
    message: str
    retry_after: float | None = None


class GenerationInfo(msgspec.Struct, frozen=True):
    """The latest generation of a message, as its footer shows it."""

    id: UUID
    status: str
    model_id: str
    connection: str
    finish_reason: str
    usage: Usage
    timings: Timings
    error: Failure | None
    omitted_messages: int


class MessageInfo(msgspec.Struct, frozen=True):
    """One message; `siblings` are the ids of all messages with its parent and role, itself included, oldest first."""

    id: UUID
    conversation_id: UUID
    parent_id: UUID | None
    turn_id: UUID
    role: str
    content: str
    reasoning: str
    model_id: str
    created_at: datetime
    siblings: list[UUID]
    generation: GenerationInfo | None


class Part(msgspec.Struct, frozen=True):
    """A stretch of text of one kind: `content` or `reasoning`."""

    kind: str
    text: str


class Running(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """A running generation in a snapshot: its text from position `from` up to `position`."""

    generation_id: UUID
    message_id: UUID
    from_: int
    position: int
    parts: list[Part]


class SessionReady(Event, tag="session.ready", frozen=True):
    user: UserInfo
    protocol_version: int
    epoch: UUID


class SessionEnded(Event, tag="session.ended", frozen=True):
    reason: str


class ServerDraining(Event, tag="server.draining", frozen=True):
    reconnect_after_ms: int


class Pong(Event, tag="pong", frozen=True):
    request_id: str | None = None


class Refused(Event, tag="error", frozen=True):
    code: str
    message: str
    request_id: str | None = None


class ConversationSnapshot(Event, tag="conversation.snapshot", frozen=True):
    conversation: ConversationInfo
    messages: list[MessageInfo]
    generations: list[Running]
    has_older: bool
    request_id: str | None = None


class ConversationUpdated(Event, tag="conversation.updated", frozen=True):
    conversation: ConversationInfo


class ConversationDeleted(Event, tag="conversation.deleted", frozen=True):
    conversation_id: UUID


class MessageCreated(Event, tag="message.created", frozen=True):
    message: MessageInfo
    conversation: ConversationInfo
    client_id: UUID | None = None
    request_id: str | None = None


class GenerationStarted(Event, tag="generation.started", frozen=True):
    generation_id: UUID
    message_id: UUID
    conversation_id: UUID
    turn_id: UUID
    model_id: str
    connection: str
    request_id: str | None = None


class GenerationDelta(Event, tag="generation.delta", frozen=True, rename={"from_": "from"}):
    generation_id: UUID
    from_: int
    to: int
    parts: list[Part]


class GenerationEnded(Event, tag="generation.ended", frozen=True):
    generation_id: UUID
    message_id: UUID
    conversation_id: UUID
    status: str
    position: int
    finish_reason: str
    usage: Usage
    timings: Timings
    connection: str
    omitted_messages: int
    error: Failure | None = None
    request_id: str | None = None


Listener = Callable[[Event], None]


class Bus:
    """Carries events to the listeners of one owner. A listener returns at once: it only takes the event over."""

    def __init__(self) -> None:
        self._listeners: dict[UUID, set[Listener]] = defaultdict(set)
        self._waiting: list[asyncio.Future[None]] = []

    def subscribe(self, owner_id: UUID, listener: Listener) -> Callable[[], None]:
        """Begin to hear; the returned function ends it."""
        self._listeners[owner_id].add(listener)

        def unsubscribe() -> None:
            listeners = self._listeners.get(owner_id)
            if listeners is not None:
                listeners.discard(listener)
                if not listeners:
                    del self._listeners[owner_id]
                    self._wake()

        return unsubscribe

    def has_listeners(self, owner_id: UUID) -> bool:
        """Whether anybody here hears the owner's events."""
        return owner_id in self._listeners

    async def deserted(self) -> None:
        """Return when nobody listens any more."""
        while self._listeners:
            waiter = asyncio.get_running_loop().create_future()
            self._waiting.append(waiter)
            await waiter

    def broadcast(self, event: Event) -> None:
        """Tell everybody. Only to be called on the event loop."""
        for owner_id in tuple(self._listeners):
            self.publish(owner_id, event)

    def publish(self, owner_id: UUID, *events: Event) -> None:
        """Tell every listener of the owner, in order. Only to be called on the event loop."""
        for listener in tuple(self._listeners.get(owner_id, ())):
            for event in events:
                listener(event)

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)


bus = Bus()
