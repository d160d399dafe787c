"""Queued messages over HTTP: changed or taken back while they wait. Each is also an event to the owner's tabs."""

from uuid import UUID

import msgspec
from django.http import HttpRequest

from chat.accounts.access import Access
from chat.api.json import body, endpoint
from chat.bus import bus
from chat.database import database
from chat.generation import queue_rows
from chat.shapes import QueuedInfo


class Content(msgspec.Struct, forbid_unknown_fields=True):
    content: str


async def _change(request: HttpRequest, access: Access, queued_id: UUID) -> QueuedInfo:
    event = await database.write(queue_rows.change, access, queued_id, body(request, Content).content)
    bus.publish(access.actor.id, event)
    return event.queued


async def _delete(request: HttpRequest, access: Access, queued_id: UUID) -> None:
    bus.publish(access.actor.id, await database.write(queue_rows.delete, access, queued_id))


item = endpoint(patch=_change, delete=_delete)
