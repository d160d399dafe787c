"""The model on this machine: llama.cpp in a child process, asked over loopback in OpenAI's dialect."""

import asyncio
import importlib.util
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any
from weakref import WeakKeyDictionary

from chat.providers.base import AnswerStream, AsyncGeneratorProvider, Chunk, Messages, ModelInfo, ProviderModelMixin
from chat.providers.errors import (
    ConnectError,
    ContextTooLongError,
    IncompleteError,
    ModelNotSupportedError,
    ProviderError,
)
from chat.providers.llama.config import EmbeddedConfig
from chat.providers.llama.errors import EmbeddedCrashedError, EmbeddedUnavailableError
from chat.providers.llama.supervisor import Supervisor
from chat.providers.openai_compatible import OpenAICompatible
from chat.providers.weights import SMOLLM2, status

# Without any system prompt the default model answers plain questions with gibberish.
DEFAULT_SYSTEM_PROMPT = "You are a helpful assistant. Answer briefly, in plain English."

# What the authors of the default model use (https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct).
DEFAULT_SAMPLING = {"temperature": 0.2, "top_p": 0.9}

_config: EmbeddedConfig | None = None
_supervisors: WeakKeyDictionary[asyncio.AbstractEventLoop, Supervisor] = WeakKeyDictionary()


def configure(config: EmbeddedConfig | None) -> None:
    """Sets how the embedded model runs in this process; None takes it away. Nothing is started by this."""
    global _config
    _config = config


def unavailable() -> str | None:
    """Why the embedded model cannot answer, in words for a person; None when it can. Cheap: one stat."""
    if _config is None:
        return "The embedded model is not available. It is not configured."
    if importlib.util.find_spec("xllamacpp") is None:
        return "The embedded model is not available. The package xllamacpp is not installed."
    found = status(_config.weights)
    return None if found.ready else f"The embedded model is not available. {found.reason}"


class Embedded(AsyncGeneratorProvider, ProviderModelMixin):
    """A small model without key or network. Only one runs on a machine; it starts with the first question."""

    label = "Embedded model"
    default_model = SMOLLM2.filename.removesuffix(".gguf").lower()
    continues_prefix = True
    keeps_budgets = OpenAICompatible.keeps_budgets

    @classmethod
    def create_async_generator(
        cls, model: str, messages: Messages, proxy: str | None = None, **kwargs: Any
    ) -> AnswerStream:
        """The answer as it arrives. `proxy`, `base_url` and `api_key` mean nothing here and are ignored.

        Raises, besides what OpenAICompatible raises, the errors of chat.providers.llama.errors. A child that dies
        before the first chunk is replaced and asked again, once.
        """
        return AnswerStream(_answer(model, with_system_prompt(messages), kwargs))

    @classmethod
    def get_models(cls, **kwargs: Any) -> list[str]:
        """The one model, named for its file."""
        return [cls.default_model if _config is None else _config.model_id]

    @classmethod
    def get_model(cls, model: str | None, **kwargs: Any) -> str:
        """The one model's name; raises ModelNotSupportedError for any other."""
        (only,) = cls.get_models()
        if model and model != only:
            raise ModelNotSupportedError(f"The embedded model is “{only}”, not “{model}”. Choose another one.")
        return only

    @classmethod
    async def list_models(cls, **kwargs: Any) -> list[ModelInfo]:
        """The one model with the tokens that a conversation may have; asks and starts nothing."""
        size = None if _config is None else _config.context_size
        return [ModelInfo(name, size) for name in cls.get_models()]


def with_system_prompt(messages: Messages) -> Messages:
    """The messages, with a plain system prompt in front if they have none."""
    if any(message["role"] == "system" and message["content"] for message in messages):
        return messages
    rest = [message for message in messages if message["role"] != "system"]
    return [{"role": "system", "content": DEFAULT_SYSTEM_PROMPT}, *rest]


def supervisor() -> Supervisor:
    """The running loop's supervisor of the child. Raises EmbeddedUnavailableError with the words of `unavailable`."""
    reason = unavailable()
    if _config is None or reason is not None:
        raise EmbeddedUnavailableError(reason)
    loop = asyncio.get_running_loop()
    current = _supervisors.get(loop)
    if current is None or current.config != _config:
        current = _supervisors[loop] = Supervisor(_config)
    return current


async def _answer(model: str, messages: Messages, options: dict[str, Any]) -> AsyncGenerator[Chunk, None]:
    model, keeper = Embedded.get_model(model), supervisor()
    options = _for_the_child(options, keeper.config)
    for last_try in (False, True):
        begun = False
        async with keeper.slot() as endpoint:
            own = {"base_url": endpoint.base_url, "api_key": endpoint.key}
            try:
                stream = OpenAICompatible.create_async_generator(model, messages, **options, **own)
                async with aclosing(stream) as chunks:
                    async for chunk in chunks:
                        begun = True
                        yield chunk
                keeper.backoff.succeeded()
                return
            except (ConnectError, IncompleteError):
                keeper.backoff.failed(endpoint.pid)
                if begun or last_try:
                    raise EmbeddedCrashedError from None
            except ContextTooLongError as error:
                raise _with_numbers(error, keeper.config) from None


def _for_the_child(options: dict[str, Any], config: EmbeddedConfig) -> dict[str, Any]:
    """The caller's options without what names another service, over the default model's own sampling.

    Two tries: llama.cpp closes connections that it promised to keep, which the second finds out.
    """
    sampling = DEFAULT_SAMPLING if config.weights.name == SMOLLM2.filename else {}
    foreign = ("base_url", "api_key")
    given = {name: value for name, value in options.items() if value is not None and name not in foreign}
    return {**sampling, "tries": 2, **given}


def _with_numbers(error: ContextTooLongError, config: EmbeddedConfig) -> ProviderError:
    """The same error, saying how long the conversation is and how long it may be, in tokens."""
    found = re.search(r"\b(\d+) tokens\b", error.message)
    length = f"{int(found[1]):,} tokens long" if found else "too long"
    return ContextTooLongError(
        f"The conversation is {length}; the embedded model can read {config.context_size:,} tokens. "
        "Shorten the message or start a new conversation.",
        status=error.status,
        excerpt=error.excerpt,
    )
