"""The name of this process in the rows of the generations that it runs, and which these are."""

import contextlib
import os
import secrets
import socket
from hashlib import sha256
from pathlib import Path
from uuid import UUID


def _machine() -> str:
    """The name of what process numbers are numbers of: containers may share a host's name and not its processes."""
    parts = [socket.gethostname()]
    with contextlib.suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
    with contextlib.suppress(OSError):
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
    return f"{socket.gethostname()[:30]}-{sha256(' '.join(parts).encode()).hexdigest()[:12]}"


HOST = _machine()
PID = os.getpid()
WORKER = f"{HOST}:{PID}:{secrets.token_hex(4)}"

running_here: set[UUID] = set()
"""The generations with rows that this process runs, until their ends are stored. Any thread may look for one."""


def lives(worker: str) -> bool | None:
    """Whether that process of this machine is there, False when it is gone for certain; of others None: leases tell."""
    host, _, rest = worker.partition(":")
    pid, _, _ = rest.partition(":")
    if host != HOST or not pid.isdigit():
        return None
    if int(pid) == PID:
        return worker == WORKER  # else an earlier process had the number that this one has now
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return None
    return True
