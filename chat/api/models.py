"""The models that may be picked, over HTTP."""

from django.http import HttpRequest

from chat.accounts.access import Access
from chat.api.json import endpoint
from chat.generation.catalogue import ModelChoice, model_choices


async def _list(request: HttpRequest, access: Access) -> dict[str, list[ModelChoice]]:
    return {"items": await model_choices(access)}


collection = endpoint(get=_list)
