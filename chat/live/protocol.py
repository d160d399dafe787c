"""The wire of `/ws/`: what a browser may say, decoded strictly, and how events are written (docs/protocol.md)."""

import re
from typing import Annotated, Literal, get_args
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from chat.errors import ChatError
from chat.events import Event
from chat.generation.parameters import Parameters, SystemPrompt
from chat.shapes import Choice, ModelId

PROTOCOL_VERSION = 1

REQUEST_ID_LENGTH = 64
RequestId = Annotated[str, Meta(max_length=REQUEST_ID_LENGTH)]
Position = Annotated[int, Meta(ge=0, le=2**53)]
COLUMNS = 4
TRANSCRIPT_MESSAGES, TRANSCRIPT_CHARACTERS = 200, 400_000
Models = Annotated[list[Choice], Meta(max_length=COLUMNS)]


class Command(Struct, tag_field="type", forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Something a browser asks for, in the imperative."""

    request_id: RequestId | None = None


class ConversationOpen(Command, tag="conversation.open", frozen=True):
    conversation_id: UUID
    positions: Annotated[dict[UUID, Position], Meta(max_length=64)] = {}
    epoch: UUID | None = None


class ConversationClose(Command, tag="conversation.close", frozen=True):
    conversation_id: UUID


class Said(Struct, forbid_unknown_fields=True, frozen=True):
    """A message of a temporary conversation, which only its tab keeps."""

    role: Literal["system", "user", "assistant"]
    content: str


class MessageSend(Command, tag="message.send", frozen=True):
    """`models` are columns; several `model_ids` are columns of one connection. `transcript` is for temporary ones."""

    client_id: UUID
    content: str
    conversation_id: UUID | None = None
    parent_id: UUID | UnsetType | None = UNSET
    connection_id: UUID | None = None
    model_ids: Annotated[list[ModelId], Meta(max_length=COLUMNS)] = []
    models: Models = []
    parameters: Parameters | None = None
    temporary: bool = False
    transcript: Annotated[list[Said], Meta(max_length=TRANSCRIPT_MESSAGES)] = []

    def __post_init__(self) -> None:
        if self.models and (self.model_ids or self.connection_id):
            raise ValueError("`models` says it all: neither `connection_id` nor `model_ids` go with it")
        if self.transcript and not self.temporary:
            raise ValueError("only a temporary conversation has a `transcript`")
        if any(said.role == "system" for said in self.transcript[1:]):
            raise ValueError("a system message comes first in a `transcript`")
        if sum(len(said.content) for said in self.transcript) > TRANSCRIPT_CHARACTERS:
            raise ValueError(f"a `transcript` has at most {TRANSCRIPT_CHARACTERS} characters")

    system_prompt: SystemPrompt = ""  # of a new conversation


class MessageEdit(Command, tag="message.edit", frozen=True):
    message_id: UUID
    client_id: UUID
    content: str
    models: Models = []


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


class QueueSend(Command, tag="queue.send", frozen=True):
    queued_id: UUID


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
    | QueueSend
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
