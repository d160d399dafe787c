"""Text frames that are written by hand are frames like any other, and none of their bytes is lost or doubled."""

import struct

import pytest

from chatsite.quick_frames import text_frame, write_now


class Transport:
    """A socket that takes `room` bytes at a time, and what Twisted holds back for it."""

    def __init__(self, room, waiting=b"", lost=False):
        self.room, self.lost = room, lost
        self.offset, self.dataBuffer, self._tempDataBuffer = 0, b"", [waiting] if waiting else []
        self.disconnecting = False
        self.taken = b""

    def writeSomeData(self, data):
        if self.lost:
            return ConnectionError()
        self.taken += bytes(data[: self.room])
        return min(self.room, len(data))

    def write(self, data):
        self._tempDataBuffer.append(data)


def decoded(frame):
    """The payload of a frame, read as RFC 6455 5.2 says."""
    assert frame[0] == 0x81
    size, start = frame[1], 2
    if size == 126:
        (size,), start = struct.unpack("!H", frame[2:4]), 4
    elif size == 127:
        (size,), start = struct.unpack("!Q", frame[2:10]), 10
    assert len(frame) == start + size
    return frame[start:]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000])
def test_a_frame_holds_its_payload(size):
    payload = b"x" * size
    assert decoded(text_frame(payload)) == payload


@pytest.mark.parametrize(("room", "waiting"), [(100, b""), (4, b""), (0, b""), (100, b"before")])
def test_what_the_socket_does_not_take_waits_behind_what_waits(room, waiting):
    transport = Transport(room, waiting)
    write_now(transport, b"abcdefgh")
    assert transport.taken + b"".join(transport._tempDataBuffer) == waiting + b"abcdefgh"
    assert not (waiting and transport.taken)


def test_a_lost_connection_is_left_to_twisted():
    transport = Transport(8, lost=True)
    write_now(transport, b"abcdefgh")
    assert transport._tempDataBuffer == [b"abcdefgh"]
