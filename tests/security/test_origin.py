"""A socket is opened only by the site's own pages: any other Origin is 403 before anything is accepted."""

import pytest
from channels.testing import WebsocketCommunicator

from chatsite.asgi import application
from tests.live.socket import Socket
from tests.site import wire

FOREIGN = {
    "missing": [],
    "empty": [""],
    "null": ["null"],
    "other host": ["http://evil.example.org"],
    "subdomain": ["http://sub.{host}"],
    "host as a suffix": ["http://evil{host}"],
    "host as a subdomain": ["http://{name}.evil.example.org{port}"],
    "other port": ["http://{name}:1"],
    "impossible port": ["http://{name}:99999"],
    "other scheme": ["https://{host}"],
    "scheme of a socket": ["ws://{host}"],
    "no scheme": ["{host}"],
    "relative scheme": ["//{host}"],
    "file": ["file://"],
    "user": ["http://user@{host}"],
    "host as user": ["http://{host}@evil.example.org"],
    "upper case host": ["http://LOCALHOST{port}"],
    "upper case scheme": ["HTTP://{host}"],
    "trailing dot": ["http://{name}.{port}"],
    "trailing slash": ["http://{host}/"],
    "path": ["http://{host}/ws/"],
    "trailing space": ["http://{host} "],
    "two in one": ["http://{host}, http://evil.example.org"],
    "two with a space": ["http://{host} http://evil.example.org"],
    "two headers": ["http://{host}", "http://evil.example.org"],
    "two headers, ours last": ["http://evil.example.org", "http://{host}"],
    "the same twice": ["http://{host}", "http://{host}"],
    "tab": ["http://{host}\t"],
    "not ascii": ["http://lоcalhost{port}"],
    "wildcard": ["*"],
}
OVER_THE_WIRE = [name for name in FOREIGN if name not in {"trailing space", "tab"}]
"""HTTP itself takes white space off the end of a value."""


def written(origin, host):
    """An Origin of the table for this host."""
    name, colon, port = host.partition(":")
    return origin.format(host=host, name=name, port=colon + port)


async def opens(origins, host="localhost", path="/ws/"):
    """Whether a handshake with these Origin headers gets as far as being accepted."""
    headers = [(b"host", host.encode()), *((b"origin", origin.encode()) for origin in origins)]
    communicator = WebsocketCommunicator(application, path, headers=headers)
    connected, code = await communicator.connect(timeout=5)
    await communicator.disconnect(timeout=5)
    assert connected or code == 4403 or path != "/ws/"
    return connected


@pytest.mark.parametrize("origins", FOREIGN.values(), ids=FOREIGN)
async def test_a_foreign_origin_opens_no_socket(transactional_db, origins):
    for host in ("localhost", "localhost:8000"):
        assert not await opens([written(origin, host) for origin in origins], host), host


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://localhost", "localhost"),
        ("http://localhost", "localhost:80"),
        ("http://localhost", "LOCALHOST"),
        ("http://localhost:8000", "localhost:8000"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("http://[::1]", "[::1]:80"),
    ],
)
async def test_the_own_origin_opens_one(transactional_db, origin, host):
    assert await opens([origin], host)


@pytest.mark.parametrize("host", ["evil.example.org", "evil.example.org:80", "localhost:x", "", "[", "a b"])
async def test_a_host_that_is_not_ours_is_no_origin_of_ours(transactional_db, host):
    """A page that rebinds its name to this machine says its own name in both headers."""
    assert not await opens([f"http://{host}"], host)
    assert not await opens(["http://localhost"], host)


async def test_a_port_that_cannot_be_is_no_error(transactional_db):
    assert not await opens(["http://localhost"], "localhost:99999")


async def test_with_named_origins_only_those_open_sockets(transactional_db, settings):
    settings.ORIGINS = ["https://chat.example.org"]
    assert await opens(["https://chat.example.org"])
    for origin in (
        "http://localhost",
        "https://chat.example.org:443",
        "http://chat.example.org",
        "https://CHAT.example.org",
    ):
        assert not await opens([origin]), origin


@pytest.mark.parametrize("path", ["/", "/ws", "/ws/x/", "/admin/", "//ws/", "/%00"])
async def test_there_is_no_other_socket(transactional_db, anna, path):
    async with Socket(path=path) as socket:
        assert not socket.connected


def test_the_real_server_refuses_with_403(live_site):
    server = live_site.start()
    host = f"127.0.0.1:{server.port}"
    cookie = "Cookie: " + live_site.cookie("alice")["Cookie"] + "\r\n"
    answers = {}
    for name in OVER_THE_WIRE:
        headers = "".join(f"Origin: {written(origin, host)}\r\n" for origin in FOREIGN[name])
        connection, answer = wire.upgrade(server.port, "/ws/", cookie + headers)
        connection.close()
        answers[name] = answer.split(b"\r\n")[0].split(b" ")[1]
    assert answers == dict.fromkeys(OVER_THE_WIRE, b"403")
    connection, answer = wire.upgrade(server.port, "/ws/", f"{cookie}Origin: http://{host}\r\n")
    connection.close()
    assert answer.startswith(b"HTTP/1.1 101 ")
    assert live_site.log.read_text() == ""
