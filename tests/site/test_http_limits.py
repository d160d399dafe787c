"""The server refuses HTTP requests that are too large, too slow or forged, and lives on."""

import http.client
import json
import time

import pytest

from tests.site import wire

MEGABYTE = 1_000_000
POLICY = b"Content-Security-Policy: default-src 'none'"


def get(server, path="/", headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=wire.TIMEOUT)
    connection.request("GET", path, headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_a_request_is_answered_without_naming_the_server(tiny_server):
    response, body = get(tiny_server())
    assert response.status == 200
    assert json.loads(body)["path"] == "/"
    assert response.getheader("Server") is None


@pytest.mark.parametrize("size", [0, 1, 99_999, 100_000, 2_500_000])
def test_a_body_up_to_the_limit_arrives_whole(tiny_server, size):
    server = tiny_server()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=wire.TIMEOUT)
    connection.request("POST", "/", body=b"x" * size)
    assert json.loads(connection.getresponse().read())["size"] == size
    connection.request(
        "POST", "/", body=iter([b"x" * size]), encode_chunked=True, headers={"Transfer-Encoding": "chunked"}
    )
    assert json.loads(connection.getresponse().read())["size"] == size
    connection.close()


def test_a_body_of_400_mb_is_refused_before_it_is_sent(tiny_server):
    server = tiny_server()
    with wire.connect(server.port) as connection, wire.PeakMemory(server) as memory:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 400000000\r\nExpect: 100-continue\r\n\r\n")
        answer = wire.read_to_end(connection)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert POLICY in answer
    assert b"100 Continue" not in answer
    assert memory.grown < 5 * MEGABYTE
    assert get(server)[0].status == 200


@pytest.mark.parametrize(
    ("header", "block"),
    [
        (b"Content-Length: 400000000", b"x" * MEGABYTE),
        (b"Transfer-Encoding: chunked", b"f4240\r\n" + b"x" * MEGABYTE + b"\r\n"),
    ],
    ids=["with its length", "chunked"],
)
def test_a_body_of_400_mb_sent_anyway_leaves_memory_flat(tiny_server, header, block):
    server = tiny_server()
    with wire.connect(server.port) as connection, wire.PeakMemory(server) as memory:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\n" + header + b"\r\n\r\n")
        sender = wire.send_until_cut(connection, block, times=400)
        answer = wire.read_to_end(connection)
        sender.join()
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert memory.grown < 10 * MEGABYTE
    assert get(server)[0].status == 200


def test_one_byte_over_the_limit_is_refused(tiny_server):
    server = tiny_server("request_max_bytes=1000")
    for header, body in (
        (b"Content-Length: 1001", b"x" * 1001),
        (b"Transfer-Encoding: chunked", b"3e9\r\n" + b"x" * 1001 + b"\r\n0\r\n\r\n"),
    ):
        with wire.connect(server.port) as connection:
            connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\n" + header + b"\r\n\r\n" + body)
            answer = wire.read_to_end(connection)
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert answer.count(b"HTTP/1.1 ") == 1


def test_a_header_that_drips_is_cut_at_its_deadline(tiny_server):
    server = tiny_server("header_timeout=0.5")
    with wire.connect(server.port) as connection:
        begun = time.monotonic()
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        connection.settimeout(0.05)
        answer = None
        while answer is None:
            connection.sendall(b"X-Drip: 1\r\n")
            try:
                answer = connection.recv(65_536)
            except TimeoutError:
                assert time.monotonic() - begun < wire.TIMEOUT
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert POLICY in answer
    assert time.monotonic() - begun < 3


def test_a_connection_that_says_nothing_is_closed(tiny_server):
    server = tiny_server("header_timeout=0.5")
    with wire.connect(server.port) as connection:
        assert wire.read_to_end(connection) == b""


def test_a_body_that_never_comes_is_cut_at_its_deadline(tiny_server):
    server = tiny_server("body_timeout=0.5")
    with wire.connect(server.port) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
        assert wire.read_to_end(connection).startswith(b"HTTP/1.1 408 ")


def test_deadlines_do_not_touch_a_connection_that_is_kept_alive(tiny_server):
    server = tiny_server("header_timeout=0.4")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=wire.TIMEOUT)
    for _ in range(2):
        connection.request("GET", "/")
        assert connection.getresponse().read()
        same = connection.sock
        connection.sock.settimeout(1)
        with pytest.raises(TimeoutError):
            connection.sock.recv(1)
        connection.sock.settimeout(wire.TIMEOUT)
    assert connection.sock is same
    connection.close()


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_a_broken_request_is_refused_once_and_plainly(tiny_server, request_bytes):
    server = tiny_server()
    with wire.connect(server.port) as connection:
        connection.sendall(request_bytes)
        answer = wire.read_to_end(connection)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert POLICY in answer
    assert answer.count(b"HTTP/1.1 ") == 1


def test_what_only_a_proxy_may_say_is_not_believed(tiny_server):
    forged = {"Daphne-Root-Path": "/evil", "X-Forwarded-For": "203.0.113.9"}
    _, body = get(tiny_server(), headers=forged)
    assert json.loads(body)["root_path"] == ""
    assert json.loads(body)["client"] == "127.0.0.1"


def test_a_named_proxy_is_believed_as_far_as_it_wrote(tiny_server):
    forwarded = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    _, body = get(tiny_server("trusted_proxies=127.0.0.1"), headers=forwarded)
    assert json.loads(body)["client"] == "198.51.100.7"


def test_an_application_that_breaks_in_mid_answer_is_cut_off_and_the_server_goes_on(fresh_server):
    server = fresh_server()
    for _ in range(2):
        with wire.connect(server.port) as connection:
            connection.sendall(b"GET /breaks HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = wire.read_to_end(connection)
        assert b"begun" in answer
        assert not answer.endswith(b"0\r\n\r\n"), "a cut answer must not look complete"
    assert server.log.read_text().count("broken on purpose") >= 2
    assert get(server)[0].status == 200
