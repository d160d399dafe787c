"""How the embedded model runs on this machine: plain values, given once by whoever starts the site."""

import os
from dataclasses import dataclass
from pathlib import Path

GIGABYTE = 2**30


@dataclass(frozen=True, slots=True)
class EmbeddedConfig:
    """`context` is in tokens and is shared out evenly among the `slots` (answers at the same time).

    `run_dir` holds the child's lock, endpoint and log. `queue` answers may wait for a slot in each process. `threads`
    None takes all processors but one. Seconds that are None grow with the file, since a large model loads
    and reads its prompt more slowly: 98 MB load in 0.5 s, and 128 tokens of prompt take 0.6 s on one processor.
    """

    weights: Path
    run_dir: Path
    context: int = 8192
    slots: int = 4
    idle_seconds: float = 600.0
    threads: int | None = None
    queue: int = 32
    startup_seconds: float | None = None
    hang_seconds: float | None = None

    def __post_init__(self) -> None:
        if self.slots < 1 or self.context < 256 * self.slots:
            raise ValueError(f"{self.slots} slots in {self.context} tokens: each slot needs at least 256")

    @property
    def context_size(self) -> int:
        """Tokens that one conversation may have, its answer included."""
        return self.context // self.slots

    @property
    def model_id(self) -> str:
        """The name by which this model is known: its file's, in lower case, without the ending."""
        return self.weights.stem.lower()

    @property
    def thread_count(self) -> int:
        """One processor stays free for the site, and more than eight do not help a small model.

        llama.cpp's threads wait for each other after every step: on two processors with one busy loop beside them, one
        thread writes 120 tokens/s and two write 8 (alone: 135 and 140).
        """
        return self.threads or max(1, min(8, _processors() - 1))

    @property
    def startup_budget(self) -> float:
        """Seconds until a child that has started must serve."""
        return self.startup_seconds if self.startup_seconds is not None else 30 + 30 * self._gigabytes

    @property
    def hang_budget(self) -> float:
        """Seconds of silence after which a child counts as hung."""
        return self.hang_seconds if self.hang_seconds is not None else 15 + 15 * self._gigabytes

    @property
    def _gigabytes(self) -> float:
        return self.weights.stat().st_size / GIGABYTE if self.weights.exists() else 0.0


def _processors() -> int:
    """Those this process may use; a container may be given fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
