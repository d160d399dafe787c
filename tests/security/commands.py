"""Every command of the socket with ids of somebody else: the cases, and the walk that compares the answers."""

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_args
from uuid import UUID, uuid4

from msgspec.inspect import type_info

from chat.live import protocol
from tests.live.socket import Socket
from tests.security.belongings import Ids, without_ids

Case = Callable[[Ids, Ids], dict[str, Any]]
"""The fields of a command out of what belongs to somebody else, and what is one's own."""

NEW: dict[str, Any] = {"client_id": UUID, "content": "Is anybody there?"}
"""Fields that are the same in every case; a client_id is fresh each time."""

CASES: dict[type[protocol.Command], list[Case]] = {
    protocol.ConversationOpen: [
        lambda theirs, own: {"conversation_id": theirs.conversation},
        lambda theirs, own: {"conversation_id": theirs.conversation, "positions": {str(theirs.running): 1}},
        lambda theirs, own: {"conversation_id": own.conversation, "positions": {str(theirs.running): 1}},
        lambda theirs, own: {"conversation_id": theirs.conversation, "positions": {str(own.running): 1}},
    ],
    protocol.ConversationClose: [lambda theirs, own: {"conversation_id": theirs.conversation}],
    protocol.MessageSend: [
        lambda theirs, own: {**NEW, "conversation_id": theirs.conversation, "parent_id": None},
        lambda theirs, own: {**NEW, "conversation_id": theirs.conversation},
        lambda theirs, own: {**NEW, "conversation_id": theirs.conversation, "parent_id": theirs.answer},
        lambda theirs, own: {**NEW, "conversation_id": theirs.conversation, "parent_id": own.answer},
        lambda theirs, own: {**NEW, "conversation_id": own.conversation, "parent_id": theirs.answer},
        lambda theirs, own: {**NEW, "conversation_id": own.conversation, "parent_id": theirs.question},
        lambda theirs, own: {**NEW, "conversation_id": None, "parent_id": theirs.answer},
        lambda theirs, own: {**NEW, "parent_id": theirs.answer},
        lambda theirs, own: {**NEW, "conversation_id": theirs.conversation, "temporary": True},
        lambda theirs, own: {**NEW, "parent_id": theirs.answer, "temporary": True},
    ],
    protocol.MessageEdit: [
        lambda theirs, own: {**NEW, "message_id": theirs.question},
        lambda theirs, own: {**NEW, "message_id": theirs.answer},
    ],
    protocol.GenerationRetry: [
        lambda theirs, own: {"client_id": UUID, "message_id": theirs.answer},
        lambda theirs, own: {"client_id": UUID, "message_id": theirs.question},
        lambda theirs, own: {"client_id": UUID, "message_id": theirs.answer, "model_id": "scripted-2"},
    ],
    protocol.GenerationContinue: [
        lambda theirs, own: {"client_id": UUID, "message_id": theirs.answer},
        lambda theirs, own: {"client_id": UUID, "message_id": theirs.question},
    ],
    protocol.GenerationStop: [
        lambda theirs, own: {"generation_id": theirs.running},
        lambda theirs, own: {"generation_id": theirs.ended},
    ],
    protocol.QueueSend: [lambda theirs, own: {"queued_id": theirs.queued}],
    protocol.Ack: [
        lambda theirs, own: {"generation_id": theirs.running, "position": 1},
        lambda theirs, own: {"generation_id": theirs.ended, "position": 0},
    ],
    protocol.Ping: [],
}

NOT_WALKED = {"client_id", "epoch", "connection_id", "models"}
"""Ids that name nothing of a person: the sender's own, the database's, and a service that all may ask."""


def missing_cases() -> list[str]:
    """Fields of commands that hold ids and that no case fills with somebody else's."""
    missing = []
    theirs, own = _numbered(1), _numbered(2)
    for command in get_args(protocol.AnyCommand):
        if command not in CASES:
            missing.append(command.__name__)
            continue
        tried = [case(theirs, own) for case in CASES[command]]
        values = set(theirs.texts())
        for name in _id_fields(command) - NOT_WALKED:
            if not any(values & set(_leaves(case.get(name))) for case in tried):
                missing.append(f"{command.__name__}.{name}")
    return missing


async def stranger_problems(socket: Socket, theirs: Ids, unknown: Ids, own: Ids) -> list[str]:
    """Where the answers to a command with their ids differ from those with ids of nothing."""
    problems = []
    for command, cases in CASES.items():
        for number, case in enumerate(cases):
            answers = [await _ask(socket, command, case(ids, own), theirs, unknown) for ids in (theirs, unknown)]
            if answers[0] != answers[1]:
                problems.append(f"{command.__name__} {number}: {answers[0]} is not {answers[1]}")
    return problems


def plain(value: Any) -> Any:
    """A value of a case as JSON takes it."""
    if value is UUID:
        return str(uuid4())
    return str(value) if isinstance(value, UUID) else value


async def _ask(socket: Socket, command: type[protocol.Command], fields: dict[str, Any], *owners: Ids) -> list[Any]:
    """All frames until it is done, without ids."""
    socket.frames.clear()
    plain_fields = {name: plain(value) for name, value in fields.items()}
    await socket.send(str(command.__struct_config__.tag), request_id="asked", **plain_fields)
    await socket.settle()
    return [json.loads(without_ids(json.dumps(frame), *owners)) for frame in socket.frames]


def _leaves(value: Any) -> list[str]:
    return [str(key) for key in value] if isinstance(value, dict) else [str(value)]


def _id_fields(command: type[protocol.Command]) -> set[str]:
    fields: Any = type_info(command)
    return {field.name for field in fields.fields if "UUID" in repr(field.type)}


def _numbered(number: int) -> Ids:
    return Ids(*(UUID(int=number * 100 + index) for index, _ in enumerate(fields(Ids))))
