"""A person's prompts over HTTP."""

from uuid import UUID

import msgspec
from django.http import HttpRequest
from msgspec import UNSET, UnsetType

from chat.accounts.access import Access
from chat.api.json import body, endpoint
from chat.database import database
from chat.history import prompts
from chat.shapes import PromptInfo


class Named(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    content: str


class Change(msgspec.Struct, forbid_unknown_fields=True):
    name: str | UnsetType = UNSET
    content: str | UnsetType = UNSET


async def _list(request: HttpRequest, access: Access) -> dict[str, list[PromptInfo]]:
    return {"items": await database.read(prompts.prompts, access)}


async def _create(request: HttpRequest, access: Access) -> PromptInfo:
    named = body(request, Named)
    return await database.write(prompts.create, access, named.name, named.content)


async def _change(request: HttpRequest, access: Access, prompt_id: UUID) -> PromptInfo:
    given = msgspec.structs.asdict(body(request, Change))
    fields = {name: value for name, value in given.items() if value is not UNSET}
    return await database.write(prompts.change, access, prompt_id, **fields)


async def _delete(request: HttpRequest, access: Access, prompt_id: UUID) -> None:
    await database.write(prompts.delete, access, prompt_id)


collection = endpoint(get=_list, post=_create)
item = endpoint(patch=_change, delete=_delete)
