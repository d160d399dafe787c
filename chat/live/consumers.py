"""The socket of a tab: authorises, decodes, calls one service, forwards."""

import contextlib
import logging
from functools import partial
from typing import Any

from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.core.exceptions import PermissionDenied

from chat.accounts.access import for_user
from chat.accounts.setup import prepare_site
from chat.database import database
from chat.errors import ChatError
from chat.events import Event, Refused, ServerDraining, SessionEnded, SessionReady
from chat.generation.runner import RECONNECT_AFTER_MS
from chat.lifecycle import lifecycle
from chat.live import commands, protocol, sessions
from chat.live.lanes import Lanes
from chat.live.tab import CLOSE_RESTARTING, Tab
from chat.shapes import UserInfo

logger = logging.getLogger(__name__)

CLOSE_SESSION_ENDED = 4401


class ChatConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One socket a tab. No input, however broken, closes it; only floods, oversize frames and a lost session do."""

    tab: Tab | None = None
    lanes: Lanes | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve the socket. However that ends, also by a cancellation, nothing of the tab goes on."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self.tab is not None and self.lanes is not None:
                try:
                    await self.lanes.close()
                finally:
                    await self.tab.close()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Hand a message to its method. Channels would first visit a thread to close database connections that nothing
        here opens: for each acknowledgement of a browser that costs more than the frames it acknowledges.
        """
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        """A handshake without a session is accepted and told so: to a page a refusal looks like a network failure.

        So is one that comes while the process drains: under a server that goes on listening, pages would stay here.
        """
        await self.accept()
        if lifecycle.draining:
            await self._send(ServerDraining(RECONNECT_AFTER_MS))
            await self.close(CLOSE_RESTARTING)
            return
        user = await database.look_up(sessions.user_of, self.scope["headers"])
        try:
            access = for_user(user)
        except PermissionDenied:
            await self._send(SessionEnded("signed_out"))
            await self.close(CLOSE_SESSION_ENDED)
            return
        site = await database.look_up(prepare_site)
        actor = access.actor
        await self._send(
            SessionReady(
                UserInfo(actor.id, actor.get_username(), actor.is_staff), protocol.PROTOCOL_VERSION, site.epoch
            )
        )
        self.tab = Tab(access, site.epoch, self._send, self.close)
        self.tab.open()
        self.lanes = Lanes(partial(self._do, self.tab))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One command in; its answer follows in its turn."""
        if self.lanes is None:
            return
        try:
            if text_data is None:
                raise protocol.Unreadable("frame.binary", "Commands are text frames.")
            command = protocol.decode(text_data)
        except protocol.Unreadable as error:
            await self._send(Refused(error.code, error.message, error.request_id))
        else:
            await self.lanes.take(command, len(text_data))

    async def disconnect(self, code: int) -> None:
        """What was asked for before the browser went is still done; how long that may take is the server's business."""
        if self.lanes is not None:
            await self.lanes.finish()

    async def _do(self, tab: Tab, command: protocol.AnyCommand) -> None:
        try:
            await commands.handle(tab, command)
        except ChatError as error:
            await self._send(Refused(error.code, error.message, command.request_id))
        except Exception:
            logger.exception("a command failed")
            words = "Something went wrong on this server. Try again."
            await self._send(Refused("server.error", words, command.request_id))

    async def _send(self, event: Event) -> None:
        with contextlib.suppress(OSError, RuntimeError):  # it has gone: daphne ignores that, uvicorn raises either
            await self.base_send({"type": "websocket.send", "text": protocol.encode(event)})


class UnknownConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Every address but `/ws/`."""

    async def websocket_connect(self, message: dict[str, Any]) -> None:
        await self.close()
        raise StopConsumer
