"""A server process as its house sees it: whether it lives, and what it holds when everybody has gone."""

import psutil

from tests.faults.memory import MEGABYTE, Held
from tests.process import ServerProcess

# Threads begin when first needed and stay: seven for the database, asyncio's six, those of the pages. Those with a
# database hold three files each.
THREADS = 16
DESCRIPTORS = 30
HEADROOM = 64 * MEGABYTE  # the databases' page caches, and what the allocator keeps
OPEN = (psutil.CONN_ESTABLISHED, psutil.CONN_CLOSE_WAIT)


class Lodger:
    """One server, and what it held when it had just begun to listen."""

    def __init__(self, server: ServerProcess) -> None:
        self.server = server
        self.base = Held.by(server.process.pid)

    @property
    def is_alive(self) -> bool:
        return self.server.process.poll() is None

    def problems(self, service_port: int, headroom: int) -> list[str]:
        """Whether it died of itself, or holds more than at its beginning; idle connections to services are kept."""
        try:
            if self.is_alive:
                return self._held_too_much(service_port, headroom)
        except psutil.NoSuchProcess:  # just now
            self.server.process.wait()
        status = self.server.process.returncode
        return [] if self.server.was_ended else [f"a server ended by itself, with {status}"]

    def _held_too_much(self, service_port: int, headroom: int) -> list[str]:
        process = psutil.Process(self.server.process.pid)
        connections = process.net_connections("tcp")
        visitors = [each for each in connections if each.laddr.port == self.server.port and each.status in OPEN]
        idle = [each for each in connections if each.raddr and each.raddr.port == service_port]
        now, base = Held.by(process.pid), self.base
        held = Held(now.memory, now.descriptors - len(idle), now.threads)
        found = [f"a visitor's socket is still open: {each.raddr}" for each in visitors]
        if (
            held.memory > base.memory + headroom
            or held.descriptors > base.descriptors + DESCRIPTORS
            or held.threads > base.threads + THREADS
        ):
            found.append(f"a server holds {held}, and held {base}")
        return found
