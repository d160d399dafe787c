"""Text frames, written straight to the socket.

autobahn formats several log lines for each message that nobody reads, and Twisted asks the kernel to watch the socket,
waits a turn of the loop, writes, and asks it to stop watching. With a frame for every 30 ms of every running answer
that is most of what the server does.
"""

import struct

SHORT, LONG = 126, 65_536  # RFC 6455 5.2: where the length of a payload no longer fits into the next smaller form


def text_frame(payload: bytes) -> bytes:
    """One unmasked, final text frame, as servers send them (RFC 6455 5.2)."""
    size = len(payload)
    if size < SHORT:
        return b"\x81" + bytes((size,)) + payload
    if size < LONG:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload


def write_now(transport, data: bytes) -> None:
    """Write what the socket takes at once; the rest, or everything behind earlier data, is left to Twisted."""
    if transport._tempDataBuffer or len(transport.dataBuffer) > transport.offset or transport.disconnecting:
        transport.write(data)
        return
    written = transport.writeSomeData(data)
    if not isinstance(written, int):  # the connection is lost: Twisted finds that out and tells the protocol
        transport.write(data)
    elif written < len(data):
        transport.write(data[written:])
