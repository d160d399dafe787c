"""Refuses sockets that another site's page opens."""

from typing import Any

from asgiref.typing import ASGI3Application, ASGIReceiveCallable, ASGISendCallable, Scope
from django.conf import settings
from django.http.request import split_domain_port, validate_host

DEFAULT_PORTS = {"http": "80", "https": "443"}


class ExactOrigin:
    """Lets a handshake through only from the site's own origin: scheme, host and port, to the letter.

    ORIGINS names the allowed ones (a proxy in front needs that); without it the handshake's own address is the one.
    Anything else is 403 before accept. Channels' validator ignores scheme and port, and `*` lets everything in.
    """

    def __init__(self, application: ASGI3Application) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> Any:
        if is_own_origin(scope):
            return await self.application(scope, receive, send)
        await receive()
        await send({"type": "websocket.close", "code": 4403, "reason": None})
        return None


def is_own_origin(scope: Any) -> bool:
    """Whether the one Origin header is exactly an allowed origin, in the form browsers write it."""
    origins = [value for name, value in scope["headers"] if name == b"origin"]
    if len(origins) != 1:
        return False
    origin = origins[0].decode("latin-1")
    if settings.ORIGINS:
        return origin in settings.ORIGINS
    return origin in _own_origins(scope)


def _own_origins(scope: Any) -> set[str]:
    hosts = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
    scheme = "https" if scope.get("scheme") == "wss" else "http"
    if len(hosts) != 1 or not validate_host(split_domain_port(hosts[0])[0], settings.ALLOWED_HOSTS):
        return set()
    return {f"{scheme}://{hosts[0].removesuffix(f':{DEFAULT_PORTS[scheme]}')}"}
