"""Many browsers in one process: each asks one question, reads its answer, and says when everything came.

`python -m benchmarks.clients URL SESSIONS.json --streams N --rate CHUNKS_A_SECOND --seconds S` prints one JSON object.
The upstream stamps every delta with the moment of its sending; both clocks are this machine's.
"""

import argparse
import asyncio
import json
import re
import time
from pathlib import Path
from statistics import median
from uuid import uuid4

from aiohttp import ClientSession, ClientTimeout, TCPConnector, WSMsgType

STAMP = re.compile(r"(\d{19}) ")
ACK_FRAMES = 16


class Browser:
    """One socket with one question. Times are in nanoseconds."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.asked_at = 0
        self.first_at = 0
        self.delays: list[int] = []
        self.ended = ""
        self.frames = 0

    async def connect(self, session: ClientSession, url: str, cookie: str) -> None:
        origin = url.replace("ws://", "http://").removesuffix("/ws/")
        headers = {"Origin": origin, "Cookie": f"sessionid={cookie}"}
        self.socket = await session.ws_connect(url, headers=headers, max_msg_size=0)
        await self.until("session.ready")

    async def ask(self) -> None:
        """Ask, and read up to the end."""
        self.asked_at = time.time_ns()
        command = {"type": "message.send", "client_id": str(uuid4()), "content": self.content}
        await self.socket.send_str(json.dumps(command))
        await self.until("generation.ended")

    async def until(self, kind: str) -> None:
        async for message in self.socket:
            if message.type is not WSMsgType.TEXT:
                break
            now = time.time_ns()
            frame = json.loads(message.data)
            if frame["type"] == "generation.delta":
                await self.take(frame, now)
            if frame["type"] == kind:
                self.ended = frame.get("status", "completed")
                return
        raise ConnectionError(f"closed with {self.socket.close_code} before {kind}")

    async def take(self, frame: dict, now: int) -> None:
        self.first_at = self.first_at or now
        self.frames += 1
        for part in frame["parts"]:
            self.delays += [now - int(stamp) for stamp in STAMP.findall(part["text"])]
        if self.frames % ACK_FRAMES == 0:
            ack = {"type": "ack", "generation_id": frame["generation_id"], "position": frame["to"]}
            await self.socket.send_str(json.dumps(ack))


def percentile(values: list[int], share: float) -> float | None:
    """In milliseconds."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] / 1e6, 1) if ordered else None


async def run(url: str, cookies: list[str], streams: int, rate: float, seconds: float) -> dict:
    chunks = max(1, round(rate * seconds))
    content = "!" + json.dumps({"chunks": chunks, "delay_ms": 1000 / rate, "stamp": True})
    browsers = [Browser(content) for _ in range(streams)]
    async with ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=None)) as session:
        warm_up = Browser('!{"chunks": 3, "stamp": true}')
        await warm_up.connect(session, url, cookies[0])
        await warm_up.ask()  # the first answer of a process pays for what it loads
        await warm_up.socket.close()
        for start in range(0, streams, 50):
            batch = browsers[start : start + 50]
            await asyncio.gather(
                *(b.connect(session, url, cookies[(start + n) % len(cookies)]) for n, b in enumerate(batch))
            )
        print("ready", flush=True)
        await asyncio.to_thread(input)
        began = time.monotonic()
        outcomes = await asyncio.gather(*(browser.ask() for browser in browsers), return_exceptions=True)
        took = time.monotonic() - began
    firsts = [browser.first_at - browser.asked_at for browser in browsers if browser.first_at]
    delays = [delay for browser in browsers for delay in browser.delays]
    return {
        "streams": streams,
        "chunks": len(delays),
        "expected": chunks * streams,
        "seconds": round(took, 2),
        "frames": sum(browser.frames for browser in browsers),
        "completed": sum(browser.ended == "completed" for browser in browsers),
        "errors": sorted({repr(outcome) for outcome in outcomes if outcome is not None})[:3],
        "first_delta_p50_ms": round(median(firsts) / 1e6, 1) if firsts else None,
        "delay_p50_ms": percentile(delays, 0.5),
        "delay_p99_ms": percentile(delays, 0.99),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.clients", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("sessions", type=Path)
    parser.add_argument("--streams", type=int, required=True)
    parser.add_argument("--rate", type=float, default=100.0)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    known = list(json.loads(options.sessions.read_text()).values())
    print(json.dumps(asyncio.run(run(options.url, known, options.streams, options.rate, options.seconds))))
