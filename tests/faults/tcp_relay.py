"""A network that misbehaves: forwards TCP to the server and, on command, cuts, holds or trickles it."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Iterator
from typing import Self

PIECE = 65_536


class TcpRelay:
    """`async with TcpRelay(port) as relay`; a browser goes to `relay.url`.

    `budgets` gives for each connection after how many bytes to the browser it is cut; when it ends, none is cut.
    `trickle` is how many bytes are forwarded at a time, with a pause between them.
    """

    def __init__(self, port: int, budgets: Iterator[int] | None = None) -> None:
        self.port = port
        self.budgets = iter(()) if budgets is None else budgets
        self.cuts = 0
        self.trickle: int | None = None
        self._open = asyncio.Event()
        self._open.set()
        self._pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()

    @property
    def address(self) -> tuple[str, int]:
        return self._server.sockets[0].getsockname()

    @property
    def url(self) -> str:
        host, port = self.address
        return f"http://{host}:{port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self._server.close()
        self.release()
        self.cut()

    def cut(self) -> None:
        """Reset every connection, both ways."""
        for pair in tuple(self._pairs):
            for writer in pair:
                _reset(writer)
        self.cuts += len(self._pairs)
        self._pairs.clear()

    def hold(self) -> None:
        """Forward nothing until `release`; nobody is told."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    async def _serve(self, from_browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            _reset(to_browser)
            return
        pair = (to_browser, to_server)
        self._pairs.add(pair)
        budget = next(self.budgets, None)
        ways = (
            asyncio.create_task(self._forward(from_browser, to_server, None)),
            asyncio.create_task(self._forward(from_server, to_browser, budget)),
        )
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        self._pairs.discard(pair)
        for writer in pair:
            writer.close()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, budget: int | None) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(self.trickle or PIECE):
                await self._open.wait()
                if budget is not None and len(data) >= budget:
                    writer.write(data[:budget])
                    await writer.drain()
                    self.cuts += 1
                    _reset(writer)
                    return
                budget = None if budget is None else budget - len(data)
                writer.write(data)
                await writer.drain()
                if self.trickle:
                    await asyncio.sleep(0.001)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST, as a network that forgets a connection does."""
    raw = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
