"""Conversations over HTTP; each change is also an event to the owner's tabs."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest
from msgspec import Meta

from chat.accounts.access import Access
from chat.api.json import body, endpoint, uuid_parameter
from chat.database import database
from chat.events import ConversationDeleted, ConversationInfo, ConversationUpdated, MessageInfo, bus
from chat.history import conversations, tree


class Page(msgspec.Struct):
    items: list[ConversationInfo]
    next_cursor: str | None


class MessagePage(msgspec.Struct):
    items: list[MessageInfo]
    has_older: bool


class Change(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    title: Annotated[str, Meta(max_length=200)] | msgspec.UnsetType = msgspec.UNSET
    pinned: bool | msgspec.UnsetType = msgspec.UNSET
    archived: bool | msgspec.UnsetType = msgspec.UNSET


class Head(msgspec.Struct, forbid_unknown_fields=True):
    message_id: UUID


async def _list(request: HttpRequest, access: Access) -> Page:
    page = await database.read(conversations.page, access, request.GET.get("cursor"))
    return Page(page.items, page.next_cursor)


async def _change(request: HttpRequest, access: Access, conversation_id: UUID) -> ConversationInfo:
    given = msgspec.structs.asdict(body(request, Change))
    fields: dict[str, Any] = {name: value for name, value in given.items() if value is not msgspec.UNSET}
    info = await database.write(conversations.change, access, conversation_id, **fields)
    bus.publish(access.actor.id, ConversationUpdated(info))
    return info


async def _delete(request: HttpRequest, access: Access, conversation_id: UUID) -> None:
    await database.write(conversations.delete, access, conversation_id)
    bus.publish(access.actor.id, ConversationDeleted(conversation_id))


async def _show(request: HttpRequest, access: Access, conversation_id: UUID) -> ConversationInfo:
    info = await database.write(conversations.show, access, conversation_id, body(request, Head).message_id)
    bus.publish(access.actor.id, ConversationUpdated(info))
    return info


async def _messages(request: HttpRequest, access: Access, conversation_id: UUID) -> MessagePage:
    before = uuid_parameter(request, "before")
    branch = await database.read(tree.snapshot, access, conversation_id, before)
    return MessagePage(branch.messages, branch.has_older)


collection = endpoint(get=_list)
item = endpoint(patch=_change, delete=_delete)
head = endpoint(post=_show)
messages = endpoint(get=_messages)
