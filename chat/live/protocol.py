"""The wire of `/ws/`: what a browser may say, decoded strictly, and how events are written (docs/protocol.md)."""

import re
from typing import Annotated, get_args
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from chat.errors import ChatError
from chat.events import Event

PROTOCOL_VERSION = 1

REQUEST_ID_LENGTH = 64
RequestId = Annotated[str, Meta(max_length=REQUEST_ID_LENGTH)]
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

SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")

TYPES = frozenset(str(command.__struct_config__.tag) for command in get_args(AnyCommand))


class Envelope(Struct):
    """The fields that every frame may have, whatever they hold."""

    type: Raw = Raw()
    request_id: Raw = Raw()


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
        envelope, is_whole = _envelope(frame)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return Unreadable("frame.malformed", "This is not a JSON object that can be read.")
    name, request_id = _text(envelope.type), _text(envelope.request_id) or None
    if request_id and len(request_id) > REQUEST_ID_LENGTH:
        request_id = None
    if name not in TYPES:
        return Unreadable("command.unknown", "There is no such command.", request_id)
    if not is_whole:
        return Unreadable("frame.lone_surrogate", "The text holds half of a character. Remove it.", request_id)
    return Unreadable("command.invalid", f"{name}: {str(error)[:300]}", request_id)


def _envelope(frame: str) -> tuple[Envelope, bool]:
    """The envelope, and whether it could be read as it came: a browser writes half of a character as `\\ud83c`.

    Such a frame is no JSON that can be stored, but who sent it has to learn which of its commands is refused.
    """
    try:
        return _envelopes.decode(frame), True
    except msgspec.DecodeError:
        return _envelopes.decode(SURROGATE.sub(r"\\ufffd", frame)), False


def _text(raw: Raw) -> str:
    try:
        return msgspec.json.decode(raw, type=str)
    except msgspec.MsgspecError:
        return ""
