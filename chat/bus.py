"""Carries what happened to the tabs of its owner.

Services publish; the socket edge subscribes. One process needs nothing else. The bus is a hint, the rows are the
truth: a reader that missed an event gets the same facts from the next snapshot.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from uuid import UUID

from chat.events import Event

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
