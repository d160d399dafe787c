"""Finds provider classes by kind or dotted path, and is the one door through which answers are streamed."""

import importlib
from contextlib import aclosing
from typing import Any, Final

from chat.providers.base import AnswerStream, Messages
from chat.providers.budgets import Budgets
from chat.providers.errors import MisconfiguredError
from chat.providers.foreign import Limits, adapted
from chat.providers.http import proxy_secrets

PROVIDERS: Final[dict[str, str]] = {
    "aichatonline": "chat.providers.aichatonline.AiChatOnline",
    "openai_compatible": "chat.providers.openai_compatible.OpenAICompatible",
    "embedded": "chat.providers.embedded.Embedded",
}


def provider_class(kind: str) -> type[Any]:
    """The class of a kind in PROVIDERS, or at a dotted path `package.module.Class`; loaded when first asked for.

    Raises MisconfiguredError where there is none, or it does not keep the contract.
    """
    path = PROVIDERS.get(kind, kind)
    module_name, _, name = path.rpartition(".")
    if not module_name:
        raise MisconfiguredError(f"There is no kind of provider called “{kind}”.")
    try:
        found = getattr(importlib.import_module(module_name), name, None)
    except Exception as exc:
        raise MisconfiguredError(
            f"The provider class “{path}” cannot be loaded. Check its name and that it is installed.",
            excerpt=f"{type(exc).__name__}: {exc}",
        ) from exc
    if not isinstance(found, type) or not callable(getattr(found, "create_async_generator", None)):
        raise MisconfiguredError(f"“{path}” is no provider class: it has no create_async_generator.")
    return found


def stream(
    provider: type[Any],
    model: str,
    messages: Messages,
    *,
    proxy: str | None = None,
    budgets: Budgets | None = None,
    **options: Any,
) -> AnswerStream:
    """The answer of any provider class, ours or foreign, as str, Reasoning, Usage and FinishReason only.

    Iterating raises only ProviderError and CancelledError; `aclose()` closes the connection to the service. Text is
    storable: no NUL, no lone surrogate. `options` are the contract's kwargs; nothing that is passed is changed.
    """
    budgets = (budgets or Budgets()).within(options.get("timeout"))
    secrets = (options.get("api_key"), *proxy_secrets(proxy))
    kept = bool(getattr(provider, "keeps_budgets", False))
    if kept:
        options["budgets"] = budgets
    else:
        messages = [dict(message) for message in messages]
    limits = Limits(budgets, kept, secrets)
    return AnswerStream(
        adapted(lambda: provider.create_async_generator(model, messages, proxy=proxy, **options), provider, limits)
    )


async def complete(provider: type[Any], model: str, messages: Messages, **options: Any) -> str:
    """The whole content of an answer as one string; takes what `stream` takes."""
    async with aclosing(stream(provider, model, messages, **options)) as chunks:
        return "".join([str(chunk) async for chunk in chunks])
