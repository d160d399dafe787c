"""The name of this process in the rows of the generations that it runs."""

import os
import secrets
import socket

HOST = socket.gethostname()[:50]
PID = os.getpid()
WORKER = f"{HOST}:{PID}:{secrets.token_hex(4)}"


def is_dead(worker: str) -> bool:
    """Whether that process ran on this machine and is gone for certain; of others only their leases tell."""
    host, _, rest = worker.partition(":")
    pid, _, _ = rest.partition(":")
    if host != HOST or not pid.isdigit():
        return False
    if int(pid) == PID:
        return worker != WORKER  # an earlier process had the number that this one has now
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
