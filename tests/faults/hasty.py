"""A provider class with small budgets, named by its dotted path as an administrator would name any other class."""

from typing import Any

from chat.providers.base import AnswerStream, Messages
from chat.providers.budgets import Budgets
from chat.providers.openai_compatible import OpenAICompatible

KIND = f"{__name__}.HastyService"


class HastyService(OpenAICompatible):
    """The usual wire; a service may take a second for its first delta, half of one between two, two in all."""

    label = "Hasty"

    @classmethod
    def create_async_generator(
        cls, model: str, messages: Messages, proxy: str | None = None, **kwargs: Any
    ) -> AnswerStream:
        budgets = Budgets(first_delta=1.0, idle=0.5, total=2.0)
        return super().create_async_generator(model, messages, proxy, **kwargs | {"budgets": budgets})
