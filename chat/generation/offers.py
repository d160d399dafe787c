"""What a configured connection amounts to: the class that answers, what it is called with, the models it offers."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from chat.models import Connection
from chat.providers import embedded, registry
from chat.providers.base import ModelInfo
from chat.providers.errors import MisconfiguredError, ProviderError
from chat.providers.llama.config import EmbeddedConfig
from chat.providers.llama.errors import EmbeddedUnavailableError
from chat.providers.weights import SMOLLM2

logger = logging.getLogger(__name__)

LISTING_TIMEOUT = 5.0  # seconds that a service has to list its models
EMBEDDED = EmbeddedConfig(
    weights=settings.EMBEDDED_WEIGHTS,
    run_dir=settings.EMBEDDED_RUN_DIR,
    context=settings.EMBEDDED_CONTEXT,
    slots=settings.EMBEDDED_SLOTS,
    idle_seconds=settings.EMBEDDED_IDLE_SECONDS,
)
EMBEDDED_ABILITIES: tuple[str, ...] = ("embedded",)
embedded.configure(EMBEDDED)


@dataclass(frozen=True)
class Configured:
    """A provider class and the keyword arguments that this connection means."""

    provider: type[Any]
    options: dict[str, Any]


@dataclass(frozen=True)
class Note:
    """A plain sentence, and the stable code by which a page in another language has its own words for it."""

    code: str
    message: str


DEMONSTRATION = Note(
    "model.demonstration",
    "A small demonstration model on this machine: it answers simple questions in English. "
    "An administrator can connect a better one.",
)
NOT_WORKING = Note("connection.not_working", "This service is marked as not working.")
NO_MODELS = Note("connection.no_models", "This connection has no models. Name them in its settings.")
LISTS_NONE = Note("connection.lists_none", "The service lists no models. Name them in the connection's settings.")
LISTING_TIMED_OUT = Note("connection.listing_timed_out", "The service did not list its models in time.")
LISTING_FAILED = Note("connection.listing_failed", "The provider class failed to list its models.")


@dataclass(frozen=True)
class Offer:
    """The models of a connection, or why it has none. `context_sizes` are tokens, by model, where known.

    `asked`: the service itself has said so, or would not.
    """

    available: bool
    model_ids: list[str] = field(default_factory=list)
    note: Note | None = None
    context_sizes: dict[str, int] = field(default_factory=dict)
    capabilities: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked: bool = False


def configured(row: Connection) -> Configured:
    """The class and arguments of a connection. Raises ProviderError when its kind cannot be used."""
    if row.kind not in registry.PROVIDERS and row.kind not in settings.PROVIDER_CLASSES:
        raise MisconfiguredError(f"The provider class “{row.kind}” is not in PROVIDER_CLASSES. Add it there.")
    options = {"base_url": row.base_url, "api_key": row.secret, "proxy": row.proxy}
    return Configured(registry.provider_class(row.kind), {name: value for name, value in options.items() if value})


def known_offer(row: Connection) -> Offer:
    """What can be said without asking the service."""
    try:
        provider = configured(row).provider
    except ProviderError as error:
        return Offer(False, list(row.model_ids), Note(error.code, error.message))
    unavailable = embedded.unavailable() if provider is embedded.Embedded else None
    if unavailable:
        return Offer(False, list(row.model_ids), Note(EmbeddedUnavailableError.code, unavailable))
    model_ids = list(row.model_ids) or _named(provider, row.kind)
    if provider is not embedded.Embedded:
        return Offer(True, model_ids, _note(provider))
    sizes = dict.fromkeys(model_ids, EMBEDDED.context_size)
    return Offer(True, model_ids, _note(provider), sizes, dict.fromkeys(model_ids, EMBEDDED_ABILITIES))


async def asked_offer(row: Connection) -> Offer:
    """What the service itself lists, where it can be asked and nothing else is configured."""
    known = known_offer(row)
    if not known.available or row.model_ids:
        return known
    asked = configured(row)
    if not callable(getattr(asked.provider, "list_models", None)):
        return known if known.model_ids else Offer(False, note=NO_MODELS)
    try:
        async with asyncio.timeout(LISTING_TIMEOUT):
            models: list[ModelInfo] = await asked.provider.list_models(**{"base_url": "", **asked.options})
    except ProviderError as error:
        return Offer(False, note=Note(error.code, error.message), asked=True)
    except TimeoutError:
        return Offer(False, note=LISTING_TIMED_OUT, asked=True)
    except Exception:
        logger.exception("the models of %s could not be listed", row.name)
        return Offer(False, note=LISTING_FAILED)
    if not models:
        return Offer(False, note=LISTS_NONE, asked=True)
    sizes = {model.model_id: model.context_size for model in models if model.context_size}
    abilities = {model.model_id: model.capabilities for model in models if model.capabilities}
    return Offer(True, [model.model_id for model in models], known.note, sizes, abilities, asked=True)


def _named(provider: type[Any], kind: str) -> list[str]:
    """What the class itself names. One written elsewhere is not called, only read: its `get_models` may block."""
    if kind in registry.PROVIDERS:
        return list(provider.get_models())
    names = [getattr(provider, "default_model", ""), *(getattr(provider, "models", None) or [])]
    return [name for name in dict.fromkeys(names) if isinstance(name, str) and name]


def _note(provider: type[Any]) -> Note | None:
    if provider is embedded.Embedded and settings.EMBEDDED_WEIGHTS.name == SMOLLM2.filename:
        return DEMONSTRATION
    return None if getattr(provider, "working", True) else NOT_WORKING
