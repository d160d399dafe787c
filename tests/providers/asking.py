"""Asks a provider for a scripted answer and gathers all that came of it."""

import json
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from chat.providers import registry
from chat.providers.base import Chunk, FinishReason, Messages, Reasoning, Usage
from chat.providers.errors import ProviderError


@dataclass
class Outcome:
    """What a reader of an answer got."""

    chunks: list[Chunk] = field(default_factory=list)
    error: ProviderError | None = None

    @property
    def text(self) -> str:
        return "".join(chunk for chunk in self.chunks if isinstance(chunk, str))

    @property
    def reasoning(self) -> str:
        return "".join(chunk.text for chunk in self.chunks if isinstance(chunk, Reasoning))

    @property
    def usage(self) -> list[Usage]:
        return [chunk for chunk in self.chunks if isinstance(chunk, Usage)]

    @property
    def finish_reasons(self) -> list[str]:
        return [chunk.reason for chunk in self.chunks if isinstance(chunk, FinishReason)]

    @property
    def code(self) -> str | None:
        return self.error.code if self.error else None


def scripted(**script: Any) -> Messages:
    """A conversation whose last message carries the script."""
    return [{"role": "user", "content": f"!{json.dumps(script)}" if script else "Hello, how are you?"}]


async def ask(provider: type[Any], messages: Messages, **options: Any) -> Outcome:
    """The whole outcome of an answer, through the door that the application uses."""
    outcome = Outcome()
    try:
        async with aclosing(registry.stream(provider, "scripted-1", messages, **options)) as chunks:
            async for chunk in chunks:
                outcome.chunks.append(chunk)
    except ProviderError as error:
        outcome.error = error
    return outcome
