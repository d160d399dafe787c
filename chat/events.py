"""What happened, as the tabs of its owner are told: the events of docs/protocol.md."""

from datetime import datetime
from uuid import UUID

import msgspec

from chat.shapes import (
    ConversationInfo,
    DraftInfo,
    Failure,
    MessageInfo,
    Part,
    PreferencesInfo,
    QueuedInfo,
    Running,
    Timings,
    Usage,
    UserInfo,
)


class Event(msgspec.Struct, tag_field="type", omit_defaults=True, frozen=True):
    """Something that happened, in the past tense."""


class SessionReady(Event, tag="session.ready", frozen=True):
    user: UserInfo
    protocol_version: int
    epoch: UUID


class SessionEnded(Event, tag="session.ended", frozen=True):
    reason: str


class ServerDraining(Event, tag="server.draining", frozen=True):
    reconnect_after_ms: int


class Pong(Event, tag="pong", frozen=True):
    request_id: str | None = None


class Refused(Event, tag="error", frozen=True):
    code: str
    message: str
    request_id: str | None = None


class ConversationSnapshot(Event, tag="conversation.snapshot", frozen=True):
    conversation: ConversationInfo
    messages: list[MessageInfo]
    generations: list[Running]
    has_older: bool
    queued: list[QueuedInfo]
    draft: DraftInfo | None = None
    request_id: str | None = None


class ConversationUpdated(Event, tag="conversation.updated", frozen=True):
    conversation: ConversationInfo


class ConversationDeleted(Event, tag="conversation.deleted", frozen=True):
    conversation_id: UUID


class MessageCreated(Event, tag="message.created", frozen=True):
    message: MessageInfo
    conversation: ConversationInfo
    client_id: UUID | None = None
    request_id: str | None = None


class MessageQueued(Event, tag="message.queued", frozen=True):
    queued: QueuedInfo
    request_id: str | None = None


class MessageUnqueued(Event, tag="message.unqueued", frozen=True):
    """`reason` is `sent` or `deleted`."""

    queued_id: UUID
    client_id: UUID
    conversation_id: UUID
    reason: str
    request_id: str | None = None


class MessageUpdated(Event, tag="message.updated", frozen=True):
    """Its text, or what its reader thinks of it, has changed; or it has been put back."""

    message: MessageInfo
    conversation: ConversationInfo


class MessageDeleted(Event, tag="message.deleted", frozen=True):
    """All that went: the message and what followed it."""

    message_ids: list[UUID]
    conversation: ConversationInfo


class DraftUpdated(Event, tag="draft.updated", frozen=True):
    """`source` is the tab that wrote it, in its own words, `replaces` the time of the draft that it went on from; an
    empty `content` is no draft any more.
    """

    conversation_id: UUID | None
    content: str
    updated_at: datetime
    source: str
    replaces: datetime | None = None


class PreferencesUpdated(Event, tag="preferences.updated", frozen=True):
    preferences: PreferencesInfo


class GenerationStarted(Event, tag="generation.started", frozen=True):
    generation_id: UUID
    message_id: UUID
    conversation_id: UUID
    turn_id: UUID
    model_id: str
    connection: str
    request_id: str | None = None


class GenerationDelta(Event, tag="generation.delta", frozen=True, rename={"from_": "from"}):
    generation_id: UUID
    from_: int
    to: int
    parts: list[Part]


class GenerationEnded(Event, tag="generation.ended", frozen=True):
    generation_id: UUID
    message_id: UUID
    conversation_id: UUID
    status: str
    position: int
    finish_reason: str
    usage: Usage
    timings: Timings
    connection: str
    omitted_messages: int
    error: Failure | None = None
    request_id: str | None = None
