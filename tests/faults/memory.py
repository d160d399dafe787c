"""What a process holds, seen from outside: its highest memory since a moment, descriptors, threads."""

import re
from dataclasses import dataclass
from pathlib import Path

import psutil

MEGABYTE = 2**20


class Peak:
    """The highest resident memory of a process since this was made, in bytes."""

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/status")
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # the kernel's mark begins again at what is resident now
        self.base = self.now()

    def now(self) -> int:
        (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", self._status.read_text())
        return int(kilobytes) * 1024

    def growth(self) -> int:
        return self.now() - self.base


@dataclass(frozen=True)
class Held:
    """Resident bytes, open descriptors and threads."""

    memory: int
    descriptors: int
    threads: int

    def more_than(self, before: "Held", threads: int) -> bool:
        """Whether there are more descriptors or threads than before, but for threads with a database each (3 files)."""
        return self.descriptors > before.descriptors + 3 * threads or self.threads > before.threads + threads

    @classmethod
    def by(cls, pid: int) -> "Held":
        process = psutil.Process(pid)
        return cls(process.memory_info().rss, process.num_fds(), process.num_threads())
