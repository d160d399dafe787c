"""The site under uvicorn, on a free port: `python -m tests.faults.uvicorn_site`. Says its address as `serve` does."""

import asyncio
import socket

import uvicorn

from tests.process import ANNOUNCEMENT


class AnnouncedServer(uvicorn.Server):
    """Prints its address once it listens."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        (listening,) = self.servers[0].sockets
        print(f"{ANNOUNCEMENT}http://127.0.0.1:{listening.getsockname()[1]}", flush=True)


if __name__ == "__main__":
    config = uvicorn.Config(
        "chatsite.asgi:application", port=0, ws="websockets", ws_max_size=2**20, ws_max_queue=64, log_config=None
    )
    asyncio.run(AnnouncedServer(config).serve())
