"""One generation while this process runs it."""

import asyncio
import time
from dataclasses import dataclass, field
from uuid import UUID

from chat.events import GenerationEnded
from chat.generation.context import Prompt
from chat.generation.journal import Journal
from chat.models import PartKind, Status
from chat.providers.errors import ProviderError
from chat.shapes import Failure, Timings


@dataclass(slots=True)
class Job:
    """What a run is given: ids, and whom to ask what."""

    generation_id: UUID
    message_id: UUID
    conversation_id: UUID
    owner_id: UUID
    turn_id: UUID
    connection: str
    model_id: str
    prompt: Prompt | ProviderError  # the error when the connection cannot be used: the generation ends with it


@dataclass(slots=True)
class Outcome:
    """How a run ended."""

    status: Status
    finish_reason: str = ""
    failure: Failure | None = None


@dataclass(slots=True, eq=False)
class Run:
    """The state of a running generation. `stored` is the position that the database has, None when unknown.

    `unstored` is its end where that could not be stored, and was told nevertheless: the row still says that it runs.
    """

    job: Job
    limit: int  # code points
    journal: Journal = field(default_factory=Journal)
    stored: int | None = 0
    task: asyncio.Task[None] | None = None
    cancelled_as: Status | None = None
    cancelled_at: float | None = None
    begun: bool = False
    ending: bool = False
    unstored: GenerationEnded | None = None
    started: float = field(default_factory=time.monotonic)
    first_delta: float | None = None
    first_reasoning: float | None = None
    first_content: float | None = None
    upstream_closed: float | None = None
    stop_asked: float | None = None
    finish_reason: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    input_characters: int | None = None
    omitted_messages: int = 0

    def append(self, kind: str, text: str) -> None:
        """Take an increment of the answer."""
        if self.first_content is None:
            self._time_of(kind)
        self.journal.append(kind, text)

    def _time_of(self, kind: str) -> None:
        now = time.monotonic()
        if self.first_delta is None:
            self.first_delta = now
        if kind == PartKind.CONTENT:
            self.first_content = now
        elif self.first_reasoning is None:
            self.first_reasoning = now

    def forget_figures(self) -> None:
        """Leave out what the service said of its own answer."""
        self.finish_reason, self.input_tokens, self.output_tokens = "", None, None

    def timings(self) -> Timings:
        """As its footer shows them, once the upstream connection is closed."""
        thought = self.first_content or self.upstream_closed
        return Timings(
            first_delta_ms=self.milliseconds(self.first_delta),
            duration_ms=self.milliseconds(self.upstream_closed),
            stop_ms=self.milliseconds(self.upstream_closed, self.stop_asked) if self.stop_asked else None,
            reasoning_ms=self.milliseconds(thought, self.first_reasoning) if self.first_reasoning else None,
        )

    def milliseconds(self, moment: float | None, since: float | None = None) -> int | None:
        """From the start (or `since`) to a moment, rounded; None when there was no such moment."""
        start = self.started if since is None else since
        return None if moment is None else max(0, round((moment - start) * 1000))
