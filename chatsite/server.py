"""The web server of `manage.py serve`: daphne with limits, a plain word about an occupied port, and draining."""

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import Callable

from daphne.server import Server
from twisted.internet import reactor
from twisted.logger import (
    FilteringLogObserver,
    LogLevel,
    LogLevelFilterPredicate,
    STDLibLogObserver,
    globalLogBeginner,
)

from chat.lifecycle import lifecycle
from chatsite.guarded_http import GuardedHTTPFactory
from chatsite.guarded_websocket import GuardedSocket, GuardedSocketFactory
from chatsite.limits import Limits
from chatsite.proxies import true_client

BACKLOG = 1024
SERVICE_RESTART = 1012
# After the close frame a socket has 1 s to answer it (autobahn's own timer), then its consumer ends.
CLOSING_SECONDS = 2.0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; connections wait in the kernel until the server runs. Raises OSError."""
    if not 0 <= port <= 65_535:  # the resolver would take it modulo 65,536
        raise OSError(errno.EINVAL, "ports go from 0 to 65535")
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    listener.setblocking(False)
    return listener


class GuardedServer(Server):
    """Serves an ASGI application on a listening socket until SIGTERM or SIGINT, then drains and returns."""

    def __init__(self, application, listener: socket.socket, limits: Limits, ready: Callable[[], None]):
        self.limits = limits
        self._listener = listener
        self._port = None
        self._draining: asyncio.Task | None = None
        self._impatient = False
        self._hooks: asyncio.Task | None = None
        super().__init__(
            application,
            endpoints=[str(listener.getsockname())],
            ready_callable=ready,
            server_name="",
            # Views answer in milliseconds, but a long export is still being sent after any limit that would help.
            http_timeout=None,
            # Sockets live as long as their page; dead ones are found by pings. The answer is due before the next ping:
            # autobahn keeps one timer a socket, and a second ping would orphan the first one's.
            websocket_timeout=-1,
            ping_interval=20,
            ping_timeout=15,
            websocket_connect_timeout=20,
            websocket_handshake_timeout=20,
        )

    def run(self):
        """Serve. Replaces daphne's own, which parses endpoints itself and exits 0 when it cannot listen."""
        self.connections = {}
        _report_twisted_errors()
        self._make_factories()
        loop = reactor._asyncioEventloop
        asyncio.set_event_loop(loop)
        self._port = reactor.adoptStreamPort(self._listener.fileno(), self._listener.family, self.http_factory)
        self._listener.close()
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        self.ready_callable()
        reactor.run(installSignalHandlers=False)

    def stop(self):
        """Begin to drain; the second call does not wait for what is still running."""
        if self._draining is None:
            self._draining = asyncio.ensure_future(self._drain())
        else:
            self._impatient = True
            if self._hooks is not None:
                self._hooks.cancel()

    def create_application(self, protocol, scope):
        """Give the application the true client's address; daphne would take the left-most, which the client writes."""
        if self.limits.trusted_proxies and scope["client"]:
            forwarded_for = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
            host = true_client(scope["client"][0], forwarded_for, self.limits.trusted_proxies)
            if host != scope["client"][0]:
                scope["client"] = [host, 0]
        return super().create_application(protocol, scope)

    def _make_factories(self):
        self.http_factory = GuardedHTTPFactory(self)
        self.ws_factory = GuardedSocketFactory(self, server=self.server_name)
        self.ws_factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            openHandshakeTimeout=self.websocket_handshake_timeout,
            # Origins are the application's business; 0 because these two would bound what the server sends as well.
            allowNullOrigin=True,
            maxMessagePayloadSize=0,
            maxFramePayloadSize=0,
        )

    async def _drain(self):
        """Nobody new, the running work to its rest, 1012 to every socket, a moment for requests, the end."""
        await self._port.stopListening().asFuture(asyncio.get_running_loop())
        self._hooks = asyncio.ensure_future(lifecycle.shut_down(self.limits.shutdown_grace))
        if self._impatient:  # the second signal came before there was anything to cancel
            self._hooks.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._hooks
        for protocol in list(self.connections):
            if isinstance(protocol, GuardedSocket):
                protocol.end(SERVICE_RESTART, "restarting")
        await _finish([details.get("application_instance") for details in self.connections.values()])
        reactor.stop()


async def _finish(applications: list[asyncio.Future | None]) -> None:
    """Wait for the applications to end by themselves, then cancel the rest."""
    tasks = [task for task in applications if task is not None]
    if not tasks:
        return
    _, overdue = await asyncio.wait(tasks, timeout=CLOSING_SECONDS)
    for task in overdue:
        task.cancel()
    if overdue:
        await asyncio.wait(overdue, timeout=CLOSING_SECONDS)


def _report_twisted_errors() -> None:
    """Exceptions inside Twisted's callbacks to our log; daphne throws them away together with the chatter."""
    only_failures = LogLevelFilterPredicate(LogLevel.critical)
    observer = FilteringLogObserver(STDLibLogObserver("twisted"), [only_failures])
    globalLogBeginner.beginLoggingTo([observer], redirectStandardIO=False, discardBuffer=True)
