"""A page on the real ASGI application in this process, for tests that open and cut hundreds of sockets."""

import asyncio
import json
from typing import Self

from channels.testing import WebsocketCommunicator

from chatsite.asgi import application
from tests.faults.page import Frame
from tests.faults.visitor import Visitor
from tests.live.socket import HOST, ORIGIN


class Tab(Visitor):
    """`async with Tab(session_key) as tab`; it is cut and comes back on command."""

    def __init__(self, session_key: str) -> None:
        super().__init__()
        self._headers = [(b"host", HOST), (b"origin", ORIGIN), (b"cookie", f"sessionid={session_key}".encode())]

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.disconnect()

    async def connect(self) -> None:
        """Again, as a page does that was cut: its conversation is opened from the positions that it has."""
        self._communicator = WebsocketCommunicator(application, "/ws/", headers=self._headers)
        self.frames = []
        connected, _ = await self._communicator.connect(timeout=5)
        assert connected
        self.tasks = [asyncio.create_task(self._read())]
        await self.until(lambda: self.is_connected)

    async def disconnect(self) -> None:
        """The network is gone: nothing more is read, nothing more is sent."""
        self.is_connected = False
        await self.end_tasks()
        await self._communicator.disconnect(code=1006, timeout=5)

    async def cut(self) -> None:
        await self.disconnect()
        await self.connect()

    async def transmit(self, command: Frame) -> None:
        await self._communicator.send_to(text_data=json.dumps(command))

    async def _read(self) -> None:
        while True:
            message = await self._communicator.output_queue.get()
            assert message["type"] == "websocket.send", message
            await self.take(json.loads(message["text"]), len(message["text"]))
