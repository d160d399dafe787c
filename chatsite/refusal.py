"""The answers that the server gives itself, without the application."""

from http import HTTPStatus

HEADERS = (
    (b"Content-Type", b"text/plain; charset=utf-8"),
    (b"Content-Security-Policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"X-Content-Type-Options", b"nosniff"),
    (b"Cache-Control", b"no-store"),
    (b"Connection", b"close"),
)


def body(status: int) -> bytes:
    """The one line that a person reads, such as `413 Request Entity Too Large`."""
    return f"{status} {HTTPStatus(status).phrase}\n".encode()


def response(status: int) -> bytes:
    """A whole HTTP response on the wire; the connection is closed after it."""
    text = body(status)
    lines = [f"HTTP/1.1 {text.decode().strip()}".encode(), b"Content-Length: %d" % len(text)]
    lines += [name + b": " + value for name, value in HEADERS]
    return b"\r\n".join(lines) + b"\r\n\r\n" + text
