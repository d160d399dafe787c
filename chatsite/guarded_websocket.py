"""WebSockets of the server with limits that daphne lacks: unread frames, fragments, a close frame that says why."""
# ruff: noqa: N802, N803 - the overridden names are Twisted's and autobahn's

from collections import deque
from itertools import islice

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol

from chatsite import refusal
from chatsite.quick_frames import text_frame, write_now

TOO_BIG = 1009
FLOOD = 4429
STALLED = 4408
# Deltas have a window of their own; this bounds what a browser that never reads may ask for: 400 snapshots held 707 MB.
UNSENT_MAX_BYTES = 16 * 2**20
RESERVED = (1001, 1012, 1013)  # going away, service restart, try again later
# One message may come in fragments, and empty ones are free for the client, yet each costs the server a list entry.
FRAGMENTS_MAX = 1_024
# The bound on unread frames alone would let a socket hold 64 frames of 1 MB.
UNREAD_FRAMES_OF_FULL_SIZE = 4


class GuardedSocket(WebSocketProtocol):
    """One socket. A client that breaks a rule is told the code, then nothing more of it is parsed."""

    def connectionMade(self):
        super().connectionMade()
        self._unread_sizes = deque(maxlen=self._limits.unread_frames_max)

    @property
    def _limits(self):
        return self.factory.server_class.limits

    def dataReceived(self, data):
        if not self.failedByMe:
            super().dataReceived(data)

    def onMessageBegin(self, isBinary):
        self._fragments = 0
        super().onMessageBegin(isBinary)

    def onMessageFrameBegin(self, length):
        self._fragments += 1
        super().onMessageFrameBegin(length)
        if self.message_data_total_length > self._limits.frame_max_bytes or self._fragments > FRAGMENTS_MAX:
            self._fail_connection(TOO_BIG, "message too big")

    def onMessage(self, payload, isBinary):
        if self.failedByMe:
            return
        unread = self.application_queue.qsize()
        waiting_bytes = sum(islice(reversed(self._unread_sizes), unread)) + len(payload)
        if (
            unread >= self._limits.unread_frames_max
            or waiting_bytes > UNREAD_FRAMES_OF_FULL_SIZE * self._limits.frame_max_bytes
        ):
            self._fail_connection(FLOOD, "too many frames at once")
            return
        self._unread_sizes.append(len(payload))
        super().onMessage(payload, isBinary)

    def onPing(self, payload):
        """Answer, unless the client does not read: 64 kB of ours wait, and its pings would add to them for ever."""
        if not self.transport.producerPaused:
            super().onPing(payload)

    def onClose(self, wasClean, code, reason):
        if hasattr(self, "server"):  # else the handshake was refused before daphne knew of the socket
            super().onClose(wasClean, self.localCloseCode if self.failedByMe else code, reason)

    def handle_reply(self, message):
        """Whatever the application still says into a socket that is closing is no error of the application.

        autobahn raises when it is to close with a code that is reserved for servers.
        """
        if self.state not in (self.STATE_CONNECTING, self.STATE_OPEN):
            return
        if self._unsent_bytes() > UNSENT_MAX_BYTES:
            self._fail_connection(STALLED, "too much is unread")
            self.transport.abortConnection()  # what waits would otherwise be kept until it is read
        elif self.state == self.STATE_OPEN and message["type"] == "websocket.send" and message.get("text"):
            write_now(self.transport, text_frame(message["text"].encode()))
        elif self.state == self.STATE_OPEN and message["type"] == "websocket.close" and message.get("code") in RESERVED:
            self.end(message["code"], message.get("reason") or "")
        else:
            super().handle_reply(message)

    def failHandshake(self, reason, code=400, responseHeaders=None):
        """A broken Origin is a foreign one: autobahn refuses it before the application does, but with 400."""
        super().failHandshake(reason, 403 if reason.startswith("HTTP Origin header") else code, responseHeaders)

    def sendHttpErrorResponse(self, code, reason, responseHeaders=None):
        self.sendData(refusal.response(code))

    def _unsent_bytes(self) -> int:
        """What Twisted holds for a client that does not read."""
        transport = self.transport
        return len(transport.dataBuffer) - transport.offset + transport._tempDataLen

    def end(self, code: int, reason: str) -> None:
        """Say goodbye with a code that autobahn reserves for servers, such as 1012; a handshake is given 503."""
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code, reason.encode())
        elif self.state == self.STATE_CONNECTING:
            self.failHandshake(reason, 503)

    def _fail_connection(self, code=1001, reason="going away"):
        """Close with the code. autobahn drops the connection instead, which a page sees as a network failure; what it
        would still parse after a violation (a control frame may claim 2^63 bytes) is thrown away in dataReceived.
        Its own timer ends the connection after a second.
        """
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code, reason.encode()[:123])
        self.failedByMe = True


class GuardedSocketFactory(WebSocketFactory):
    """Makes the guarded sockets."""

    protocol = GuardedSocket
