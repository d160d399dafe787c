"""Requests to a service: streaming answers and small JSON documents, within budgets, closed at once when left."""

import asyncio
import contextlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Self

import aiohttp
from yarl import URL

from chat.providers import errors, faults
from chat.providers.budgets import Budgets, Clock
from chat.providers.retry import DEFAULT_TRIES, with_tries
from chat.providers.session import close_session, session

__all__ = [
    "AnswerBody",
    "Call",
    "checked_url",
    "close_session",
    "get_json",
    "open_body",
    "proxy_secrets",
    "read_bounded",
    "session",
]

ERROR_BODY_BYTES = 16 * 2**10
ERROR_BODY_SECONDS = 5.0
DOCUMENT_BYTES = 16 * 2**20
SETTLE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Call:
    """One request and all that bounds it. `secrets` are values that no error may show."""

    url: str
    headers: Mapping[str, str]
    payload: Mapping[str, Any] | None = None
    method: str = "POST"
    proxy: str | None = None
    budgets: Budgets = field(default_factory=Budgets)
    tries: int = DEFAULT_TRIES
    secrets: tuple[str | None, ...] = ()

    @property
    def hidden(self) -> tuple[str | None, ...]:
        """The secrets of the call together with the proxy's password."""
        return (*self.secrets, *proxy_secrets(self.proxy))

    def asks(self, name: str) -> bool:
        """Whether the payload has the field."""
        return name in (self.payload or {})

    def without(self, name: str) -> "Call":
        """The same call without a field of its payload."""
        return replace(self, payload={key: value for key, value in (self.payload or {}).items() if key != name})


class AnswerBody:
    """The body of a 200 answer as it arrives: iterate for chunks of bytes, `async with` it so that leaving closes it.

    Raises only typed errors. Set `first_delta_seen` at the first delta: from then on the idle budget holds instead of
    the first-delta budget. Leaving before the end closes the connection; after the end it goes back to the pool.
    """

    def __init__(self, response: aiohttp.ClientResponse, clock: Clock, call: Call) -> None:
        self.status = response.status
        self.content_type = response.content_type
        self.received = 0
        self._response, self._content = response, response.content
        self._clock, self._call = clock, call
        self._loop = asyncio.get_running_loop()
        self._end_watch = clock.watch(self._content.set_exception)

    def first_delta_seen(self) -> None:
        self._clock.first_delta_seen = True

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        clock = self._clock
        clock.waiting_since = self._loop.time()
        try:
            chunk = await self._content.readany()
        except (aiohttp.ClientError, OSError) as exc:
            raise faults.from_reading(exc, self._call.hidden) from None
        finally:
            clock.waiting_since = None
        if not chunk:
            raise StopAsyncIteration
        self.received += len(chunk)
        if self.received > clock.budgets.bytes:
            raise errors.TooLargeError
        return chunk

    async def settle(self) -> None:
        """After the dialect's end mark: waits a moment for HTTP's own end, so that the connection can be used again."""
        with contextlib.suppress(TimeoutError, errors.ProviderError):
            async with asyncio.timeout(SETTLE_SECONDS):
                async for _ in self:
                    pass

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_watch()
        self._response.close()


async def open_body(call: Call, clock: Clock) -> AnswerBody:
    """Sends the call, again where that helps, and returns the body of its 200 answer, not yet read.

    Enter what it returns at once (`async with await open_body(...)`): until then nothing would close it.
    """
    response = await with_tries(lambda: _respond(call, clock), clock, call.tries)
    return AnswerBody(response, clock, call)


async def get_json(call: Call) -> Any:
    """The JSON document at `call.url`, at most 16 MB; raises typed errors."""
    async with await open_body(call, Clock(call.budgets)) as body:
        received = bytearray()
        async for chunk in body:
            received += chunk
            if len(received) > DOCUMENT_BYTES:
                raise errors.TooLargeError
    try:
        return json.loads(received, strict=False)
    except (ValueError, RecursionError):
        text = received[:ERROR_BODY_BYTES].decode("utf-8", "replace")
        raise errors.BadResponseError(status=body.status, excerpt=text, secrets=call.hidden) from None


async def _respond(call: Call, clock: Clock) -> aiohttp.ClientResponse:
    try:
        response = await _request(call, clock)
    except (aiohttp.ClientError, OSError, ValueError) as exc:
        raise faults.from_exception(exc, proxy=call.proxy, secrets=call.hidden) from None
    try:
        if response.status != 200 or response.content_type in ("text/html", "application/xhtml+xml"):
            raise await _refusal(response, call)
    except BaseException:
        response.close()
        raise
    return response


async def _request(call: Call, clock: Clock) -> aiohttp.ClientResponse:
    connect = call.budgets.connect
    async with clock.scope():
        return await session().request(
            call.method,
            call.url,
            data=None if call.payload is None else io.BytesIO(json.dumps(call.payload).encode()),
            headers={"Content-Type": "application/json", **call.headers},
            proxy=checked_url(call.proxy, "proxy") if call.proxy else None,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=None, connect=connect, sock_connect=connect, ceil_threshold=60),
        )


async def _refusal(response: aiohttp.ClientResponse, call: Call) -> errors.ProviderError:
    """The error for an answer that is none: a status other than 200, or a web page."""
    body = (await read_bounded(response, ERROR_BODY_BYTES, ERROR_BODY_SECONDS)).decode("utf-8", "replace")
    if response.status == 200:
        return errors.BadResponseError(
            "The service answered with a web page instead of an answer. Check the connection's base URL.",
            status=200, excerpt=body, secrets=call.hidden,
        )  # fmt: skip
    return faults.from_status(response.status, response.headers, body, call.hidden)


async def read_bounded(response: aiohttp.ClientResponse, limit: int, seconds: float) -> bytes:
    """Up to `limit` bytes of the body, and what has come after `seconds` if it does not end before; never raises."""
    received = bytearray()
    with contextlib.suppress(aiohttp.ClientError, OSError):
        async with asyncio.timeout(seconds):
            while len(received) < limit and (piece := await response.content.read(limit - len(received))):
                received += piece
    return bytes(received)


def proxy_secrets(proxy: str | None) -> tuple[str | None, ...]:
    """A proxy URL's password, plain and as the URL spells it."""
    try:
        url = URL(proxy or "")
    except ValueError:
        return ()
    return url.password, url.raw_password


def checked_url(url: str, name: str) -> str:
    """The URL without a trailing slash, if it is http(s) with a host; only a proxy's may carry a user and password."""
    try:
        parsed = URL(url.strip())
        parsed.port  # noqa: B018  raises ValueError where the port is out of range
    except (ValueError, AttributeError):
        raise errors.MisconfiguredError(f"The {name} URL cannot be read. Correct it in the connection.") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise errors.MisconfiguredError(f"The {name} URL must begin with http:// or https:// and name a host.")
    extra = parsed.query_string or parsed.fragment or (name != "proxy" and (parsed.user or parsed.password))
    if extra:
        raise errors.MisconfiguredError(f"The {name} URL must have no user, password, query or fragment.")
    return str(parsed).rstrip("/")
