"""The things that events and endpoints tell of, as the wire shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

ModelId = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class UserInfo(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    is_staff: bool


class ConversationInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """A conversation as lists and headers show it; `running` only in lists, while an answer is being written in it.

    `temporary` is one that nothing keeps: there is no row of it, and its name is only in the tab that made it.
    `system_prompt` and `parameters` are there when it is opened, and when they have changed; lists do without.
    """

    id: UUID
    title: str
    connection: UUID | None
    model_id: str
    head_id: UUID | None
    created_at: datetime
    updated_at: datetime
    pinned_at: datetime | None
    archived_at: datetime | None
    running: bool = False
    temporary: bool = False
    system_prompt: str | None = None
    parameters: dict[str, Any] | None = None


class Usage(msgspec.Struct, frozen=True):
    input_tokens: int | None
    output_tokens: int | None


class Timings(msgspec.Struct, frozen=True, omit_defaults=True):
    """Milliseconds since the generation began; `stop_ms` from the stop to the closed upstream connection.

    `reasoning_ms` is the time that the model thought: from its first reasoning to its first content, or the end.
    """

    first_delta_ms: int | None
    duration_ms: int | None
    stop_ms: int | None = None
    reasoning_ms: int | None = None


class Failure(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why something did not work: a stable code, a plain sentence, and seconds to wait where known."""

    code: str
    message: str
    retry_after: float | None = None


class GenerationInfo(msgspec.Struct, frozen=True):
    """The latest generation of a message, as its footer shows it."""

    id: UUID
    status: str
    model_id: str
    connection: str
    finish_reason: str
    usage: Usage
    timings: Timings
    error: Failure | None
    omitted_messages: int


class FeedbackInfo(msgspec.Struct, frozen=True):
    """What its reader thinks of an answer: `up` or `down`, and why."""

    rating: str
    note: str


class MessageInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """One message; `siblings` has an id for each turn at its place, oldest first, and its own id for its own turn.

    Answers of one turn (`turn_id`) to one message are columns: they stand side by side. `revised`: a Save has replaced
    its text.
    """

    id: UUID
    conversation_id: UUID
    parent_id: UUID | None
    turn_id: UUID
    role: str
    content: str
    reasoning: str
    model_id: str
    created_at: datetime
    siblings: list[UUID]
    generation: GenerationInfo | None
    feedback: FeedbackInfo | None = None
    revised: bool = False


class Part(msgspec.Struct, frozen=True):
    """A stretch of text of one kind: `content` or `reasoning`."""

    kind: str
    text: str


class Running(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """A running generation in a snapshot: its text from position `from` up to `position`."""

    generation_id: UUID
    message_id: UUID
    from_: int
    position: int
    parts: list[Part]


class Choice(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A model of a connection, as somebody picks it."""

    connection_id: UUID
    model_id: ModelId


class QueuedInfo(msgspec.Struct, frozen=True):
    """A message that goes out when the answer above it is complete; `refusal` says why it could not when it was."""

    id: UUID
    client_id: UUID
    conversation_id: UUID
    parent_id: UUID
    content: str
    models: list[Choice]
    created_at: datetime
    refusal: Failure | None


class DraftInfo(msgspec.Struct, frozen=True):
    """What stands in a composer and has not been sent."""

    content: str
    updated_at: datetime


class PromptInfo(msgspec.Struct, frozen=True):
    """A text that its owner keeps under a name."""

    id: UUID
    name: str
    content: str
    updated_at: datetime


class PreferencesInfo(msgspec.Struct, frozen=True):
    """How a person wants the page to look and behave."""

    theme: str = "system"
    text_size: str = "normal"
    send_key: str = "enter"
    language: str = "auto"
    shortcuts: bool = True
    notifications: bool = False
