"""What the scripted service saw and sent: the one record that tests compare stored and received text with."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Answer:
    """One request for an answer and how it went.

    `ended` is `completed` (all was sent), `client_closed`, `cut` (by the script) or `refused`; times are monotonic.
    """

    wire: str
    headers: dict[str, str]
    body: Any
    peer: int = 0  # the client's port: two answers with the same one shared a connection
    started_at: float = field(default_factory=time.monotonic)
    content: list[str] = field(default_factory=list)
    reasoning: list[str] = field(default_factory=list)
    ended: str | None = None
    ended_at: float | None = None
    end_event: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)  # what `hold_after` waits for

    @property
    def text(self) -> str:
        """Exactly the content that was handed to the network."""
        return "".join(self.content)

    def end(self, how: str) -> None:
        if self.ended is None:
            self.ended, self.ended_at = how, time.monotonic()
            self.end_event.set()

    async def wait_ended(self, seconds: float = 20.0) -> str:
        """How the connection ended, once it has."""
        async with asyncio.timeout(seconds):
            await self.end_event.wait()
        return str(self.ended)

    def as_dict(self) -> dict[str, Any]:
        """For `GET /_log`."""
        return {
            "wire": self.wire,
            "headers": self.headers,
            "body": self.body,
            "started_at": self.started_at,
            "text": self.text,
            "reasoning": "".join(self.reasoning),
            "ended": self.ended,
            "ended_at": self.ended_at,
        }
