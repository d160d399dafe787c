"""Queued messages over HTTP: changed or taken back while they wait. Each is also an event to the owner's tabs."""

from uuid import UUID

import msgspec
from django.http import HttpRequest

from chat.accounts.access import Access
from chat.api.json import body, endpoint
from chat.generation import queue
from chat.shapes import QueuedInfo


class Content(msgspec.Struct, forbid_unknown_fields=True):
    content: str


async def _change(request: HttpRequest, access: Access, queued_id: UUID) -> QueuedInfo:
    return await queue.change(access, queued_id, body(request, Content).content)


async def _delete(request: HttpRequest, access: Access, queued_id: UUID) -> None:
    await queue.delete(access, queued_id)


item = endpoint(patch=_change, delete=_delete)
