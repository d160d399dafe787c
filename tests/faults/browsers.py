"""A browser without a browser: a page on a real WebSocket that comes back after every interruption."""

import asyncio
import contextlib
import json
from typing import Self

import aiohttp

from tests.faults.page import Frame
from tests.faults.visitor import Visitor

RETRY_SECONDS = 0.02  # a page waits 250 ms; tests have less time
LAST_RETRY_SECONDS = 0.3
ACK_SECONDS = 1.0
GOODBYE = aiohttp.ClientWSTimeout(ws_close=0.2)  # a connection that was cut answers no close frame


class Browser(Visitor):
    """`async with Browser(url, cookie) as browser`: connected until the block ends, however often it is cut.

    `closes` are the codes with which its sockets were closed, None where it could not connect. Each is a problem,
    unless the browser was told that it `may_be_cut`, or not to come back.
    """

    def __init__(self, url: str, cookie: dict[str, str], may_be_cut: bool = False) -> None:
        super().__init__()
        self.may_be_cut = may_be_cut
        self.url = url
        self.headers = {"Origin": url, **cookie}
        self.closes: list[int | None] = []
        self.comes_back = True
        self._reads = asyncio.Event()
        self._reads.set()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._pause = RETRY_SECONDS

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        self.tasks = [asyncio.create_task(self._live()), asyncio.create_task(self._acknowledge())]
        await self.until(lambda: self.is_connected)
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.end_tasks()
        await self._session.close()

    def __str__(self) -> str:
        return f"closed {self.closes}, {super().__str__()}"

    async def transmit(self, command: Frame) -> None:
        if self._socket is not None and not self._socket.closed:
            with contextlib.suppress(ConnectionError, aiohttp.ClientError):
                await self._socket.send_str(json.dumps(command))

    def stop_reading(self) -> None:
        """Take nothing more from the network; what the kernel and the client buffer is small."""
        self._reads.clear()

    def read_on(self) -> None:
        self._reads.set()

    @property
    def hears(self) -> bool:
        """Whether what the server sends now arrives."""
        return self.is_connected and self._reads.is_set()

    def _closed(self, code: int | None) -> None:
        self.closes.append(code)
        if self.comes_back and not self.may_be_cut:
            self.problems.append(f"a socket was closed with {code} that nobody expected to be closed")

    async def _live(self) -> None:
        while self.comes_back:
            try:
                async with self._session.ws_connect(
                    f"{self.url}/ws/", headers=self.headers, max_msg_size=0, timeout=GOODBYE
                ) as socket:
                    self._socket, self.frames = socket, []
                    await self._read(socket)
                    self._closed(socket.close_code)
            except (aiohttp.ClientError, OSError):
                self._closed(None)
            self._socket, self.is_connected = None, False
            self.news.set()
            await asyncio.sleep(self._pause)
            self._pause = min(2 * self._pause, LAST_RETRY_SECONDS)

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        while True:
            await self._reads.wait()
            message = await socket.receive()
            if message.type is not aiohttp.WSMsgType.TEXT:
                return
            await self.take(json.loads(message.data), len(message.data))
            if self.is_connected:
                self._pause = RETRY_SECONDS

    async def _acknowledge(self) -> None:
        while True:
            await asyncio.sleep(ACK_SECONDS)
            for command in self.due():
                await self.transmit(command)
