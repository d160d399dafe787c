"""Decides, from what llama.cpp counts, when its process should end: idle, left alone, or stuck."""

from dataclasses import dataclass
from typing import Literal

DESERTED_SECONDS = 15.0

Verdict = Literal["idle", "deserted", "stuck"]


@dataclass(frozen=True, slots=True)
class Activity:
    """`busy`: requests in work or waiting. `progress` changes with every step of the model."""

    busy: bool
    progress: tuple[float, ...]

    @classmethod
    def from_metrics(cls, text: str) -> "Activity":
        """Reads llama.cpp's metrics (Prometheus text)."""
        lines = (line.split() for line in text.splitlines() if line.startswith("llamacpp:"))
        values = {name.removeprefix("llamacpp:"): float(value) for name, value, *_ in lines}
        return cls(
            busy=values["requests_processing"] + values["requests_deferred"] > 0,
            progress=(values["n_decode_total"], values["prompt_tokens_total"], values["tokens_predicted_total"]),
        )


class Vigil:
    """Told every second or so what goes on; times are a monotonic clock's seconds.

    A site that restarts is back within a few seconds, and finds the model loaded: hence the patience when deserted.
    """

    def __init__(self, idle_seconds: float, hang_seconds: float, now: float) -> None:
        self._idle_seconds = idle_seconds
        self._hang_seconds = hang_seconds
        self._progress: tuple[float, ...] = ()
        self._progressed = self._busy = self._attended = now

    def look(self, activity: Activity, deserted: bool, now: float) -> Verdict | None:
        """Why the process should end now, or None."""
        if activity.progress != self._progress or not activity.busy:
            self._progress, self._progressed = activity.progress, now
        if activity.busy:
            self._busy = now
            return "stuck" if now - self._progressed > self._hang_seconds else None
        if not deserted:
            self._attended = now
        if now - self._attended > DESERTED_SECONDS:
            return "deserted"
        return "idle" if now - self._busy > self._idle_seconds else None
