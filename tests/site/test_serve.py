"""`manage.py serve` as a person runs it: what it prints, what it refuses, how it ends."""

import json
import signal
import socket
from http.client import HTTPConnection

import pytest

from tests.site import wire


def get(server, path, headers=None):
    connection = HTTPConnection("127.0.0.1", server.port, timeout=wire.TIMEOUT)
    connection.request("GET", path, headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_it_says_where_it_is_and_answers(live_site):
    server = live_site.start()
    assert server.announced == f"Scripta is at {server.url}\n"
    for path in ("/healthz", "/readyz"):
        response, body = get(server, path)
        assert (response.status, json.loads(body)) == (200, {"status": "ok"})
        assert response.getheader("Server") is None
        assert "default-src 'none'" in response.getheader("Content-Security-Policy")
    assert get(server, "/", live_site.cookie("alice"))[0].status == 200


def test_it_gives_the_link_to_create_the_administrator_while_there_is_none(live_site):
    assert live_site.manage("shell", "-c", "from chat.models import User; User.objects.all().delete()").returncode == 0
    server = live_site.start()
    first, second = server.announced.splitlines()
    assert first.startswith(f"There is no administrator yet. Create one at {server.url}/setup/?token=")
    assert second == f"Scripta is at {server.url}"
    assert get(server, first.rsplit(str(server.port), 1)[1])[0].status == 200


def test_the_link_names_the_public_origin_behind_a_proxy(live_site):
    assert live_site.manage("shell", "-c", "from chat.models import User; User.objects.all().delete()").returncode == 0
    server = live_site.start(ORIGINS="https://chat.example.org")
    assert "Create one at https://chat.example.org/setup/?token=" in server.announced


def test_an_occupied_port_is_one_plain_line_and_status_1(live_site):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = live_site.manage("serve", "--port", str(port))
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert outcome.stderr == (
        f"error: port {port} of 127.0.0.1 is taken by another program: choose another one with --port or PORT\n"
    )


@pytest.mark.parametrize(
    ("host", "port"), [("203.0.113.1", "0"), ("127.0.0.1", "70000"), ("no.such.host.invalid", "0")]
)
def test_an_address_that_cannot_be_had_is_one_plain_line_and_status_1(live_site, host, port):
    outcome = live_site.manage("serve", "--host", host, "--port", port)
    assert outcome.returncode == 1
    assert outcome.stderr.startswith(f"error: cannot listen on port {port} of {host}: ")
    assert outcome.stderr.count("\n") == 1


def test_a_database_older_than_the_code_is_one_plain_line_and_status_1(live_site):
    live_site.database.unlink()
    outcome = live_site.manage("serve", "--port", "0")
    assert outcome.returncode == 1
    assert outcome.stderr == "error: the database is older than the code: run `manage.py prepare`\n"


def test_what_it_makes_is_private(live_site):
    live_site.database.unlink()
    assert live_site.manage("prepare", "--no-weights").returncode == 0
    live_site.start()
    for name in ("secret_key", "chat.sqlite3"):
        assert (live_site.var / name).stat().st_mode & 0o777 == 0o600, name


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_status_0_and_without_a_word(live_site, number):
    server = live_site.start()
    get(server, "/healthz")
    server.terminate(number)
    assert server.wait() == 0
    assert live_site.log.read_text() == ""


def test_a_large_post_to_the_site_is_refused(live_site):
    server = live_site.start()
    with wire.connect(server.port) as connection, wire.PeakMemory(server) as memory:
        connection.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400000000\r\n\r\n")
        sender = wire.send_until_cut(connection, b"x" * 1_000_000, times=400)
        assert wire.read_to_end(connection).startswith(b"HTTP/1.1 413 ")
        sender.join()
    assert memory.grown < 10_000_000


def test_a_forged_root_path_changes_no_address(live_site):
    server = live_site.start()
    response, _ = get(server, "/", {"Daphne-Root-Path": "/evil"})
    assert "evil" not in (response.getheader("Location") or "")


def test_the_application_runs_without_daphne(live_site):
    """An ASGI server of another make gets the same answers: nothing in the application asks who runs it."""
    outcome = live_site.manage(
        "shell",
        "-c",
        "import asyncio\n"
        "from asgiref.testing import ApplicationCommunicator\n"
        "from chatsite.asgi import application\n"
        "scope = {'type': 'http', 'method': 'GET', 'path': '/healthz', 'headers': [(b'host', b'127.0.0.1')],"
        " 'query_string': b'', 'client': ('127.0.0.1', 1), 'server': ('127.0.0.1', 80), 'asgi': {'version': '3.0'}}\n"
        "async def main():\n"
        "    call = ApplicationCommunicator(application, scope)\n"
        "    await call.send_input({'type': 'http.request', 'body': b''})\n"
        "    print('status', (await call.receive_output())['status'])\n"
        "asyncio.run(main())",
    )
    assert "status 200" in outcome.stdout, outcome.stderr
