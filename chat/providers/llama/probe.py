"""Asks the child whether it is well, on a connection of its own."""

import asyncio

from chat.providers.llama.endpoint import Endpoint


async def is_well(endpoint: Endpoint, within: float) -> bool:
    """Whether the child answers within so many seconds; false for one that is stopped, dead or still loading.

    A request of two lines instead of the shared session: its pool would keep the connection, and llama.cpp closes
    connections that it has promised to keep.
    """
    request = f"GET /v1/models HTTP/1.0\r\nAuthorization: Bearer {endpoint.key}\r\n\r\n"
    try:
        async with asyncio.timeout(within):
            reader, writer = await asyncio.open_connection("127.0.0.1", endpoint.port)
            try:
                writer.write(request.encode())
                status_line = await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError, ValueError):
        return False
    return status_line.split()[1:2] == [b"200"]
