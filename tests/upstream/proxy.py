"""A real forward proxy: absolute-form requests, CONNECT tunnels, Basic credentials, and a log of what passed."""

import asyncio
import base64
import contextlib
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

HOP_HEADERS = (b"proxy-authorization:", b"proxy-connection:", b"connection:", b"keep-alive:")


@dataclass(frozen=True, slots=True)
class Passed:
    """One request as the proxy saw it; `status` is the proxy's own, 0 where the target answered."""

    method: str
    target: str
    status: int


class ForwardProxy:
    """`async with ForwardProxy() as proxy`; `proxy.url` carries the credentials, if there are any."""

    def __init__(self, user: str = "", password: str = "") -> None:
        self.passed: list[Passed] = []
        self._user, self._password = user, password
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    @property
    def url(self) -> str:
        credentials = f"{self._user}:{self._password}@" if self._user else ""
        return f"http://{credentials}127.0.0.1:{self.port}"

    @property
    def open_url(self) -> str:
        """Without credentials."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._pass(reader, writer)
        finally:
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *fields = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
        method, target, _ = first.decode().split(" ")
        if not self._allows(fields):
            self.passed.append(Passed(method, target, 407))
            writer.write(
                b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            await writer.drain()
            return
        host, port, opening = self._route(method, target, fields)
        try:
            there_reader, there_writer = await asyncio.open_connection(host, port)
        except OSError:
            self.passed.append(Passed(method, target, 502))
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        self.passed.append(Passed(method, target, 0))
        if opening is None:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            there_writer.write(opening)
        await _relay(reader, writer, there_reader, there_writer)

    def _allows(self, fields: list[bytes]) -> bool:
        if not self._user:
            return True
        wanted = base64.b64encode(f"{self._user}:{self._password}".encode())
        return any(field.lower().startswith(b"proxy-authorization:") and field.endswith(wanted) for field in fields)

    def _route(self, method: str, target: str, fields: list[bytes]) -> tuple[str, int, bytes | None]:
        """Host, port, and the request as the target shall see it; None for a tunnel."""
        if method == "CONNECT":
            host, _, port = target.rpartition(":")
            return host, int(port), None
        url = urlsplit(target)
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        kept = [field for field in fields if not field.lower().startswith(HOP_HEADERS)]
        opening = b"\r\n".join([f"{method} {path} HTTP/1.1".encode(), *kept, b"Connection: close", b"", b""])
        return str(url.hostname), url.port or 80, opening


async def _relay(
    here_reader: asyncio.StreamReader,
    here_writer: asyncio.StreamWriter,
    there_reader: asyncio.StreamReader,
    there_writer: asyncio.StreamWriter,
) -> None:
    """Copies both ways until either side ends, then ends the other."""
    ways = [
        asyncio.create_task(_copy(here_reader, there_writer)),
        asyncio.create_task(_copy(there_reader, here_writer)),
    ]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        there_writer.transport.abort()
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
