"""Tries a step again before anything of an answer has arrived, where that is likely to help."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from chat.providers.budgets import Clock
from chat.providers.errors import ProviderError

DEFAULT_TRIES = 3
BASE_DELAY = 0.25
LONGEST_DELAY = 10.0

Result = TypeVar("Result")


async def with_tries(step: Callable[[], Awaitable[Result]], clock: Clock, tries: int = DEFAULT_TRIES) -> Result:
    """What `step` returns, called up to `tries` times while it raises a retryable error.

    Waits 0.25 s, 0.5 s ... with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/),
    or what the service asked for. A wait over ten seconds, or past the first-delta budget, is the user's to decide.
    """
    attempt = 1
    while True:
        try:
            return await step()
        except ProviderError as error:
            delay = _delay(error, attempt)
            if not error.retryable or attempt >= tries or not _fits(delay, clock):
                raise
        await asyncio.sleep(delay)
        attempt += 1


def _delay(error: ProviderError, attempt: int) -> float:
    if error.retry_after is not None:
        return error.retry_after
    return random.uniform(0.0, BASE_DELAY * 2 ** (attempt - 1))


def _fits(delay: float, clock: Clock) -> bool:
    due, _ = clock.due()
    return delay <= LONGEST_DELAY and asyncio.get_running_loop().time() + delay < due
