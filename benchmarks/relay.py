"""The yardstick: a bare aiohttp relay that keeps nothing. It coalesces as the site does, and does nothing else.

`python -m benchmarks.relay --upstream http://127.0.0.1:PORT/v1`; speaks just enough of the wire for benchmarks.clients.
"""

import argparse
import asyncio
import json

from aiohttp import ClientSession, ClientTimeout, TCPConnector, WSMsgType, web

FRAME_INTERVAL = 0.03
DATA = b"data: "


class Stream:
    """The text of one answer that has not been sent yet."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.news = asyncio.Event()
        self.ended = False

    def feed(self, line: bytes) -> None:
        if not line.startswith(DATA) or line == b"data: [DONE]":
            return
        choices = json.loads(line[len(DATA) :]).get("choices")
        if choices and (text := choices[0]["delta"].get("content")):
            self.pieces.append(text)
            self.news.set()


async def pull(session: ClientSession, url: str, command: dict, stream: Stream) -> None:
    """Read the upstream's answer into the stream."""
    body = {"model": "scripted-1", "stream": True, "messages": [{"role": "user", "content": command["content"]}]}
    rest = b""
    async with session.post(url, json=body) as response:
        async for data in response.content.iter_any():
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                stream.feed(line.strip())
    stream.ended = True
    stream.news.set()


async def push(socket: web.WebSocketResponse, stream: Stream, generation_id: str) -> None:
    """Send what is new, at most every 30 ms."""
    position = 0
    while True:
        await stream.news.wait()
        stream.news.clear()
        if stream.pieces:
            text, stream.pieces = "".join(stream.pieces), []
            start, position = position, position + len(text)
            parts = [{"kind": "content", "text": text}]
            frame = {"type": "generation.delta", "generation_id": generation_id, "from": start, "to": position}
            await socket.send_str(json.dumps({**frame, "parts": parts}))
        if stream.ended and not stream.pieces:
            return
        await asyncio.sleep(FRAME_INTERVAL)


async def relay(request: web.Request) -> web.WebSocketResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    await socket.send_str(json.dumps({"type": "session.ready"}))
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            break
        command = json.loads(message.data)
        if command["type"] != "message.send":
            continue
        stream = Stream()
        url = request.app["upstream"] + "/chat/completions"
        puller = asyncio.create_task(pull(request.app["session"], url, command, stream))
        await push(socket, stream, command["client_id"])
        await puller
        await socket.send_str(json.dumps({"type": "generation.ended", "generation_id": command["client_id"]}))
    return socket


async def serve(upstream: str) -> None:
    app = web.Application()
    app["upstream"] = upstream
    app["session"] = ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=None))
    app.router.add_get("/ws/", relay)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"Relay is at http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relay", description=__doc__)
    parser.add_argument("--upstream", required=True)
    asyncio.run(serve(parser.parse_args().upstream))
