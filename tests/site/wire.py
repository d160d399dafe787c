"""Raw bytes to a server: what a polite client library would refuse to send."""

import contextlib
import os
import socket
import struct
from threading import Thread

TIMEOUT = 20.0
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)


def read_to_end(connection: socket.socket) -> bytes:
    """Everything until the server closes or resets."""
    received = b""
    with contextlib.suppress(ConnectionError):
        while block := connection.recv(65_536):
            received += block
    return received


def read_until(connection: socket.socket, end: bytes) -> bytes:
    """Everything up to and with these bytes; an AssertionError when the connection ends before.

    Byte by byte: what follows may be in the same segment, and belongs to whoever reads next.
    """
    received = b""
    while not received.endswith(end):
        block = connection.recv(1)
        assert block, f"the connection ended after {received!r}"
        received += block
    return received


def send_until_cut(connection: socket.socket, block: bytes, times: int) -> Thread:
    """Send the block again and again in a thread of its own, until the server no longer takes it."""

    def send():
        with contextlib.suppress(OSError):
            for _ in range(times):
                connection.sendall(block)

    thread = Thread(target=send)
    thread.start()
    return thread


def upgrade(port: int, path: str, headers: str = "") -> tuple[socket.socket, bytes]:
    """An open WebSocket as its bare connection, and the header of the answer."""
    connection = connect(port)
    connection.sendall(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n{headers}\r\n".encode()
    )
    answer = b""
    while not answer.endswith(b"\r\n\r\n") and (byte := connection.recv(1)):
        answer += byte
    return connection, answer


def frame(payload: bytes, opcode: int = 1, final: bool = True) -> bytes:
    """One masked frame."""
    first = (0x80 if final else 0) | opcode
    length = len(payload)
    if length < 126:
        header = struct.pack("!BB", first, 0x80 | length)
    elif length < 65_536:
        header = struct.pack("!BBH", first, 0x80 | 126, length)
    else:
        header = struct.pack("!BBQ", first, 0x80 | 127, length)
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
    return header + mask + masked


def close_code(received: bytes) -> int | None:
    """The code of the close frame among unfragmented server frames, None when there is none."""
    while len(received) >= 4:
        opcode, length, start = received[0] & 0x0F, received[1] & 0x7F, 2
        if length == 126:
            length, start = struct.unpack("!H", received[2:4])[0], 4
        elif length == 127:
            length, start = struct.unpack("!Q", received[2:10])[0], 10
        if opcode == 8:
            return struct.unpack("!H", received[start : start + 2])[0]
        received = received[start + length :]
    return None


class PeakMemory:
    """Samples a server's memory from a thread while the block runs; `grown` is the highest growth in bytes."""

    def __init__(self, server):
        self._server = server
        self._running = True
        self._thread = Thread(target=self._sample)

    def __enter__(self):
        self._before = self._peak = self._server.memory()
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._running = False
        self._thread.join()

    @property
    def grown(self) -> int:
        return self._peak - self._before

    def _sample(self):
        while self._running:
            self._peak = max(self._peak, self._server.memory())
