"""How long a process was ready to run and had no processor, as the kernel counts it."""

import contextlib
from pathlib import Path


def waited_ns(pid: int | None) -> int:
    """Nanoseconds that its threads have waited for a processor so far, together; 0 of a process that is gone.

    The second figure of schedstat: https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat
    """
    waited = 0
    for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
            waited += int(path.read_text().split()[1])
    return waited
