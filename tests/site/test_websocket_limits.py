"""The server closes sockets that flood or break the rules, says why, and keeps its memory."""

import json

import pytest

from tests.site import wire

MEGABYTE = 1_000_000


def talk(server, path, *frames):
    """Send frames, then everything that came back until the connection ended."""
    connection, answer = wire.upgrade(server.port, path)
    assert answer.startswith(b"HTTP/1.1 101 ")
    with connection:
        connection.sendall(b"".join(frames))
        return wire.read_to_end(connection)


def test_a_socket_echoes_without_naming_the_server(tiny_server):
    server = tiny_server()
    connection, answer = wire.upgrade(server.port, "/echo")
    with connection:
        assert b"server" not in answer.lower()
        connection.sendall(wire.frame(b"hello"))
        wire.read_until(connection, b"\x81\x015")
        connection.sendall(wire.frame(b"", opcode=8))
        assert wire.close_code(wire.read_to_end(connection)) == 1000


def test_5000_frames_of_64_kb_are_closed_and_leave_memory_flat(tiny_server):
    server = tiny_server()
    connection, _ = wire.upgrade(server.port, "/deaf")
    with connection, wire.PeakMemory(server) as memory:
        sender = wire.send_until_cut(connection, wire.frame(b"x" * 64_000), times=5_000)
        received = wire.read_to_end(connection)
        sender.join()
    assert wire.close_code(received) == 4429
    assert memory.grown < 20 * MEGABYTE
    assert talk(server, "/echo", wire.frame(b"", opcode=8))


def test_frames_within_the_bound_are_kept_and_one_more_is_a_flood(tiny_server):
    server = tiny_server("unread_frames_max=8")
    assert wire.close_code(talk(server, "/deaf", *[wire.frame(b"x")] * 9)) == 4429
    connection, _ = wire.upgrade(server.port, "/deaf")
    with connection:
        connection.sendall(wire.frame(b"x") * 8 + wire.frame(b"still here?", opcode=9))
        assert connection.recv(100) == b"\x8a\x0bstill here?"


def test_unread_frames_are_bounded_in_bytes_too(tiny_server):
    server = tiny_server("frame_max_bytes=1000")
    assert wire.close_code(talk(server, "/deaf", *[wire.frame(b"x" * 1000)] * 5)) == 4429


@pytest.mark.parametrize("opcode", [1, 2])
def test_a_frame_of_the_limit_passes_and_one_byte_more_is_too_big(tiny_server, opcode):
    server = tiny_server("frame_max_bytes=1000")
    connection, _ = wire.upgrade(server.port, "/echo")
    with connection:
        connection.sendall(wire.frame(b"x" * 1000, opcode))
        wire.read_until(connection, b"\x81\x041000")
        connection.sendall(wire.frame(b"x" * 1001, opcode))
        assert wire.close_code(wire.read_to_end(connection)) == 1009


def test_a_message_in_pieces_is_measured_as_a_whole(tiny_server):
    server = tiny_server("frame_max_bytes=1000")
    pieces = [wire.frame(b"x" * 600, final=False), wire.frame(b"x" * 600, opcode=0)]
    assert wire.close_code(talk(server, "/echo", *pieces)) == 1009


def test_a_frame_that_claims_to_be_huge_is_refused_at_its_header(tiny_server):
    server = tiny_server()
    huge = b"\x81\xff" + (1 << 40).to_bytes(8, "big") + b"mask"
    connection, _ = wire.upgrade(server.port, "/echo")
    with connection, wire.PeakMemory(server) as memory:
        connection.sendall(huge)
        sender = wire.send_until_cut(connection, b"x" * MEGABYTE, times=300)
        received = wire.read_to_end(connection)
        sender.join()
    assert wire.close_code(received) == 1009
    assert memory.grown < 10 * MEGABYTE


def test_a_control_frame_that_claims_to_be_huge_is_not_collected(tiny_server):
    server = tiny_server()
    connection, _ = wire.upgrade(server.port, "/echo")
    with connection, wire.PeakMemory(server) as memory:
        connection.sendall(b"\x89\xff" + (1 << 40).to_bytes(8, "big") + b"mask")
        sender = wire.send_until_cut(connection, b"x" * MEGABYTE, times=300)
        received = wire.read_to_end(connection)
        sender.join()
    assert wire.close_code(received) == 1002
    assert memory.grown < 10 * MEGABYTE


def test_empty_fragments_without_end_are_too_big(tiny_server):
    server = tiny_server()
    pieces = wire.frame(b"", final=False) + wire.frame(b"", opcode=0, final=False) * 2_000
    assert wire.close_code(talk(server, "/echo", pieces)) == 1009


@pytest.mark.slow
def test_pings_of_a_client_that_does_not_read_leave_memory_flat(tiny_server):
    server = tiny_server()
    connection, _ = wire.upgrade(server.port, "/echo")
    pings = wire.frame(b"x" * 125, opcode=9) * 8_000
    with connection, wire.PeakMemory(server) as memory:
        for _ in range(60):
            connection.sendall(pings)
    assert memory.grown < 10 * MEGABYTE


def test_text_that_is_no_utf8_closes_with_1007(tiny_server):
    assert wire.close_code(talk(tiny_server(), "/echo", wire.frame(b"\xff"))) == 1007


def test_the_limit_is_for_what_arrives_not_for_what_is_sent(tiny_server):
    server = tiny_server()
    received = talk(server, "/large", wire.frame(b"", opcode=8))
    assert len(received) > 3_000_000


def test_a_broken_handshake_is_refused_plainly(fresh_server):
    server = fresh_server()
    with wire.connect(server.port) as connection:
        connection.sendall(b"GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
        answer = wire.read_to_end(connection)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Content-Security-Policy: default-src 'none'" in answer
    assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize("origins", [["http://x:99999"], ["http://"], ["http://x:1", "http://x:2"], ["x y"]])
def test_an_origin_that_is_none_is_forbidden(tiny_server, origins):
    headers = "".join(f"Origin: {origin}\r\n" for origin in origins)
    connection, answer = wire.upgrade(tiny_server().port, "/echo", headers)
    connection.close()
    assert answer.startswith(b"HTTP/1.1 403 ")


def test_what_only_a_proxy_may_say_is_not_believed(tiny_server):
    forged = "Daphne-Root-Path: /evil\r\nX-Forwarded-For: 203.0.113.9\r\n"
    connection, _ = wire.upgrade(tiny_server().port, "/echo", forged)
    with connection:
        seen = connection.recv(1000)[2:]
    assert json.loads(seen) == {"client": "127.0.0.1", "root": ""}


def test_a_named_proxy_is_believed(tiny_server):
    server = tiny_server("trusted_proxies=127.0.0.0/8")
    connection, _ = wire.upgrade(server.port, "/echo", "X-Forwarded-For: 1.2.3.4, 198.51.100.7\r\n")
    with connection:
        seen = connection.recv(1000)[2:]
    assert json.loads(seen)["client"] == "198.51.100.7"
