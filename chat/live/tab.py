"""What one tab follows: its open conversations, and a reader for each running answer in them."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from chat.accounts.access import Access
from chat.bus import Listener, bus
from chat.events import (
    ConversationSnapshot,
    Event,
    GenerationEnded,
    GenerationStarted,
    MessageUnqueued,
    ServerDraining,
)
from chat.generation.journal import Journal
from chat.generation.mirror import mirrors
from chat.generation.reader import Reader, ReaderStalled
from chat.generation.runner import runner
from chat.live.subjects import place_of, subject_of

logger = logging.getLogger(__name__)

CLOSE_FAILED = 4500
CLOSE_RESTARTING = 1012
CLOSE_STALLED = 4408
OUTBOX_LIMIT = 1000  # events; a tab that is this far behind is closed and begins again from a snapshot


def _nothing() -> None:
    """What a tab without a subscription does to end it."""


@dataclass(frozen=True)
class Reading:
    """A reader at work, and what it reads."""

    conversation_id: UUID
    message_id: UUID
    reader: Reader
    task: asyncio.Task[None]


class Tab:
    """Takes the owner's events from the bus and sends those that concern this tab, in order.

    Nothing is sent while somebody else holds `turn`: so a snapshot can be read and sent before what follows it.
    """

    def __init__(
        self,
        access: Access,
        epoch: UUID,
        send: Callable[[Event], Awaitable[None]],
        close: Callable[[int], Coroutine[Any, Any, None]],
    ) -> None:
        self.access = access
        self.epoch = epoch
        self.send = send
        self.turn = asyncio.Lock()
        self._close = close
        self._conversations: set[UUID] = set()
        self._readers: dict[UUID, Reading] = {}
        self._ends: dict[UUID, GenerationEnded] = {}
        self._begun: dict[UUID, Journal] = {}
        self._shown: set[UUID] = set()
        self._outbox: deque[Event] = deque()
        self._news = asyncio.Event()
        self._requests: dict[tuple[type[Event], UUID], list[str]] = {}
        self._draining = False
        self._forwarding: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] = _nothing
        self._apart: dict[UUID, Callable[[], None]] = {}

    def open(self) -> None:
        """Begin to hear the owner's events."""
        self._unsubscribe = bus.subscribe(self.access.actor.id, self.deliver)
        self._forwarding = asyncio.create_task(self._forward(), name="tab")

    async def close(self) -> None:
        """End everything that this tab has begun."""
        for unsubscribe in (self._unsubscribe, *self._apart.values()):
            unsubscribe()
        tasks = [reading.task for reading in self._readers.values()]
        if self._forwarding is not None:
            tasks.append(self._forwarding)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def deliver(self, event: Event) -> None:
        """Take an event over; it is sent in its turn."""
        if isinstance(event, GenerationStarted) and event.generation_id in runner().runs:
            self._begun[event.generation_id] = runner().runs[event.generation_id].journal
        self._outbox.append(event)
        self._news.set()

    def expect(self, kind: type[Event], subject: UUID, request_id: str | None) -> None:
        """The next event of this kind about this message or generation answers that request."""
        if request_id is not None:
            self._requests.setdefault((kind, subject), []).append(request_id)

    def expect_answer(self, event: Event, request_id: str | None) -> None:
        """This event, when it comes, answers that request."""
        subject = subject_of(event)
        if subject is not None:
            self.expect(type(event), subject, request_id)

    def answer_late(self, end: GenerationEnded, request_id: str | None) -> None:
        """Tell an end that was there when it was asked for, unless the event itself, still on its way, has answered."""
        self.deliver(end if request_id is None else msgspec.structs.replace(end, request_id=request_id))

    def acknowledge(self, generation_id: UUID, position: int) -> None:
        """The browser has read so far."""
        if generation_id in self._readers:
            self._readers[generation_id].reader.acknowledge(position)

    def follow(self, conversation_id: UUID) -> None:
        """Send the events of this conversation from now on."""
        self._conversations.add(conversation_id)

    def follow_apart(self, conversation_id: UUID, subscribe: Callable[[Listener], Callable[[], None]]) -> None:
        """Follow a conversation whose events only those hear that follow it."""
        self.follow(conversation_id)
        if conversation_id not in self._apart:
            self._apart[conversation_id] = subscribe(self.deliver)

    def leave(self, conversation_id: UUID) -> None:
        """Send nothing more of this conversation's messages and answers."""
        self._conversations.discard(conversation_id)
        self._apart.pop(conversation_id, _nothing)()
        for generation_id, reading in tuple(self._readers.items()):
            if reading.conversation_id == conversation_id:
                reading.task.cancel()
                self._forget(generation_id)

    async def show(self, snapshot: ConversationSnapshot, journals: dict[UUID, Journal]) -> None:
        """Send a snapshot and go on from it, with a reader for each of the journals. The caller holds `turn`."""
        told = {message.generation.id for message in snapshot.messages if message.generation}
        self._outbox = deque(event for event in self._outbox if not self._is_told(event, told))
        for event in self._outbox:
            if isinstance(event, GenerationStarted) and event.generation_id in told:
                self._shown.add(event.generation_id)  # still sent, since it answers a request
        for generation_id in told:
            self._begun.pop(generation_id, None)
        self.follow(snapshot.conversation.id)
        await self.send(snapshot)
        for running in snapshot.generations:
            if running.generation_id in journals:
                journal = journals[running.generation_id]
                self._read(
                    snapshot.conversation.id, running.message_id, running.generation_id, journal, running.position
                )

    async def _forward(self) -> None:
        """Send what comes, in order. A tab that cannot be told what happened begins again from a snapshot."""
        try:
            await self._forward_until_closed()
        except Exception:
            logger.exception("a tab could not be told what happened")
            self._unsubscribe()
            await self._close(CLOSE_FAILED)

    async def _forward_until_closed(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while self._outbox:
                if len(self._outbox) > OUTBOX_LIMIT:
                    self._unsubscribe()
                    await self._close(CLOSE_STALLED)
                    return
                async with self.turn:  # whoever had it may have changed what comes next
                    unread = self._read_before(self._outbox[0]) if self._outbox else []
                    if self._outbox and not unread:
                        await self._send_one(self._outbox.popleft())
                if unread:
                    await asyncio.wait(unread)

    def _read_before(self, event: Event) -> list[asyncio.Task[None]]:
        """The readers that have to end first: an answer that is continued begins where the first part ends, and a
        queued message follows the whole answer, which a slow browser may not have read yet.
        """
        if isinstance(event, MessageUnqueued):
            return [
                reading.task
                for generation_id, reading in self._readers.items()
                if reading.conversation_id == event.conversation_id
                and generation_id in self._ends
                and not reading.task.done()
            ]
        if not isinstance(event, GenerationStarted):
            return []
        return [
            reading.task
            for generation_id, reading in self._readers.items()
            if reading.message_id == event.message_id
            and generation_id != event.generation_id
            and not reading.task.done()
        ]

    async def _send_one(self, event: Event) -> None:
        if isinstance(event, ServerDraining):
            self._draining = True
        place = place_of(event)
        if place is not None and place not in self._conversations:
            return
        if isinstance(event, GenerationEnded) and event.generation_id in self._readers:
            self._ends[event.generation_id] = event  # sent by the reader, after all of the text
            return
        for told in self._answering(event):
            await self.send(told)
        if isinstance(event, GenerationStarted):
            await self._begin(event)
        if self._draining and not self._readers and not self._outbox:
            await self._close(CLOSE_RESTARTING)

    async def _begin(self, event: GenerationStarted) -> None:
        """Read from the beginning what this event says has begun, here or in another process."""
        journal = self._begun.pop(event.generation_id, None)
        if event.generation_id in self._shown:  # by a snapshot, with its reader if it still ran
            self._shown.discard(event.generation_id)
        elif event.conversation_id in self._conversations and event.generation_id not in self._readers:
            if journal is None:
                journal = await mirrors().journal(event.generation_id, self.access.actor.id)
            self._read(event.conversation_id, event.message_id, event.generation_id, journal, 0)

    def _answering(self, event: Event) -> list[Event]:
        """The event with the id of the request that it answers. An end answers all that wait for it, each by itself."""
        subject = subject_of(event)
        waiting = self._requests.pop((type(event), subject), []) if subject else []
        if not isinstance(event, GenerationEnded):
            for request_id in waiting[1:]:
                self.expect_answer(event, request_id)
            waiting = waiting[:1]
        elif event.request_id is not None and event.request_id not in waiting:
            return []  # sent already, as the answer to this request
        return [msgspec.structs.replace(event, request_id=request_id) for request_id in waiting] or [event]

    def _is_told(self, event: Event, told: set[UUID]) -> bool:
        """Whether a snapshot with these generations says all that the event says."""
        if not isinstance(event, GenerationStarted):
            return False
        return event.generation_id in told and (GenerationStarted, event.generation_id) not in self._requests

    def _read(
        self, conversation_id: UUID, message_id: UUID, generation_id: UUID, journal: Journal, position: int
    ) -> None:
        reader = Reader(generation_id, journal, position, self.send)
        task = asyncio.create_task(self._run(reader), name=f"reader of {generation_id}")
        self._readers[generation_id] = Reading(conversation_id, message_id, reader, task)

    async def _run(self, reader: Reader) -> None:
        try:
            await reader.run()
        except ReaderStalled:
            await self._close(CLOSE_STALLED)
            return
        self._forget(reader.generation_id)

    def _forget(self, generation_id: UUID) -> None:
        del self._readers[generation_id]
        end = self._ends.pop(generation_id, None)
        if end is not None:
            self._outbox.appendleft(end)
            self._news.set()
