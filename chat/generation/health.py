"""What this process has heard of each connection lately: does it list its models, do its answers come?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from django.utils import timezone

from chat.models import Connection
from chat.shapes import Failure

MEMORY = timedelta(minutes=15)  # what was heard before says nothing of now
Source = Literal["listing", "answer"]

OURS = frozenset(
    {"provider.context_too_long", "provider.model_not_supported", "provider.refused", "provider.too_large"}
)
"""Failures that are about the question, not about the service. Codes that are not the provider's are this server's."""


class Health(msgspec.Struct, frozen=True, omit_defaults=True):
    """`ok`, `failing` (with what is wrong, its code, and since when), or `unknown` when nothing was heard lately."""

    status: str
    since: datetime | None = None
    message: str | None = None
    code: str | None = None


@dataclass(slots=True)
class _Heard:
    at: datetime
    since: datetime
    problem: Failure | None


class Watch:
    """In memory, by the names of connections, which are unique; what a change of its settings makes old is dropped."""

    def __init__(self) -> None:
        self._heard: dict[tuple[str, Source], _Heard] = {}

    def hear(self, connection: str, source: Source, problem: Failure | None) -> None:
        """It has listed its models or answered; or it has failed to, for this reason."""
        now, known = timezone.now(), self._heard.get((connection, source))
        goes_on = known is not None and (known.problem is None) == (problem is None)
        self._heard[connection, source] = _Heard(now, known.since if known and goes_on else now, problem)

    def hear_end(self, connection: str, failure: Failure | None) -> None:
        """An answer has ended, completed or failed. What is not the service's fault says nothing about it."""
        if failure is None:
            self.hear(connection, "answer", None)
        elif failure.code.startswith("provider.") and failure.code not in OURS:
            self.hear(connection, "answer", failure)

    def health(self, row: Connection) -> Health:
        """Either source may fail it: a service that lists its models may refuse to answer, and the other way round."""
        oldest = max(row.updated_at, timezone.now() - MEMORY)
        sources: tuple[Source, ...] = ("answer", "listing")
        recent = [heard for source in sources if (heard := self._heard.get((row.name, source))) and heard.at > oldest]
        for heard in recent:
            if heard.problem is not None:
                return Health("failing", heard.since, heard.problem.message, heard.problem.code)
        return Health("ok") if recent else Health("unknown")


watch = Watch()
