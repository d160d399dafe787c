"""HTTP of the server with limits that daphne lacks: body size, time for the header and the body, forged headers."""
# ruff: noqa: N802 - the overridden names are Twisted's and autobahn's

from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.web.http import HTTPChannel

from chatsite import refusal
from chatsite.limits import Limits

# A client that is still sending when it is refused has to be read for a moment: closing with unread bytes in the kernel
# sends a reset, which destroys the answer on its way (nginx calls this lingering close).
LINGER_SECONDS = 2.0
# Longer than the 60 s for which nginx keeps idle connections to its upstream: the proxy has to be the one who closes.
IDLE_SECONDS = 75


class GuardedChannel(HTTPChannel):
    """One connection: its header and its body have a deadline as a whole, not from byte to byte."""

    _deadline = None
    _refused = False

    @property
    def limits(self) -> Limits:
        return self.factory.server.limits

    def connectionMade(self):
        super().connectionMade()
        self._arm(self.limits.header_timeout)

    def dataReceived(self, data):
        if self._refused:
            return
        if self._deadline is None and not self._handlingRequest:
            self._arm(self.limits.header_timeout)
        super().dataReceived(data)

    def lineReceived(self, line):
        if not self._refused:
            super().lineReceived(line)

    def rawDataReceived(self, data):
        if not self._refused:
            super().rawDataReceived(data)

    def allHeadersReceived(self):
        self._disarm()
        super().allHeadersReceived()
        if self.length != 0 and not self._refused:
            self._arm(self.limits.body_timeout)

    def allContentReceived(self):
        self._disarm()
        super().allContentReceived()

    def connectionLost(self, reason):
        self._disarm()
        super().connectionLost(reason)

    def refuse(self, status: int) -> None:
        """Answer at once, read on for a moment without keeping anything, close."""
        if self._refused:
            return
        self._refused = True
        self._disarm()
        self.setTimeout(None)
        self._networkProducer.unregisterProducer()
        self.transport.write(refusal.response(status))
        self.transport.loseWriteConnection()
        self._arm(LINGER_SECONDS)

    def _respondToBadRequestAndDisconnect(self):
        self.refuse(400)

    def _arm(self, seconds):
        self._disarm()
        self._deadline = self.callLater(seconds, self._expire)

    def _disarm(self):
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None

    def _expire(self):
        self._deadline = None
        if self._refused or not self.requests:
            self.transport.abortConnection()
        else:
            self.refuse(408)


class GuardedRequest(WebRequest):
    """One request: a bounded body, and no header that only a proxy in front may set."""

    _size = 0

    def gotLength(self, length):
        super().gotLength(length if length is None or length <= self._max_bytes else 0)
        if length is not None and length > self._max_bytes:
            self._refuse_body()

    def handleContentChunk(self, data):
        self._size += len(data)
        if self._size > self._max_bytes:
            self._refuse_body()
        elif not self.channel._refused:
            super().handleContentChunk(data)

    def requestReceived(self, command, path, version):
        if not self.channel._refused:
            super().requestReceived(command, path, version)

    def process(self):
        self.requestHeaders.removeHeader(b"Daphne-Root-Path")
        return super().process()

    def basic_error(self, status, status_text, body):
        """A plain answer instead of daphne's page with inline style; a response that has begun is cut off.

        daphne would write a second status line into it and raise, which ends the loop that reaps applications.
        """
        if self.finished or self.channel is None:
            return
        if self._response_started:
            self.channel.transport.abortConnection()
            return
        self.channel.persistent = False
        self.handle_reply({"type": "http.response.start", "status": status, "headers": refusal.HEADERS})
        self.handle_reply({"type": "http.response.body", "body": refusal.body(status)})

    @property
    def _max_bytes(self):
        return self.server.limits.request_max_bytes

    def _refuse_body(self):
        self.requestHeaders.removeHeader(b"Expect")  # or Twisted says "100 Continue" after the refusal
        self.channel.refuse(413)


class GuardedHTTPFactory(HTTPFactory):
    """Makes the guarded connections. HTTP/2 is the proxy's business, so the choice by ALPN is left out."""

    protocol = GuardedChannel

    def __init__(self, server):
        super().__init__(server)
        self.timeOut = IDLE_SECONDS

    def buildProtocol(self, addr):
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = GuardedRequest
        return protocol
