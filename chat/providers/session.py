"""The one aiohttp session of each event loop, and the one place where connectors are made."""

import asyncio
from collections.abc import AsyncGenerator, Callable

import aiohttp

ConnectorFactory = Callable[[], aiohttp.BaseConnector]
Keeper = AsyncGenerator[aiohttp.ClientSession, None]

_open: dict[asyncio.AbstractEventLoop, tuple[aiohttp.ClientSession, Keeper]] = {}


def default_connector() -> aiohttp.BaseConnector:
    """Any number of connections: a running answer holds one, and how many may run is decided before it starts."""
    return aiohttp.TCPConnector(limit=0, ttl_dns_cache=10)


_connector_factory: ConnectorFactory = default_connector


def use_connector(factory: ConnectorFactory) -> ConnectorFactory:
    """Lets `factory` make the connectors of sessions opened from now on; returns the one used before.

    A guard on addresses belongs here: the connector's `resolver` sees every name's addresses right before connecting,
    its `socket_factory` sees the address that is connected to, literal addresses included.
    """
    global _connector_factory
    previous, _connector_factory = _connector_factory, factory
    return previous


def session() -> aiohttp.ClientSession:
    """The running loop's session, made at first use; keeps no cookies and reads no environment."""
    loop = asyncio.get_running_loop()
    current = _open.get(loop)
    if current is None or current[0].closed:
        keeper = _keep(loop)
        current = _open[loop] = _first(keeper), keeper
    return current[0]


async def close_session() -> None:
    """Closes the running loop's session, if it has one; a later request opens a new one."""
    current = _open.get(asyncio.get_running_loop())
    if current is not None:
        await current[1].aclose()


async def _keep(loop: asyncio.AbstractEventLoop) -> Keeper:
    """Holds a session open. A loop that shuts down closes its unfinished generators, and this one so its session."""
    opened = aiohttp.ClientSession(
        connector=_connector_factory(),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
        trust_env=False,
    )
    try:
        yield opened
    finally:
        _open.pop(loop, None)
        await opened.close()


def _first(keeper: Keeper) -> aiohttp.ClientSession:
    """What the generator yields first; it awaits nothing before, so that one step brings it there."""
    try:
        keeper.__anext__().__await__().send(None)
    except StopIteration as stop:
        opened: aiohttp.ClientSession = stop.value
        return opened
    raise RuntimeError("opening a session awaited something")
