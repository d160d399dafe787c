"""A tab without a browser: speaks the wire to the real ASGI application."""

import asyncio
import json
from typing import Any
from uuid import uuid4

from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from chat.database import database
from chatsite.asgi import application

HOST = b"localhost"
ORIGIN = b"http://localhost"


def session_key(user) -> str:
    """A new session of a person, as signing in would make it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


class Socket:
    """`async with Socket(user) as socket`; every frame that came is in `frames`."""

    def __init__(self, user=None, origin: bytes | None = ORIGIN, path: str = "/ws/") -> None:
        self.user = user
        self.frames: list[dict[str, Any]] = []
        self.origin = origin
        self.path = path

    async def __aenter__(self) -> "Socket":
        headers = [(b"host", HOST)]
        if self.origin is not None:
            headers.append((b"origin", self.origin))
        if self.user is not None:
            key = await database.write(session_key, self.user)
            headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={key}".encode()))
        self.communicator = WebsocketCommunicator(application, self.path, headers=headers)
        self.connected, self.close_code = await self.communicator.connect(timeout=5)
        if self.connected and self.user is not None:
            self.ready = await self.until("session.ready")
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        if not self.communicator.future.cancelled():
            await self.communicator.disconnect(timeout=5)

    async def cut_off(self) -> None:
        """End the application as a server does once the browser has been gone for too long."""
        self.communicator.future.cancel()
        await asyncio.wait([self.communicator.future])

    async def send(self, type: str, **fields: Any) -> None:
        await self.communicator.send_to(text_data=json.dumps({"type": type, **fields}))

    async def receive(self, timeout: float = 5) -> dict[str, Any]:
        frame = json.loads(await self.communicator.receive_from(timeout=timeout))
        self.frames.append(frame)
        return frame

    async def until(self, type: str, timeout: float = 5, **fields: Any) -> dict[str, Any]:
        """Read frames up to the first of this type with these fields."""
        while True:
            frame = await self.receive(timeout)
            if frame["type"] == type and all(frame.get(name) == value for name, value in fields.items()):
                return frame

    async def settle(self) -> None:
        """Until every command that was sent before is done: those of both lanes, by an unknown id for each."""
        probes = [("conversation.open", "conversation_id"), ("generation.stop", "generation_id")]
        for type, name in probes:
            await self.send(type, request_id=f"settled {type}", **{name: str(uuid4())})
        for _ in probes:
            while not (await self.receive()).get("request_id", "").startswith("settled "):
                pass
            self.frames.pop()

    async def ask(self, content: str, **fields: Any) -> dict[str, Any]:
        """Send a message; returns its `generation.started`."""
        client_id = str(uuid4())
        await self.send("message.send", client_id=client_id, content=content, **fields)
        while (created := await self.until("message.created", client_id=client_id))["message"]["role"] != "assistant":
            pass
        return await self.until("generation.started", message_id=created["message"]["id"])

    def text(self, generation_id: str, kind: str = "content") -> str:
        """What the deltas of a generation have said so far."""
        return "".join(
            part["text"]
            for frame in self.frames
            if frame["type"] == "generation.delta" and frame["generation_id"] == generation_id
            for part in frame["parts"]
            if part["kind"] == kind
        )
