"""Fits classes written for gpt4free's provider contract, which import nothing of ours, to this package's contract."""

import asyncio
import inspect
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from chat.providers import errors, faults
from chat.providers.base import Chunk, FinishReason, Reasoning, Usage
from chat.providers.budgets import Budgets, Clock
from chat.providers.errors import ProviderError
from chat.providers.streams import clean_text
from chat.providers.thoughts import ThoughtSplitter

logger = logging.getLogger(__name__)

CLOSE_SECONDS = 5.0

_BY_NAME: dict[str, type[ProviderError]] = {
    "MissingAuthError": errors.UnauthorizedError,
    "NoValidHarFileError": errors.UnauthorizedError,
    "PaymentRequiredError": errors.QuotaExceededError,
    "RateLimitError": errors.RateLimitedError,
    "ModelNotSupportedError": errors.ModelNotSupportedError,
    "ModelNotFoundError": errors.ModelNotSupportedError,
    "ProviderNotWorkingError": errors.UnavailableError,
    "MissingRequirementsError": errors.MisconfiguredError,
}


@dataclass(slots=True)
class Limits:
    """What bounds one answer: its budgets, whether the class keeps them itself, and what no error may show."""

    budgets: Budgets
    kept: bool = False
    secrets: tuple[str | None, ...] = ()
    size: int = 0


async def adapted(result: Callable[[], Any], provider: type[Any], limits: Limits) -> AsyncGenerator[Chunk, None]:
    """The chunks of what `result()` returns: only str, Reasoning, Usage and FinishReason; storable; typed errors.

    Thoughts that come as tagged text are Reasoning.
    A class that does not keep budgets is held to them. One that swallows a cancellation is left at its next chunk.
    """
    clock = Clock(limits.budgets)
    thoughts = ThoughtSplitter()
    chunks: AsyncIterator[Any] | None = None
    try:
        chunks = await _iterator(result(), clock)
        while True:
            raw = await (anext(chunks) if limits.kept else _guarded_next(chunks, clock))
            if (chunk := as_chunk(raw)) is not None:
                _count_size(chunk, clock, limits)
                if thoughts.begun or not isinstance(chunk, str):
                    yield chunk
                    continue
                for part in thoughts.feed(chunk):
                    yield part
    except StopAsyncIteration:
        for part in thoughts.finish():
            yield part
        if not clock.first_delta_seen:
            raise errors.EmptyAnswerError from None
    except (Exception, asyncio.CancelledError) as exc:  # the boundary: nothing but typed errors leaves it
        if _is_cancelled(exc):
            raise
        for part in thoughts.finish():
            yield part
        raise as_error(exc, provider, limits.secrets) from None
    finally:
        await _close(chunks)


def _is_cancelled(exc: BaseException) -> bool:
    """Whether whoever iterates is cancelled; a class may also pass on that a task of its own was."""
    task = asyncio.current_task()
    return isinstance(exc, asyncio.CancelledError) and (task is None or task.cancelling() > 0)


def _count_size(chunk: Chunk, clock: Clock, limits: Limits) -> None:
    text = chunk.text if isinstance(chunk, Reasoning) else str(chunk)
    if text:
        clock.first_delta_seen = True
        limits.size += len(text)
        if limits.size > limits.budgets.bytes:
            raise errors.TooLargeError


async def _iterator(result: Any, clock: Clock) -> AsyncIterator[Any]:
    """The asynchronous iterator in what `create_async_generator` returned: itself, or what awaiting it gives."""
    while not hasattr(result, "__anext__"):
        if hasattr(result, "__aiter__"):
            result = aiter(result)
        elif inspect.isawaitable(result):
            async with clock.scope():
                result = await result
        else:
            raise errors.MisconfiguredError("The provider class did not return an asynchronous generator.")
    iterator: AsyncIterator[Any] = result
    return iterator


async def _guarded_next(chunks: AsyncIterator[Any], clock: Clock) -> Any:
    """The next chunk within the budgets; the cancellation that a bare `except` in the class has swallowed, again."""
    task = asyncio.current_task()
    cancelled_before = task.cancelling() if task else 0
    clock.waiting_since = asyncio.get_running_loop().time()
    async with clock.scope():
        raw = await anext(chunks)
    if task is not None and task.cancelling() > cancelled_before:
        raise asyncio.CancelledError
    return raw


async def _close(chunks: AsyncIterator[Any] | None) -> None:
    close = getattr(chunks, "aclose", None)
    if close is None:
        return
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await close()
    except Exception as exc:  # noqa: BLE001  closing is best effort: the class may ignore GeneratorExit
        logger.warning("A provider class did not close cleanly: %s", type(exc).__name__)


def as_chunk(raw: Any) -> Chunk | None:
    """`raw` as one of our chunks, or None where it carries nothing for a reader; raises an exception that was yielded.

    gpt4free's values are known by the name of their class and their attributes; other objects are their `str()`.
    """
    if isinstance(raw, str):
        return clean_text(str(raw)) or None
    if isinstance(raw, Reasoning):
        return Reasoning(clean_text(raw.text))
    if isinstance(raw, Usage):
        return Usage.from_mapping({"input_tokens": raw.input_tokens, "output_tokens": raw.output_tokens})
    if isinstance(raw, FinishReason):
        return FinishReason(clean_text(str(raw.reason)))
    if isinstance(raw, BaseException):
        raise raw
    if raw is None or isinstance(raw, (bytes, Mapping, list, tuple, int, float)):
        return None
    name = type(raw).__name__
    if name == "Reasoning":
        text = _reasoning_text(raw)
        return Reasoning(clean_text(text)) if text else None
    if name == "Usage":
        return _usage(raw)
    if name == "FinishReason":
        return FinishReason(clean_text(str(getattr(raw, "reason", "") or "stop")))
    return clean_text(str(raw)) or None


def _reasoning_text(raw: Any) -> str:
    token = getattr(raw, "token", None)
    if isinstance(token, str):
        return token
    if any(getattr(raw, name, None) is not None for name in ("is_thinking", "status", "label")):
        return ""
    return str(raw)


def _usage(raw: Any) -> Usage | None:
    values = raw.get_dict() if hasattr(raw, "get_dict") else getattr(raw, "__dict__", {})
    usage = Usage.from_mapping(values)
    return usage if usage != Usage() else None


def as_error(exc: BaseException, provider: type[Any], secrets: tuple[str | None, ...] = ()) -> ProviderError:
    """The typed error for whatever a provider class raised."""
    if isinstance(exc, ProviderError):
        return exc.hide(secrets)
    if isinstance(exc, (aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError)):
        return faults.from_reading(exc, secrets)
    if isinstance(exc, (aiohttp.ClientError, OSError)) and not _is_bare_timeout(exc):
        return faults.from_exception(exc, secrets=secrets)
    if _is_bare_timeout(exc):
        return errors.TotalTimeoutError()
    excerpt = f"{type(exc).__name__}: {exc}"
    for base in type(exc).__mro__:
        if kind := _BY_NAME.get(base.__name__):
            return kind(excerpt=excerpt, secrets=secrets)
    name = getattr(provider, "__name__", str(provider))
    return ProviderError(
        f"The provider {name} failed to answer. Choose another model.", excerpt=excerpt, secrets=secrets
    )


def _is_bare_timeout(exc: BaseException) -> bool:
    return isinstance(exc, TimeoutError) and not isinstance(exc, aiohttp.ClientError)
