"""Whose preferences the templates follow."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from chat.accounts.own_language import wishes


def for_templates(request: HttpRequest) -> dict[str, object]:
    """A context processor: `preferences`, read when a template asks for them."""
    return {"preferences": SimpleLazyObject(lambda: wishes(request))}
