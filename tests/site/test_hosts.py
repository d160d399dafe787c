"""The hosts that the site answers to: what it prints is what works, wherever it listens."""

import socket
from http.client import HTTPConnection

import pytest

from chatsite.env import own_hosts
from tests.process import ServerProcess
from tests.site import wire

HANDSHAKE = (
    "GET /ws/ HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {wire.KEY}\r\n\r\n"
)


def netloc(server) -> str:
    return server.url.removeprefix("http://")


def sign_in_page(server, host=None) -> int:
    """The status of the sign-in page at the address that was printed, perhaps under another name."""
    connection = HTTPConnection(netloc(server), timeout=wire.TIMEOUT)
    connection.request("GET", "/accounts/login/", headers={"Host": host} if host else {})
    status = connection.getresponse().status
    connection.close()
    return status


def handshake(server) -> bytes:
    """What a page's own socket is answered with."""
    host, _, port = netloc(server).rpartition(":")
    with socket.create_connection((host, int(port)), timeout=wire.TIMEOUT) as connection:
        connection.sendall(HANDSHAKE.format(host=netloc(server)).encode())
        return wire.read_until(connection, b"\r\n\r\n")


@pytest.mark.parametrize(("arguments", "environment"), [((), {"HOST": "127.0.0.2"}), (("--host", "127.0.0.2"), {})])
def test_an_address_of_its_own_is_answered(live_site, arguments, environment):
    command = ["manage.py", "serve", "--port", "0", *arguments]
    with ServerProcess(command, {"VAR_DIR": str(live_site.var)} | environment, live_site.log) as server:
        assert server.url.startswith("http://127.0.0.2:")
        assert sign_in_page(server) == 200
        assert handshake(server).startswith(b"HTTP/1.1 101 ")
        assert sign_in_page(server, "127.0.0.3") == 400
    assert "ALLOWED_HOSTS" not in server.announced


def test_an_address_in_short_is_answered_as_a_browser_writes_it(live_site):
    server = live_site.start(HOST="127.2")
    assert netloc(server) == f"127.2:{server.port}"
    assert sign_in_page(server, f"127.0.0.2:{server.port}") == 200


def test_every_address_is_one_line_about_the_hosts_and_localhost_is_answered(live_site):
    server = live_site.start(HOST="0.0.0.0")
    assert server.announced.splitlines() == [
        "Only localhost is answered: ALLOWED_HOSTS has to name the hosts that other machines ask for.",
        f"Scripta is at http://localhost:{server.port}",
    ]
    assert sign_in_page(server) == 200
    assert sign_in_page(server, "chat.example.org") == 400


def test_hosts_that_are_named_are_the_only_ones(live_site):
    server = live_site.start(HOST="0.0.0.0", ALLOWED_HOSTS="chat.example.org")
    assert server.announced == f"Scripta is at {server.url}\n"
    assert sign_in_page(server, "chat.example.org") == 200
    assert sign_in_page(server) == 400


@pytest.mark.parametrize(
    ("listening", "called"),
    [
        ("0.0.0.0", []),
        ("::", []),
        ("127.0.0.1", []),
        ("192.0.2.7", ["192.0.2.7"]),
        ("2001:DB8:0::5", ["[2001:db8::5]"]),
        ("Box.local.", ["box.local"]),
        ("no:address", ["no:address"]),
    ],
)
def test_a_host_is_known_as_browsers_write_it(listening, called):
    assert own_hosts(listening) == ["localhost", "127.0.0.1", "[::1]", *called]
