"""Static files, served before Django sees the request: a first visit asks for some 140 of them."""

from pathlib import Path
from wsgiref.headers import Headers

from asgiref.typing import ASGI3Application
from csp.utils import build_policy
from django.conf import settings
from servestatic import ServeStaticASGI


def with_static_files(application: ASGI3Application) -> ASGI3Application:
    """The application behind the files that were collected; with DEBUG middleware finds them where they are written."""
    if settings.DEBUG or not Path(settings.STATIC_ROOT).is_dir():
        return application
    return ServeStaticASGI(
        application, root=settings.STATIC_ROOT, prefix=settings.STATIC_URL, add_headers_function=_protect
    )


def _protect(headers: Headers, path: str, url: str) -> None:
    """What middleware adds to every other response."""
    headers["Content-Security-Policy"] = _POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = settings.SECURE_REFERRER_POLICY
    headers["Cross-Origin-Opener-Policy"] = settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"


_POLICY = build_policy()
