"""The wire of `/ws/`: what a browser may say, decoded strictly, and how events are written (docs/protocol.md)."""

from typing import Annotated, get_args
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from chat.errors import ChatError
from chat.events import Event

PROTOCOL_VERSION = 1

RequestId = Annotated[str, Meta(max_length=64)]
ModelId = Annotated[str, Meta(min_length=1, max_length=200)]
Position = Annotated[int, Meta(ge=0, le=2**53)]


class Command(Struct, tag_field="type", forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Something a browser asks for, in the imperative."""

    request_id: RequestId | None = None


class Parameters(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """How a model is asked; absent values are left to the service."""

    temperature: Annotated[float, Meta(ge=0, le=2)] | None = None
    top_p: Annotated[float, Meta(gt=0, le=1)] | None = None
    max_tokens: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    seed: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    stop: Annotated[list[Annotated[str, Meta(min_length=1, max_length=100)]], Meta(max_length=4)] | None = None

    def given(self) -> dict[str, object]:
        """Those that were given."""
        return {name: value for name, value in msgspec.structs.asdict(self).items() if value is not None}


class ConversationOpen(Command, tag="conversation.open", frozen=True):
    conversation_id: UUID
    positions: Annotated[dict[UUID, Position], Meta(max_length=64)] = {}
    epoch: UUID | None = None


class ConversationClose(Command, tag="conversation.close", frozen=True):
    conversation_id: UUID


class MessageSend(Command, tag="message.send", frozen=True):
    client_id: UUID
    content: str
    conversation_id: UUID | None = None
    parent_id: UUID | UnsetType | None = UNSET
    connection_id: UUID | None = None
    model_ids: Annotated[list[ModelId], Meta(max_length=1)] = []
    parameters: Parameters | None = None


class MessageEdit(Command, tag="message.edit", frozen=True):
    message_id: UUID
    client_id: UUID
    content: str


class GenerationRetry(Command, tag="generation.retry", frozen=True):
    message_id: UUID
    client_id: UUID
    connection_id: UUID | None = None
    model_id: ModelId | None = None


class GenerationContinue(Command, tag="generation.continue", frozen=True):
    message_id: UUID
    client_id: UUID


class GenerationStop(Command, tag="generation.stop", frozen=True):
    generation_id: UUID


class Ack(Command, tag="ack", frozen=True):
    generation_id: UUID
    position: Position


class Ping(Command, tag="ping", frozen=True):
    pass


AnyCommand = (
    ConversationOpen
    | ConversationClose
    | MessageSend
    | MessageEdit
    | GenerationRetry
    | GenerationContinue
    | GenerationStop
    | Ack
    | Ping
)

Turning = MessageSend | MessageEdit | GenerationRetry | GenerationContinue

TYPES = frozenset(str(command.__struct_config__.tag) for command in get_args(AnyCommand))


class Envelope(Struct):
    """The fields that every frame may have."""

    type: str = ""
    request_id: str | None = None


_commands = msgspec.json.Decoder(AnyCommand)
_envelopes = msgspec.json.Decoder(Envelope)
_events = msgspec.json.Encoder()


class Unreadable(ChatError):
    """A frame that is no command; `request_id` where it had one."""

    def __init__(self, code: str, message: str, request_id: str | None = None) -> None:
        super().__init__(code, message)
        self.request_id = request_id


def decode(frame: str) -> AnyCommand:
    """The command in a text frame. Raises only Unreadable, whatever the frame holds."""
    try:
        command: AnyCommand = _commands.decode(frame)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise _unreadable(frame, error) from None
    return command


def encode(event: Event) -> str:
    """An event as a text frame."""
    return _events.encode(event).decode()


def _unreadable(frame: str, error: Exception) -> Unreadable:
    try:
        envelope = _envelopes.decode(frame)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return Unreadable("frame.malformed", "This is not a JSON object that can be read.")
    request_id = envelope.request_id if envelope.request_id and len(envelope.request_id) <= 64 else None
    if envelope.type not in TYPES:
        return Unreadable("command.unknown", "There is no such command.", request_id)
    return Unreadable("command.invalid", f"{envelope.type}: {str(error)[:300]}", request_id)
