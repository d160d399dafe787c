"""The whole site as a real process with a database of its own, for tests from outside: sockets, browsers, faults.

    def test_something(live_site):
        server = live_site.start(MESSAGE_MAX_CHARACTERS="100")
        response = urlopen(Request(server.url, headers=live_site.cookie("alice")))

`live_site` may be started again on the same database after `server.kill()` or `server.terminate()`.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.process import ROOT, ServerProcess, clean_environment

PASSWORD = "correct horse battery staple"
USERS = ("alice", "bob", "admin")


class LiveSite:
    """A folder with its own database, users and static files, and the servers that were started on it."""

    def __init__(self, folder: Path, template: Path):
        self.var = folder / "var"
        shutil.copytree(template, self.var, symlinks=True)
        self.log = folder / "server.log"
        self.database = self.var / "chat.sqlite3"
        self._servers: list[ServerProcess] = []

    def start(self, *, port: int = 0, **environment: str) -> ServerProcess:
        """A server on a free port, or on the one that an earlier server had.

        The embedded model's weights are absent unless EMBEDDED_WEIGHTS names them.
        """
        arguments = ["manage.py", "serve", "--port", str(port)]
        server = ServerProcess(arguments, {"VAR_DIR": str(self.var)} | environment, self.log)
        self._servers.append(server)
        return server

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command of manage.py on this site, whatever its exit status."""
        return manage(self.var, *arguments, **environment)

    def cookie(self, username: str) -> dict[str, str]:
        """The Cookie header of a signed-in user: one of USERS."""
        sessions = json.loads((self.var / "sessions.json").read_text())
        return {"Cookie": f"sessionid={sessions[username]}"}

    def close(self) -> None:
        for server in self._servers:
            server.kill()


def manage(var: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py with this VAR_DIR."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean_environment() | {"VAR_DIR": str(var)} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def make_template(folder: Path) -> Path:
    """A site that is ready to be copied; made once for all tests, which would else migrate and hash passwords each."""
    if not folder.exists():
        work = folder.with_name(f"{folder.name}.making")
        for outcome in (manage(work, "prepare", "--no-weights"), _seed(work)):
            assert outcome.returncode == 0, outcome.stderr
        work.rename(folder)
    return folder


def _seed(var: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.live_seed", PASSWORD, *USERS],
        cwd=ROOT,
        env=clean_environment() | {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "chatsite.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def live_site(tmp_path, tmp_path_factory):
    """A fresh site, not started yet."""
    template = make_template(tmp_path_factory.getbasetemp() / "site-template")
    site = LiveSite(tmp_path, template)
    yield site
    site.close()
