"""Drafts over HTTP; each is also an event to the owner's tabs."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest
from msgspec import Meta

from chat.accounts.access import Access
from chat.api.json import body, endpoint
from chat.bus import bus
from chat.database import database
from chat.history import drafts
from chat.shapes import DraftInfo


class Written(msgspec.Struct, forbid_unknown_fields=True):
    """`source` names the tab that wrote it, so that it does not take its own text for news. `replaces` is the time of
    the draft that it went on from: a tab that has saved a later one does not take this for its continuation.
    """

    content: str
    source: Annotated[str, Meta(max_length=64)]
    replaces: Annotated[datetime, Meta(tz=True)] | None = None


class Known(msgspec.Struct):
    draft: DraftInfo | None


async def _new(request: HttpRequest, access: Access) -> Known:
    return Known(await database.look_up(drafts.new_draft, access))


async def _keep(request: HttpRequest, access: Access, conversation_id: UUID | None = None) -> DraftInfo:
    written = body(request, Written)
    event = await database.write(drafts.keep, access, conversation_id, written.content, written.source)
    bus.publish(access.actor.id, msgspec.structs.replace(event, replaces=written.replaces))
    return DraftInfo(event.content, event.updated_at)


of_new = endpoint(get=_new, post=_keep)
of_conversation = endpoint(post=_keep)
