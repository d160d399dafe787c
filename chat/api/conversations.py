"""Conversations over HTTP; each change is also an event to the owner's tabs."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest
from msgspec import UNSET, Meta, UnsetType

from chat.accounts.access import Access
from chat.api.json import BadRequest, body, endpoint, uuid_parameter
from chat.bus import bus
from chat.database import database
from chat.events import ConversationDeleted, ConversationUpdated
from chat.generation import catalogue
from chat.generation.parameters import Parameters, SystemPrompt
from chat.history import conversations, tree
from chat.history.fork import Scope, fork
from chat.shapes import ConversationInfo, MessageInfo, ModelId


class Page(msgspec.Struct):
    items: list[ConversationInfo]
    next_cursor: str | None


class MessagePage(msgspec.Struct):
    items: list[MessageInfo]
    has_older: bool


class Change(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    title: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    pinned: bool | UnsetType = UNSET
    archived: bool | UnsetType = UNSET
    connection_id: UUID | UnsetType = UNSET
    model_id: ModelId | UnsetType = UNSET
    system_prompt: SystemPrompt | UnsetType = UNSET
    parameters: Parameters | UnsetType = UNSET


class Head(msgspec.Struct, forbid_unknown_fields=True):
    message_id: UUID


class Fork(msgspec.Struct, forbid_unknown_fields=True):
    message_id: UUID
    scope: Scope


async def _list(request: HttpRequest, access: Access) -> Page:
    page = await database.read(conversations.page, access, request.GET.get("cursor"))
    return Page(page.items, page.next_cursor)


async def _change(request: HttpRequest, access: Access, conversation_id: UUID) -> ConversationInfo:
    change = body(request, Change)
    given = {name: getattr(change, name) for name in change.__struct_fields__}
    fields: dict[str, Any] = {name: value for name, value in given.items() if value is not UNSET}
    if isinstance(change.parameters, Parameters):
        fields["parameters"] = change.parameters.given()
    if fields.keys() & {"connection_id", "model_id"}:
        await database.look_up(access.conversation, conversation_id)
        fields["connection"], fields["model_id"] = await _model(access, fields)
        del fields["connection_id"]
    return _told(access, await database.write(conversations.change, access, conversation_id, **fields))


async def _model(access: Access, fields: dict[str, Any]) -> tuple[Any, str]:
    """The connection and model that are named, by the rules that a message is sent by."""
    if not {"connection_id", "model_id"} <= fields.keys():
        raise BadRequest("request.invalid", "Name both, connection_id and model_id.")
    return await database.look_up(catalogue.resolve, access, fields["connection_id"], fields["model_id"])


async def _delete(request: HttpRequest, access: Access, conversation_id: UUID) -> None:
    await database.write(conversations.delete, access, conversation_id)
    bus.publish(access.actor.id, ConversationDeleted(conversation_id))


async def _restore(request: HttpRequest, access: Access, conversation_id: UUID) -> ConversationInfo:
    return _told(access, await database.write(conversations.restore, access, conversation_id))


async def _show(request: HttpRequest, access: Access, conversation_id: UUID) -> ConversationInfo:
    message_id = body(request, Head).message_id
    return _told(access, await database.write(conversations.show, access, conversation_id, message_id))


async def _fork(request: HttpRequest, access: Access, conversation_id: UUID) -> ConversationInfo:
    asked = body(request, Fork)
    return _told(access, await fork(access, conversation_id, asked.message_id, asked.scope))


async def _messages(request: HttpRequest, access: Access, conversation_id: UUID) -> MessagePage:
    before = uuid_parameter(request, "before")
    branch = await database.read(tree.snapshot, access, conversation_id, before)
    return MessagePage(branch.messages, branch.has_older)


def _told(access: Access, info: ConversationInfo) -> ConversationInfo:
    """Told to every tab of the owner, and to who asked."""
    bus.publish(access.actor.id, ConversationUpdated(info))
    return info


collection = endpoint(get=_list)
item = endpoint(patch=_change, delete=_delete)
restored = endpoint(post=_restore)
head = endpoint(post=_show)
forks = endpoint(post=_fork)
messages = endpoint(get=_messages)
