"""SIGTERM: running work comes to rest, every socket is told 1012, the process ends with status 0."""

import signal
import time

import pytest

from tests.site import wire


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_open_sockets_are_told_1012_and_the_exit_is_clean(fresh_server, number):
    server = fresh_server()
    sockets = [wire.upgrade(server.port, "/echo")[0] for _ in range(3)]
    server.terminate(number)
    for connection in sockets:
        with connection:
            assert wire.close_code(wire.read_to_end(connection)) == 1012
    assert server.wait() == 0
    assert server.announced.count("disconnected") == 3
    assert server.log.read_text() == ""


def test_hooks_run_before_the_sockets_are_closed(fresh_server):
    server = fresh_server()
    connection, _ = wire.upgrade(server.port, "/waits")
    server.terminate()
    with connection:
        received = wire.read_to_end(connection)
    assert received.index(b"draining") < received.index((1012).to_bytes(2, "big"))
    assert server.wait() == 0


def test_a_hook_that_overstays_is_cut_at_the_end_of_the_grace(fresh_server):
    server = fresh_server("shutdown_grace=0.5")
    connection, _ = wire.upgrade(server.port, "/overstays")
    begun = time.monotonic()
    server.terminate()
    with connection:
        assert wire.close_code(wire.read_to_end(connection)) == 1012
    assert server.wait() == 0
    assert time.monotonic() - begun < 5
    assert "had no time left" in server.log.read_text()


def test_asking_twice_does_not_wait_for_the_grace(fresh_server):
    server = fresh_server("shutdown_grace=600")
    connection, _ = wire.upgrade(server.port, "/overstays")
    server.terminate()
    with connection:
        while _still_listens(server.port):
            pass
        server.terminate()
        assert wire.close_code(wire.read_to_end(connection)) == 1012
    assert server.wait() == 0


def test_a_consumer_that_never_ends_is_cancelled(fresh_server):
    server = fresh_server()
    connection, _ = wire.upgrade(server.port, "/deaf")
    server.terminate()
    with connection:
        assert wire.close_code(wire.read_to_end(connection)) == 1012
    assert server.wait() == 0


def _still_listens(port):
    try:
        wire.connect(port).close()
    except (ConnectionRefusedError, ConnectionResetError):
        return False
    return True
