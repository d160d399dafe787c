"""What a newcomer does: clone, `make run`, look, stop; and the day after once more, without network."""

import os
import re
import signal
import subprocess
import time
from threading import Thread
from urllib.request import urlopen

import psutil
import pytest

from tests.process import ANNOUNCEMENT, END_SECONDS, ROOT, clean_environment

pytestmark = pytest.mark.slow

FIRST_SECONDS = 900.0  # packages and weights over a poor line
SECOND_SECONDS = 10.0
ADDRESS = re.compile(rf"^{ANNOUNCEMENT}(http://\S+)$", re.MULTILINE)


class MakeRun:
    """`make run` in a clone, as from a terminal, until it says where the site is."""

    def __init__(self, clone, seconds, **environment):
        self.printed = ""
        self._begun = time.monotonic()
        self.process = subprocess.Popen(
            ["make", "--no-print-directory", "run"],
            cwd=clone,
            env=newcomers_environment() | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        reader = Thread(target=self._read_until_announced, daemon=True)
        reader.start()
        reader.join(seconds)
        self.seconds = time.monotonic() - self._begun
        if not self.url:
            self.kill()
            raise AssertionError(f"no address after {self.seconds:.0f} s:\n{self.printed}")

    @property
    def url(self) -> str:
        found = ADDRESS.search(self.printed)
        return found[1] if found else ""

    def stop(self) -> int:
        """SIGTERM to the server, which is what `make` waits for; the exit status of `make`."""
        (server,) = [child for child in self._family() if "serve" in child.cmdline()]
        server.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=END_SECONDS)
        self.printed += rest
        return self.process.returncode

    def kill(self) -> None:
        for process in [*self._family(), self.process]:
            process.kill()
        self.process.wait()

    def _family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def _read_until_announced(self) -> None:
        for line in self.process.stdout:
            self.printed += line
            if line.startswith(ANNOUNCEMENT):
                return


def newcomers_environment() -> dict[str, str]:
    """No setting of the site, but how this machine reaches the package index; any free port."""
    network = {name: value for name, value in os.environ.items() if re.match(r"(?i)PIP_|(https?|no)_proxy$|SSL_", name)}
    return clean_environment() | network | {"PORT": "0"}


@pytest.fixture
def clone(tmp_path):
    """The committed tree, as somebody else gets it."""
    subprocess.run(["git", "clone", "--quiet", ROOT, tmp_path / "scripta"], check=True, timeout=120)
    return tmp_path / "scripta"


@pytest.fixture
def make_run(clone):
    started = []

    def start(*arguments, **environment):
        started.append(MakeRun(clone, *arguments, **environment))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.kill()


def test_two_starts(clone, make_run):
    first = make_run(FIRST_SECONDS)
    assert f"Create one at {first.url}/setup/?token=" in first.printed
    assert sign_in_page(first) == 200
    assert first.stop() == 0
    assert "The embedded model is not installed" not in first.printed

    second = make_run(SECOND_SECONDS, PIP_NO_INDEX="1", PIP_FIND_LINKS="")
    assert second.seconds < SECOND_SECONDS
    assert "Installing" not in second.printed
    assert sign_in_page(second) == 200
    assert second.stop() == 0
    status = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True)
    assert status.stdout == "", "everything that is made is ignored by git"


def sign_in_page(run: MakeRun) -> int:
    with urlopen(f"{run.url}/accounts/login/", timeout=30) as response:
        return response.status
