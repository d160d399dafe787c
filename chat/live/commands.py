"""What each command does: one call into a service, and its events."""

from collections.abc import Callable
from typing import ParamSpec
from uuid import UUID

from msgspec import UnsetType

from chat.database import database
from chat.errors import ChatError
from chat.events import ConversationSnapshot, Event, Part, Pong, Running, bus
from chat.generation import recovery, turns
from chat.generation.endings import ended_event
from chat.generation.journal import Journal
from chat.generation.runner import runner
from chat.history import tree
from chat.live import protocol
from chat.live.tab import Tab
from chat.models import Generation, Status

P = ParamSpec("P")

SNAPSHOT_ATTEMPTS = 3


async def handle(tab: Tab, command: protocol.AnyCommand) -> None:
    """Do what a tab asks for. Raises ChatError."""
    match command:
        case protocol.ConversationOpen():
            await _open(tab, command)
        case protocol.ConversationClose():
            tab.leave(command.conversation_id)
        case protocol.MessageSend():
            await _begin(tab, command, await _send(tab, command))
        case protocol.MessageEdit():
            edited = (tab.access, command.message_id, command.client_id, command.content)
            await _begin(tab, command, await _turn(turns.edit, *edited))
        case protocol.GenerationRetry():
            retried = (tab.access, command.message_id, command.client_id, command.connection_id, command.model_id)
            await _begin(tab, command, await _turn(turns.retry, *retried))
        case protocol.GenerationContinue():
            continued = (tab.access, command.message_id, command.client_id)
            await _begin(tab, command, await _turn(turns.continue_, *continued))
        case protocol.GenerationStop():
            await _stop(tab, command.generation_id)
        case protocol.Ack():
            tab.acknowledge(command.generation_id, command.position)
        case protocol.Ping():
            await tab.send(Pong(command.request_id))


async def _send(tab: Tab, command: protocol.MessageSend) -> turns.Turn:
    parent = command.parent_id
    question = turns.Question(
        client_id=command.client_id,
        content=command.content,
        conversation_id=command.conversation_id,
        parent_id=None if isinstance(parent, UnsetType) else parent,
        parent_given=not isinstance(parent, UnsetType),
        connection_id=command.connection_id,
        model_id=command.model_ids[0] if command.model_ids else None,
        parameters=command.parameters.given() if command.parameters else None,
    )
    return await _turn(turns.send, tab.access, question)


async def _turn(begin: Callable[P, turns.Turn], *args: P.args, **kwargs: P.kwargs) -> turns.Turn:
    if runner().draining:
        raise ChatError("server.draining", "This server is restarting. Your message is kept here; try again shortly.")
    return await database.write(begin, *args, **kwargs)


async def _begin(tab: Tab, command: protocol.Turning, turn: turns.Turn) -> None:
    """Only after the commit: tell every tab, then run. A repeated command is answered to the tab that repeats it."""
    tab.follow(turn.conversation_id)
    tab.expect(command.client_id, command.request_id)
    if turn.job is None:
        for event in turn.events:
            tab.deliver(event)
        return
    bus.publish(tab.access.actor.id, *turn.events)
    runner().start(turn.job)


async def _open(tab: Tab, command: protocol.ConversationOpen) -> None:
    positions = command.positions if command.epoch in (None, tab.epoch) else {}
    async with tab.turn:
        tab.leave(command.conversation_id)
        branch, journals = await _read_branch(tab, command.conversation_id)
        running = [
            await _running(message.id, message.generation.id, journals, positions)
            for message in branch.messages
            if message.generation is not None and message.generation.status == Status.RUNNING
        ]
        snapshot = ConversationSnapshot(
            branch.conversation, branch.messages, running, branch.has_older, command.request_id
        )
        await tab.show(snapshot, journals)


async def _read_branch(tab: Tab, conversation_id: UUID) -> tuple[tree.Branch, dict[UUID, Journal]]:
    """The branch, and the journals of what runs in it. Read again when an answer ended in between."""
    for _ in range(SNAPSHOT_ATTEMPTS):
        branch = await database.read(tree.snapshot, tab.access, conversation_id)
        ids = [m.generation.id for m in branch.messages if m.generation and m.generation.status == Status.RUNNING]
        runs = runner().runs
        if all(generation_id in runs for generation_id in ids):
            break
        await database.write(recovery.interrupt_abandoned)
    return branch, {generation_id: runs[generation_id].journal for generation_id in ids if generation_id in runs}


async def _running(
    message_id: UUID, generation_id: UUID, journals: dict[UUID, Journal], positions: dict[UUID, int]
) -> Running:
    journal = journals.get(generation_id)
    if journal is None:  # another process writes it: what is stored is what can be told
        parts = [Part(kind, text) for kind, text in await database.read(recovery.stored_parts, generation_id)]
        return Running(generation_id, message_id, 0, sum(len(part.text) for part in parts), parts)
    asked = positions.get(generation_id, 0)
    start = asked if asked <= journal.position else 0
    return Running(generation_id, message_id, start, journal.position, journal.since(start))


async def _stop(tab: Tab, generation_id: UUID) -> None:
    generation = await database.read(tab.access.generation, generation_id)
    if runner().stop(generation_id):
        return
    events = await database.write(_ended, generation)
    for event in events:
        tab.deliver(event)


def _ended(generation: Generation) -> list[Event]:
    """The end of a generation that this process does not run; ended here when its process is gone."""
    if generation.status == Status.RUNNING:
        recovery.interrupt_abandoned()
        generation.refresh_from_db()
    if generation.status == Status.RUNNING:
        raise ChatError("generation.elsewhere", "Another process of this site writes this answer. Try again shortly.")
    return [ended_event(generation, generation.message.conversation_id)]
