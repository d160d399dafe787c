"""Somebody with a page: what is common to real sockets and to the application in process, sending and waiting."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.faults.page import Frame, Page

PATIENCE = 20.0


class Visitor(Page):
    """`frames` are those of the present socket, `heard` the types of all that ever came.

    A subclass connects, gives `transmit` for a command, and hands each frame to `take`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[Frame] = []
        self.heard: list[str] = []
        self.is_connected = False
        self.unanswered: dict[str, Frame] = {}
        self.tasks: list[asyncio.Task[None]] = []
        self.news = asyncio.Event()

    def __str__(self) -> str:
        last = [(frame["type"], frame.get("code"), frame.get("from"), frame.get("to")) for frame in self.frames[-8:]]
        return (
            f"connected {self.is_connected}, asked {self.asked}, running {self.running}, positions {self.positions}, "
            f"unanswered {list(self.unanswered)}, problems {self.problems}, frames {last}"
        )

    async def transmit(self, command: Frame) -> None:
        """Put a command on the wire; it is lost when there is no connection."""
        raise NotImplementedError

    async def take(self, frame: Frame, size: int) -> None:
        """A frame has come."""
        self.frames.append(frame)
        self.heard.append(frame["type"])
        self.unanswered.pop(frame.get("client_id") or frame.get("request_id"), None)
        for command in self.receive(frame, size):
            await self.transmit(command)
        if frame["type"] == "session.ready":
            self.is_connected = True
            for command in tuple(self.unanswered.values()):
                await self.transmit(command)
        self.news.set()

    async def until(self, condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
        """Wait until something that frames bring about is true; returns it. Fails with the page's state."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := condition()):
                    self._raise_what_failed()
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            raise AssertionError(f"it did not happen: {self}") from None
        return found

    async def send(self, type: str, **fields: Any) -> None:
        """A command that is lost when the socket is: stop, open, ping."""
        await self.transmit({"type": type, **fields})

    async def deliver(self, type: str, **fields: Any) -> str:
        """A command that is sent again after each interruption until it is answered; returns its client_id."""
        client_id = str(fields.setdefault("client_id", str(uuid4())))
        self.begin(client_id)
        self.unanswered[client_id] = {"type": type, "request_id": client_id, **fields}
        await self.transmit(self.unanswered[client_id])
        return client_id

    async def ask(self, content: str, **fields: Any) -> Frame:
        """Send a message; returns the ids of its answer, once it has begun."""
        client_id = await self.deliver("message.send", content=content, **fields)
        return await self.until(lambda: self.answer_to(client_id))

    def answer_to(self, client_id: str) -> Frame | None:
        """Ids of the answer that a client_id began, once they are known."""
        for frame in self.frames:
            if frame["type"] != "message.created" or frame.get("client_id") != client_id:
                continue
            message = frame["message"]
            if message["role"] == "assistant":
                return {
                    "client_id": client_id,
                    "message_id": message["id"],
                    "generation_id": message["generation"]["id"],
                    "conversation_id": message["conversation_id"],
                    "parent_id": message["parent_id"],
                }
        return None

    async def show(self, conversation_id: str, seconds: float = PATIENCE) -> None:
        """Open a conversation and wait for its snapshot."""
        await self.transmit(self.open(conversation_id))
        await self.until(lambda: self.asked is None and self.conversation_id == conversation_id, seconds)

    async def end_of(self, generation_id: str, seconds: float = PATIENCE) -> str:
        """The status in which a generation ended, once this page knows."""
        return str(await self.until(lambda: _terminal(self.status(generation_id)), seconds))

    async def stop(self, generation_id: str) -> str:
        await self.send("generation.stop", generation_id=generation_id, request_id="stop")
        return await self.end_of(generation_id)

    async def end_tasks(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def _raise_what_failed(self) -> None:
        for task in self.tasks:
            if task.done() and not task.cancelled() and task.exception() is not None:
                raise task.exception()


def _terminal(status: str | None) -> str | None:
    return None if status == "running" else status
