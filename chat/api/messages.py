"""Messages over HTTP: saved in place, deleted, put back, rated. Each change is also an event to the owner's tabs."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from django.http import HttpRequest
from msgspec import Meta

from chat.accounts.access import Access
from chat.api.json import body, endpoint
from chat.bus import bus
from chat.database import database
from chat.events import MessageUpdated
from chat.history import deletion, messages
from chat.models import Feedback
from chat.shapes import ConversationInfo, MessageInfo


class Content(msgspec.Struct, forbid_unknown_fields=True):
    content: str


class Rated(msgspec.Struct, forbid_unknown_fields=True):
    rating: Literal["up", "down"] | None
    note: Annotated[str, Meta(max_length=Feedback.NOTE_LENGTH)] = ""


class Gone(msgspec.Struct):
    message_ids: list[UUID]
    conversation: ConversationInfo


async def _replace(request: HttpRequest, access: Access, message_id: UUID) -> MessageInfo:
    content = body(request, Content).content
    return _told(access, await database.write(messages.replace, access, message_id, content))


async def _rate(request: HttpRequest, access: Access, message_id: UUID) -> MessageInfo:
    rated = body(request, Rated)
    return _told(access, await database.write(messages.rate, access, message_id, rated.rating, rated.note))


async def _delete(request: HttpRequest, access: Access, message_id: UUID) -> Gone:
    event = await database.write(deletion.delete, access, message_id)
    bus.publish(access.actor.id, event)
    return Gone(event.message_ids, event.conversation)


async def _restore(request: HttpRequest, access: Access, message_id: UUID) -> MessageInfo:
    return _told(access, await database.write(deletion.restore, access, message_id))


def _told(access: Access, event: MessageUpdated) -> MessageInfo:
    """Told to every tab of the owner, and to who asked."""
    bus.publish(access.actor.id, event)
    return event.message


item = endpoint(patch=_replace, delete=_delete)
restored = endpoint(post=_restore)
feedback = endpoint(put=_rate)
