"""Plays a script on a wire: sends, waits, stalls, drops and lies, and records what it sent."""

import asyncio
import json
import socket
import struct
import time
import zlib

from aiohttp import web

from tests.upstream.record import Answer
from tests.upstream.script import Script
from tests.upstream.wires import Wire

HTML_PAGE = "<!doctype html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>"


async def play(request: web.Request, script: Script, wire: Wire, answer: Answer) -> web.StreamResponse:
    """The response to `request`; `answer` knows how it ended, whichever way that was."""
    try:
        return await _Player(request, script, wire, answer).respond()
    except (asyncio.CancelledError, ConnectionError):
        answer.end("client_closed")
        raise asyncio.CancelledError from None  # which aiohttp does not log as a fault of the service


class _Player:
    def __init__(self, request: web.Request, script: Script, wire: Wire, answer: Answer) -> None:
        self.request, self.script, self.wire, self.answer = request, script, wire, answer
        self.deflate = zlib.compressobj(9, zlib.DEFLATED, 31) if script.gzip or script.gzip_bomb else None
        self.response: web.StreamResponse = web.StreamResponse(headers=self._headers())
        self.next_beat = time.monotonic()

    async def respond(self) -> web.StreamResponse:
        script = self.script
        if script.hang_up or script.stall_headers:
            return await self._without_head()
        if script.status != 200 or script.html or script.body is not None:
            return self._refuse()
        await self.response.prepare(self.request)
        if script.gzip_bomb:
            await self._explode()
        elif script.document:
            self.answer.content.extend(script.deltas())
            await self._write(self.wire.document(self.answer.text))
        elif not await self._stream():
            return self.response
        await self._finish()
        return self.response

    async def _stream(self) -> bool:
        """Sends the deltas; False where the script cut the connection."""
        script = self.script
        if script.bad_json:
            await self._write(self.wire.odd() * 3)
        for start in range(0, len(script.reasoning), 7):
            await self._beat(script.delay_ms)
            self.answer.reasoning.append(script.reasoning[start : start + 7])
            await self._write(self.wire.reasoning(script.reasoning[start : start + 7]))
        await self._beat(script.first_delay_ms)
        while script.drip == "comments":
            await self._beat(script.delay_ms)
            await self._write(self.wire.comment())
        for count, text in enumerate([] if script.bad_json else script.deltas()):
            if await self._misbehave(count):
                return False
            await self._beat(script.delay_ms if count else 0)
            await self._delta(text)
        return not await self._misbehave(-1)

    async def _delta(self, text: str) -> None:
        if self.script.stamp:
            text = f"{time.time_ns()} {text}"
        if self.script.noise:
            await self._write(self.wire.noise())
        self.answer.content.append(text)
        await self._write(self.wire.delta(text))

    async def _misbehave(self, count: int) -> bool:
        """What the script has for this place; True where nothing more may be sent. -1 is the place after the last."""
        script = self.script
        total = len(self.answer.content)
        at = total if count < 0 else count
        if script.odd_after == at:
            await self._write(self.wire.odd())
        if script.error_after == at:
            await self._write(self.wire.error(script.error_event))
        if at in script.holds:
            await self.answer.gate.wait()
            self.answer.gate.clear()
            self.next_beat = time.monotonic()
        if script.stall_after == at:
            await asyncio.Event().wait()
        if script.reset_after == at:
            self._reset()
            return True
        if script.eof_after == at:
            await self.response.write_eof()
            self.answer.end("cut")
            return True
        return False

    async def _finish(self) -> None:
        if self.script.cut_line:
            await self._write(self.wire.delta("never whole")[:12])
        elif not self.script.document and not self.script.gzip_bomb:
            for frame in self.wire.end():
                await self._write(frame)
        if self.deflate is not None:
            await self.response.write(self.deflate.flush())
        await self.response.write_eof()
        self.answer.end("completed")

    async def _write(self, frame: bytes) -> None:
        if self.script.newline != "\n":
            frame = frame.replace(b"\n", self.script.newline.encode())
        if self.deflate is not None:
            frame = self.deflate.compress(frame) + self.deflate.flush(zlib.Z_SYNC_FLUSH)
        if self.script.split == "bytes":
            for index in range(len(frame)):
                await self.response.write(frame[index : index + 1])
                await asyncio.sleep(0)
        elif frame:
            await self.response.write(frame)

    async def _beat(self, delay_ms: float) -> None:
        if delay_ms:
            self.next_beat += delay_ms / 1000
            await asyncio.sleep(max(0.0, self.next_beat - time.monotonic()))

    async def _explode(self) -> None:
        assert self.deflate is not None
        await self.response.write(self.deflate.compress(b"data: "))
        for _ in range(self.script.gzip_bomb):
            if packed := self.deflate.compress(b"a" * 2**20):
                await self.response.write(packed)

    async def _without_head(self) -> web.StreamResponse:
        if self.script.stall_headers:
            await asyncio.Event().wait()
        self._reset()
        return self.response

    def _refuse(self) -> web.StreamResponse:
        script = self.script
        self.answer.end("refused")
        if script.html:
            return web.Response(status=script.status, text=HTML_PAGE, content_type="text/html", headers=script.headers)
        body = script.body
        if body is None:
            body = json.dumps({"error": {"message": f"scripted status {script.status}", "type": "scripted"}})
        return web.Response(
            status=script.status, text=body, headers={"Content-Type": "application/json"} | script.headers
        )

    def _reset(self) -> None:
        """Closes with RST, as a crashed process behind a load balancer does."""
        self.answer.end("cut")
        transport = self.request.transport
        if transport is not None:
            raw = transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": self.wire.content_type, "Cache-Control": "no-cache"}
        if self.script.document:
            headers["Content-Type"] = "application/json"
        if self.script.gzip or self.script.gzip_bomb:
            headers["Content-Encoding"] = "gzip"
        return headers | self.script.headers
