"""A very small ASGI application behind the guarded server, so that a test sees the server and nothing else.

Run as `python -m tests.site.tiny [name=value ...]`: the pairs are fields of Limits.
"""

import asyncio
import json
import sys

from chat.lifecycle import lifecycle
from chatsite.env import networks
from chatsite.limits import Limits
from chatsite.server import GuardedServer, listen


async def application(scope, receive, send):
    """HTTP tells what it was given; sockets echo, or at /deaf never read."""
    if scope["type"] == "http":
        await _http(scope, receive, send)
    else:
        await _socket(scope, receive, send)


async def _http(scope, receive, send):
    size = 0
    while (event := await receive())["type"] == "http.request":
        size += len(event["body"])
        if not event["more_body"]:
            break
    seen = {"path": scope["path"], "root_path": scope["root_path"], "client": scope["client"][0], "size": size}
    await send({"type": "http.response.start", "status": 200, "headers": [(b"Content-Type", b"application/json")]})
    if scope["path"] == "/breaks":
        await send({"type": "http.response.body", "body": b"begun", "more_body": True})
        raise RuntimeError("broken on purpose")
    await send({"type": "http.response.body", "body": json.dumps(seen).encode()})


async def _socket(scope, receive, send):
    await receive()
    await send({"type": "websocket.accept"})
    if scope["path"] == "/deaf":
        await asyncio.Event().wait()
    if scope["path"] == "/waits":
        lifecycle.on_shutdown(lambda grace: _say_goodbye(send))
    if scope["path"] == "/overstays":
        lifecycle.on_shutdown(lambda grace: asyncio.Event().wait())
    if scope["path"] == "/large":
        await send({"type": "websocket.send", "text": "x" * 3_000_000})
    await send(
        {"type": "websocket.send", "text": json.dumps({"client": scope["client"][0], "root": scope["root_path"]})}
    )
    while (event := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": str(len(event.get("text") or event.get("bytes")))})
    print(f"disconnected {event['code']}", flush=True)


async def _say_goodbye(send):
    await send({"type": "websocket.send", "text": "draining"})


def _limits(pairs):
    values = dict(pair.split("=", 1) for pair in pairs)
    trusted = tuple(networks(filter(None, values.pop("trusted_proxies", "").split(",")), "trusted_proxies"))
    sizes = {name: float(value) if "." in value else int(value) for name, value in values.items()}
    return Limits(**sizes, trusted_proxies=trusted)


if __name__ == "__main__":
    listener = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    GuardedServer(
        application, listener, _limits(sys.argv[1:]), ready=lambda: print(f"Scripta is at {url}", flush=True)
    ).run()
