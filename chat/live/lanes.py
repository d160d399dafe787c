"""In which order the commands of one socket are done, and how many of them may wait.

One waits for the one before, while the database may be locked for seconds. Who stops an answer, acknowledges text or
asks whether anybody is there must not wait that long: text would stall behind its window, and a browser that has read
all of it be closed as if it had not.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from chat.live import protocol

Do = Callable[[protocol.AnyCommand], Awaitable[None]]

# What is read ahead of a slow command. Behind that, frames wait in the server, which closes floods.
WAITING_MAX = 8
WAITING_CHARACTERS_MAX = 1_048_576


class Lane:
    """Commands that are done one after the other, on a task that lives while there are any. `do` raises nothing."""

    def __init__(self, do: Do) -> None:
        self._do = do
        self._waiting: deque[tuple[protocol.AnyCommand, int]] = deque()
        self._characters = 0
        self._moved = asyncio.Event()
        self._working: asyncio.Task[None] | None = None

    async def take(self, command: protocol.AnyCommand, characters: int) -> None:
        """Take a command over that came in a frame of this length. Returns at once, unless too much waits already."""
        while self._is_full(characters):
            self._moved.clear()
            await self._moved.wait()
        self._waiting.append((command, characters))
        self._characters += characters
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work(), name="commands")

    async def finish(self) -> None:
        """Wait until all is done."""
        if self._working is not None:
            await asyncio.wait([self._working])

    async def close(self) -> None:
        """End what is being done, and do nothing more."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.wait([self._working])

    async def _work(self) -> None:
        while self._waiting:
            command, characters = self._waiting[0]
            try:
                await self._do(command)
            finally:
                self._waiting.popleft()
                self._characters -= characters
                self._moved.set()

    def _is_full(self, characters: int) -> bool:
        if not self._waiting:
            return False
        return len(self._waiting) >= WAITING_MAX or self._characters + characters > WAITING_CHARACTERS_MAX


class Lanes:
    """The commands of one socket: stops among themselves, all others among themselves, `ack` and `ping` at once."""

    def __init__(self, do: Do) -> None:
        self._do = do
        self._stops = Lane(do)
        self._others = Lane(do)

    async def take(self, command: protocol.AnyCommand, characters: int) -> None:
        """Take a command over that came in a frame of this length."""
        match command:
            case protocol.Ack() | protocol.Ping():
                await self._do(command)
            case protocol.GenerationStop():
                await self._stops.take(command, characters)
            case _:
                await self._others.take(command, characters)

    async def finish(self) -> None:
        """Wait until all is done that was taken."""
        await self._stops.finish()
        await self._others.finish()

    async def close(self) -> None:
        """End what is being done. What is committed by then is an errand of its own, and goes on."""
        await self._stops.close()
        await self._others.close()
