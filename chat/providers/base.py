"""The provider contract: what an adapter to a service is, and what its answers are made of."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Generator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, ClassVar, Self, TypeAlias, cast

from chat.providers.errors import ModelNotSupportedError

Messages: TypeAlias = list[dict[str, Any]]

COUNT_LIMIT = 2**31  # what a database's integer does not hold is no count of tokens either


def _count(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < COUNT_LIMIT:
        return None
    return int(value)


@dataclass(frozen=True, slots=True)
class Reasoning:
    """An increment of what the model thinks before it answers."""

    text: str

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and written, as the service counted them; None where it did not say."""

    input_tokens: int | None = None
    output_tokens: int | None = None

    def __str__(self) -> str:
        return ""

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> "Usage":
        """The counts in a usage object, under OpenAI's names or ours; what is no count is left out."""
        return cls(
            _count(values.get("prompt_tokens", values.get("input_tokens"))),
            _count(values.get("completion_tokens", values.get("output_tokens"))),
        )


@dataclass(frozen=True, slots=True)
class FinishReason:
    """Why the model stopped: `stop`, `length`, `content_filter` ..."""

    reason: str

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that a service offers; `context_size` in tokens and what else it can do, where the service says so."""

    model_id: str
    context_size: int | None = None
    capabilities: tuple[str, ...] = ()


Chunk: TypeAlias = str | Reasoning | Usage | FinishReason


class AnswerStream(AsyncGenerator[Chunk, None]):
    """An answer on its way: an async generator that may also be awaited, which returns itself.

    So both `async for chunk in P.create_async_generator(...)` and `... in await P.create_async_generator(...)` work.
    Nothing is sent before the first chunk is asked for; `aclose()` closes the connection to the service.
    """

    __slots__ = ("_chunks",)

    def __init__(self, chunks: AsyncGenerator[Chunk, None]) -> None:
        self._chunks = chunks

    def __await__(self) -> Generator[Any, None, Self]:
        return self
        yield

    def __aiter__(self) -> Self:
        return self

    def __anext__(self) -> Awaitable[Chunk]:  # type: ignore[override]  # as fast as the generator underneath
        return self._chunks.__anext__()

    async def asend(self, value: None) -> Chunk:
        return await self._chunks.asend(value)

    async def athrow(
        self, typ: Any, val: BaseException | object | None = None, tb: TracebackType | None = None
    ) -> Chunk:
        return await self._chunks.athrow(cast(BaseException, typ if val is None else val))

    async def aclose(self) -> None:
        await self._chunks.aclose()


AsyncResult: TypeAlias = AsyncIterator[Chunk]


class AsyncGeneratorProvider:
    """A service that answers in a stream. Used through its class methods, never instantiated.

    `create_async_generator` takes `api_key`, `base_url`, `timeout` (seconds in all), `temperature`, `top_p`,
    `max_tokens`, `stop` and `seed` in `kwargs`, besides our own `budgets` (Budgets) and `tries`, and ignores what it
    does not know. The stream raises only ProviderError and CancelledError, and never yields an error as text.
    """

    url: ClassVar[str] = ""
    label: ClassVar[str] = ""
    working: ClassVar[bool] = True
    needs_auth: ClassVar[bool] = False
    supports_stream: ClassVar[bool] = True
    supports_system_message: ClassVar[bool] = True
    supports_message_history: ClassVar[bool] = True
    continues_prefix: ClassVar[bool] = False
    """Whether the service goes on from an assistant message that comes last."""
    keeps_budgets: ClassVar[bool] = False
    """Whether the class holds itself to `budgets`; otherwise whoever iterates does."""

    @classmethod
    def create_async_generator(
        cls, model: str, messages: Messages, proxy: str | None = None, **kwargs: Any
    ) -> AnswerStream:
        """The answer to `messages`, as it arrives."""
        raise NotImplementedError(f"{cls.__name__} does not implement create_async_generator")

    @classmethod
    async def create_async(cls, model: str, messages: Messages, **kwargs: Any) -> str:
        """The whole answer's content as one string."""
        stream = cls.create_async_generator(model, messages, **kwargs)
        try:
            return "".join([str(chunk) async for chunk in stream])
        finally:
            await stream.aclose()


class ProviderModelMixin:
    """The models a provider offers."""

    default_model: ClassVar[str] = ""
    models: ClassVar[list[str]] = []
    model_aliases: ClassVar[dict[str, str]] = {}

    @classmethod
    def get_models(cls, **kwargs: Any) -> list[str]:
        """The listed models, or the default alone where none are listed."""
        if cls.models:
            return list(cls.models)
        return [cls.default_model] if cls.default_model else []

    @classmethod
    def get_model(cls, model: str | None, **kwargs: Any) -> str:
        """The name the service knows the model by; raises ModelNotSupportedError where models are listed without it."""
        name = model or cls.default_model
        name = cls.model_aliases.get(name, name)
        if cls.models and name not in cls.models:
            raise ModelNotSupportedError(f"The service does not have the model “{name}”. Choose another one.")
        return name
