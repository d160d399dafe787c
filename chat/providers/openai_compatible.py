"""OpenAICompatible: any server with OpenAI's chat completions, among them Ollama, vLLM, llama.cpp and LM Studio."""

import logging
import re
from collections.abc import AsyncGenerator
from typing import Any

from chat.providers import http
from chat.providers.base import (
    AnswerStream,
    AsyncGeneratorProvider,
    Chunk,
    Messages,
    ModelInfo,
    ProviderModelMixin,
)
from chat.providers.budgets import Budgets, Clock
from chat.providers.errors import MisconfiguredError, RefusedError
from chat.providers.model_lists import read_model_list
from chat.providers.openai_wire import CompletionReader
from chat.providers.retry import DEFAULT_TRIES

logger = logging.getLogger(__name__)

PARAMETERS = ("temperature", "top_p", "max_tokens", "stop", "seed")
LIST_BUDGETS = Budgets(first_delta=15.0, idle=15.0, total=30.0)
REMEMBERED_SERVERS = 256

_FIELD_WORDS = re.compile(
    r"stream_options|include_usage|unknown|unrecogni[sz]ed|unsupported|unexpected|extra|additional propert", re.I
)


class OpenAICompatible(AsyncGeneratorProvider, ProviderModelMixin):
    """Streams `POST {base_url}/chat/completions`; base_url includes the version, as in `http://localhost:11434/v1`."""

    label = "OpenAI-compatible service"
    keeps_budgets = True
    _refuse_stream_options: set[str] = set()

    @classmethod
    def create_async_generator(
        cls, model: str, messages: Messages, proxy: str | None = None, **kwargs: Any
    ) -> AnswerStream:
        """The answer to `messages` as it arrives: str, Reasoning, FinishReason, and Usage last.

        `base_url` is required; `api_key`, the generation parameters, `timeout`, `budgets` and `tries` are optional.
        """
        return AnswerStream(cls._answer(model, messages, proxy, kwargs))

    @classmethod
    async def list_models(cls, base_url: str, api_key: str | None = None, proxy: str | None = None) -> list[ModelInfo]:
        """The models the server says it has, in its order; raises typed errors."""
        url = f"{http.checked_url(base_url, 'base')}/models"
        call = http.Call(url, cls._headers(api_key), None, "GET", proxy, LIST_BUDGETS, secrets=(api_key,))
        return read_model_list(await http.get_json(call))

    @classmethod
    async def _answer(
        cls, model: str, messages: Messages, proxy: str | None, options: dict[str, Any]
    ) -> AsyncGenerator[Chunk, None]:
        call = cls._call(model, messages, proxy, options)
        reader = CompletionReader(call.budgets.line, call.hidden)
        async with await cls._open(call, Clock(call.budgets)) as body:
            async for data in body:
                for chunk in reader.feed(data):
                    body.first_delta_seen()
                    yield chunk
                if reader.done:
                    break
            for chunk in reader.finish():
                yield chunk
            await body.settle()
        if reader.odd:
            logger.warning("%s: %d odd lines skipped in an answer", cls.__name__, reader.odd)

    @classmethod
    def _call(cls, model: str, messages: Messages, proxy: str | None, options: dict[str, Any]) -> http.Call:
        base_url = http.checked_url(options.get("base_url") or cls.url, "base")
        name = cls.get_model(model)
        if not name:
            raise MisconfiguredError("No model is chosen. Choose one for this conversation.")
        payload: dict[str, Any] = {"model": name, "messages": messages, "stream": True}
        payload |= {key: options[key] for key in PARAMETERS if options.get(key) is not None}
        if base_url not in cls._refuse_stream_options:
            payload["stream_options"] = {"include_usage": True}
        api_key = options.get("api_key")
        budgets = (options.get("budgets") or Budgets()).within(options.get("timeout"))
        return http.Call(
            f"{base_url}/chat/completions",
            cls._headers(api_key) | {"Accept": "text/event-stream, application/json"},
            payload, "POST", proxy, budgets, options.get("tries", DEFAULT_TRIES), (api_key,),
        )  # fmt: skip

    @classmethod
    async def _open(cls, call: http.Call, clock: Clock) -> http.AnswerBody:
        """Sends the call; once more without `stream_options` to a server that refuses what it does not know."""
        try:
            return await http.open_body(call, clock)
        except RefusedError as error:
            if not call.asks("stream_options") or not _is_about_a_field(error):
                raise
        body = await http.open_body(call.without("stream_options"), clock)
        if len(cls._refuse_stream_options) < REMEMBERED_SERVERS:
            cls._refuse_stream_options.add(call.url.removesuffix("/chat/completions"))
        return body

    @classmethod
    def _headers(cls, api_key: str | None) -> dict[str, str]:
        if not api_key:
            return {}
        if not api_key.isascii() or not api_key.isprintable():
            raise MisconfiguredError("The API key holds characters that no key has. Enter it again.")
        return {"Authorization": f"Bearer {api_key.strip()}"}


def _is_about_a_field(error: RefusedError) -> bool:
    """Whether a refusal may be about a field of the request: it says so, or says nothing."""
    said = f"{error.message.removeprefix(error.sentence)} {error.excerpt}".strip()
    return (
        error.code == RefusedError.code and error.status in (400, 422) and (not said or bool(_FIELD_WORDS.search(said)))
    )
