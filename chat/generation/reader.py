"""A cursor into a journal: what one socket has been sent of one answer, and what it has acknowledged.

Coalescing, slow readers, resume and back-pressure are one rule: wait for news, send everything from the cursor in one
frame, wait at least 30 ms, again. A slow reader gets larger frames, not more of them; what it has not acknowledged is
never more than its window.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from uuid import UUID

from chat.events import Event, GenerationDelta
from chat.generation.journal import Journal

FRAME_INTERVAL = 0.03  # seconds between two frames of one answer to one reader
WINDOW_CHARACTERS = 256 * 1024
WINDOW_FRAMES = 64
ACK_TIMEOUT = 30.0  # seconds without an acknowledgement while the window is full


class ReaderStalled(Exception):
    """The browser has acknowledged nothing for too long."""


class Reader:
    """Sends a journal from `position` on; returns when the answer has ended and all of it has been sent."""

    def __init__(
        self, generation_id: UUID, journal: Journal, position: int, send: Callable[[Event], Awaitable[None]]
    ) -> None:
        self.generation_id = generation_id
        self.position = position
        self._journal = journal
        self._send = send
        self._acknowledged = position
        self._unacknowledged: deque[int] = deque()
        self._ack = asyncio.Event()

    def acknowledge(self, position: int) -> None:
        """The browser has everything up to `position`. Older news, and news from the future, are ignored."""
        if self._acknowledged < position <= self.position:
            self._acknowledged = position
            while self._unacknowledged and self._unacknowledged[0] <= position:
                self._unacknowledged.popleft()
            self._ack.set()

    async def run(self) -> None:
        """Send until the end. Raises ReaderStalled."""
        while True:
            await self._journal.news(self.position)
            await self._room()
            start, end = self.position, min(self._journal.position, self._acknowledged + WINDOW_CHARACTERS)
            if end == start:
                return  # only the end of the journal wakes a reader without text
            self.position = end
            self._unacknowledged.append(end)
            await self._send(GenerationDelta(self.generation_id, start, end, self._journal.since(start, end)))
            if not self._journal.ended or end < self._journal.position:
                await asyncio.sleep(FRAME_INTERVAL)

    async def _room(self) -> None:
        while self._is_full():
            self._ack.clear()
            try:
                async with asyncio.timeout(ACK_TIMEOUT):
                    await self._ack.wait()
            except TimeoutError:
                raise ReaderStalled from None

    def _is_full(self) -> bool:
        return len(self._unacknowledged) >= WINDOW_FRAMES or self.position - self._acknowledged >= WINDOW_CHARACTERS
