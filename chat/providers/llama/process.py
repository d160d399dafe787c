"""Starts and ends the child process from the site's side."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from chat.providers.llama.config import EmbeddedConfig
from chat.providers.llama.endpoint import holder

ROOT = Path(__file__).resolve().parents[3]
END_SECONDS = 5.0
PAUSE = 0.02


class Child:
    """A child that this process has started; it may find another one running, and end at once."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        # Waiting is what keeps a dead child from staying as a zombie, whenever it dies.
        threading.Thread(target=process.wait, name=f"embedded-{process.pid}", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_status(self) -> int | None:
        """None while it runs; negative for the signal that killed it."""
        return self._process.returncode


def spawn(config: EmbeddedConfig) -> Child:
    """Starts a child in a session of its own: Ctrl+C on the site's terminal does not reach it in mid-answer.

    It shares no pipe and no open file with this process, so nobody who waits for our output waits for it.
    """
    options = {
        "run-dir": config.run_dir,
        "weights": config.weights,
        "model-id": config.model_id,
        "context": config.context,
        "slots": config.slots,
        "threads": config.thread_count,
        "idle-seconds": config.idle_seconds,
        "hang-seconds": config.hang_budget,
    }
    command = [sys.executable, "-m", "chat.providers.llama.server"]
    command += [f"--{name}={value}" for name, value in options.items()]
    return Child(
        subprocess.Popen(  # noqa: S603 - no shell, our own words
            command,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    )


def kill(run_dir: Path, pid: int | None = None) -> bool:
    """Kills the living child (only if it is `pid`, where given); True once it is gone."""
    found = holder(run_dir)
    if found is None or pid not in (None, found):
        return True
    with contextlib.suppress(ProcessLookupError):
        os.kill(found, signal.SIGKILL)
    return _gone(run_dir, found, END_SECONDS)


def end(run_dir: Path) -> bool:
    """Asks the living child to end, and kills it when it does not; True once it is gone. Blocks up to ten seconds."""
    found = holder(run_dir)
    if found is None:
        return True
    with contextlib.suppress(ProcessLookupError):
        os.kill(found, signal.SIGTERM)
    return _gone(run_dir, found, END_SECONDS) or kill(run_dir, found)


def _gone(run_dir: Path, pid: int, within: float) -> bool:
    deadline = time.monotonic() + within
    while holder(run_dir) == pid:
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE)
    return True
