"""Fixtures of the server's own tests."""

import pytest

from tests.live_server import live_site
from tests.process import ServerProcess

__all__ = ["fresh_server", "live_site", "tiny_server"]


def _start(limits, folder) -> ServerProcess:
    environment = {"VAR_DIR": str(folder / "var")}
    return ServerProcess(["-m", "tests.site.tiny", *limits], environment, folder / "server.log")


@pytest.fixture
def fresh_server(tmp_path):
    """Starts the tiny application behind the guarded server, for one test: `fresh_server("shutdown_grace=0.5")`."""
    started = []

    def start(*limits: str) -> ServerProcess:
        started.append(_start(limits, tmp_path))
        return started[-1]

    yield start
    for server in started:
        server.kill()


@pytest.fixture(scope="session")
def tiny_server(tmp_path_factory):
    """The same for tests that leave the server alive: one process for each set of limits."""
    started = {}

    def start(*limits: str) -> ServerProcess:
        if limits not in started:
            started[limits] = _start(limits, tmp_path_factory.mktemp("tiny"))
        return started[limits]

    yield start
    for server in started.values():
        server.kill()
