"""The files by which the child and the site's processes find each other: a lock, an endpoint, a list of the present.

The child holds `embedded.lock` exclusively for as long as it lives, whatever ends it, and has written its process id
into it: a held lock is a living child. Every process of the site holds `embedded.present` shared: when nobody does,
the site is gone.
"""

import fcntl
import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

LOCK = "embedded.lock"
PRESENT = "embedded.present"
ENDPOINT = "embedded.json"
LOG = "embedded.log"

CLAIM_TRIES = 20
CLAIM_PAUSE = 0.05

_presence: dict[Path, int] = {}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the child serves, and as what; `key` is the bearer token it demands."""

    pid: int
    port: int
    key: str = field(repr=False)
    weights: str
    context: int
    slots: int

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def write(self, run_dir: Path) -> None:
        """Atomically, for its owner's eyes only from the first moment."""
        fresh = run_dir / f"{ENDPOINT}.{self.pid}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(self), file)
        fresh.replace(run_dir / ENDPOINT)


def claim(run_dir: Path) -> int | None:
    """The lock's descriptor, to be kept open for life; None when another child has it.

    It is tried for a second, since a process that looks whether the lock is held holds it for an instant itself.
    """
    descriptor = os.open(run_dir / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    for _ in range(CLAIM_TRIES):
        if _try_lock(descriptor, fcntl.LOCK_EX):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode())
            return descriptor
        time.sleep(CLAIM_PAUSE)
    os.close(descriptor)
    return None


def holder(run_dir: Path) -> int | None:
    """The process id of the living child, serving or not; None when there is none."""
    try:
        descriptor = os.open(run_dir / LOCK, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        if _try_lock(descriptor, fcntl.LOCK_SH):
            return None
        return int(os.read(descriptor, 32) or 0) or None
    finally:
        os.close(descriptor)


def current(run_dir: Path) -> Endpoint | None:
    """The living child's endpoint; None while it loads, or when what the file says is a dead one's.

    Nothing is ever sent to a port that a dead child had: another user of the machine may have it by now.
    """
    try:
        endpoint = Endpoint(**json.loads((run_dir / ENDPOINT).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return endpoint if endpoint.pid == holder(run_dir) else None


def attend(run_dir: Path) -> None:
    """Counts this process among the present until it ends."""
    if run_dir in _presence:
        return
    descriptor = os.open(run_dir / PRESENT, os.O_RDONLY | os.O_CREAT, 0o600)
    if _try_lock(descriptor, fcntl.LOCK_SH):
        _presence[run_dir] = descriptor
    else:  # the child is looking this very instant; the next question tries again
        os.close(descriptor)


def deserted(run_dir: Path) -> bool:
    """Whether no process of the site is left."""
    descriptor = os.open(run_dir / PRESENT, os.O_RDONLY | os.O_CREAT, 0o600)
    try:
        return _try_lock(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
