"""Starts a real server process, waits until it says its address, and ends it."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import psutil

ROOT = Path(__file__).resolve().parent.parent
ANNOUNCEMENT = "Scripta is at "
START_SECONDS = 60.0
END_SECONDS = 30.0


class ServerProcess:
    """One server in its own process; a context manager. `url` is what it printed once it listens.

    `was_ended`: whether somebody here has told it to end.
    """

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path):
        self.log = log
        self.was_ended = False
        self._announced: list[str] = []
        with log.open("ab") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=clean_environment() | environment,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        self.url = self._wait_for_url()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    @property
    def socket_url(self) -> str:
        return "ws" + self.url.removeprefix("http")

    @property
    def announced(self) -> str:
        """Everything it has printed up to and with its address."""
        return "".join(self._announced)

    def memory(self) -> int:
        """Resident bytes."""
        return psutil.Process(self.process.pid).memory_info().rss

    def terminate(self, number: int = signal.SIGTERM) -> None:
        self.was_ended = True
        self.process.send_signal(number)

    def wait(self) -> int:
        """The exit status, and the rest of what it printed is added to `announced`."""
        rest, _ = self.process.communicate(timeout=END_SECONDS)
        self._announced.append(rest)
        return self.process.returncode

    def kill(self) -> None:
        """End it the hard way, if it still runs."""
        self.was_ended = True
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(END_SECONDS)
        self.process.stdout.close()

    def _wait_for_url(self) -> str:
        reader = Thread(target=self._read_until_announced, daemon=True)
        reader.start()
        reader.join(START_SECONDS)
        url = self._announced[-1].strip().removeprefix(ANNOUNCEMENT) if self._announced else ""
        if reader.is_alive() or not url.startswith("http"):
            self.kill()
            raise AssertionError(f"the server did not start:\n{self.announced}{self.log.read_text()}")
        return url

    def _read_until_announced(self) -> None:
        for line in self.process.stdout:
            self._announced.append(line)
            if line.startswith(ANNOUNCEMENT):
                return


def clean_environment() -> dict[str, str]:
    """Ours without what would change a site's settings."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT")
    return {name: value for name, value in os.environ.items() if name in kept} | {"PYTHONUNBUFFERED": "1"}


class ModuleProcess:
    """`python -m MODULE ...`, which prints a line that ends with its address once it listens; a context manager."""

    def __init__(self, *arguments: str):
        self.process = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=ROOT, env=clean_environment(), stdout=subprocess.PIPE, text=True
        )
        self.url = self.process.stdout.readline().strip().rsplit(" ", 1)[-1]
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(END_SECONDS)
        self.process.stdout.close()
