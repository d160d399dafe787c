"""What each command does: one call into a service, and its events."""

from collections.abc import Callable
from typing import ParamSpec
from uuid import UUID

from msgspec import UnsetType

from chat.database import database
from chat.errors import ChatError
from chat.events import ConversationSnapshot, GenerationEnded, Pong, Running, bus
from chat.generation import recovery, stops, turns
from chat.generation.journal import Journal
from chat.generation.mirror import mirrors
from chat.generation.runner import runner
from chat.history import tree
from chat.live import protocol
from chat.live.tab import Tab, subject_of
from chat.models import Status

P = ParamSpec("P")

SNAPSHOT_ATTEMPTS = 2


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
            await _stop(tab, command)
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
    first = turn.events[0]
    subject = subject_of(first)
    if subject is not None:
        tab.expect(type(first), subject, command.request_id)
    if turn.job is None:
        for event in turn.events:
            tab.deliver(event)
        return
    runner().start(turn.job)  # it runs from the next turn of the loop on: whoever hears of it finds its journal
    bus.publish(tab.access.actor.id, *turn.events)


async def _open(tab: Tab, command: protocol.ConversationOpen) -> None:
    positions = command.positions if command.epoch in (None, tab.epoch) else {}
    async with tab.turn:
        tab.leave(command.conversation_id)
        branch, journals = await _read_branch(tab, command.conversation_id)
        running = [
            _running(message.id, message.generation.id, journals, positions)
            for message in branch.messages
            if message.generation is not None and message.generation.status == Status.RUNNING
        ]
        snapshot = ConversationSnapshot(
            branch.conversation, branch.messages, running, branch.has_older, command.request_id
        )
        await tab.show(snapshot, journals)


async def _read_branch(tab: Tab, conversation_id: UUID) -> tuple[tree.Branch, dict[UUID, Journal]]:
    """The branch, and the journals of what runs in it. Read again when an answer has ended in between."""
    for _ in range(SNAPSHOT_ATTEMPTS):
        branch = await database.read(tree.snapshot, tab.access, conversation_id)
        ids = [m.generation.id for m in branch.messages if m.generation and m.generation.status == Status.RUNNING]
        runs = runner().runs
        if all(generation_id in runs for generation_id in ids):
            break
        for generation_id in ids:
            # Asked first: the one thread that writes may be waiting for a database that another process has locked.
            if generation_id not in runs and await database.read(recovery.is_abandoned, generation_id):
                await database.write(recovery.interrupt_abandoned, generation_id)
    owner_id = tab.access.actor.id
    journals = {
        generation_id: runs[generation_id].journal
        if generation_id in runs
        else await mirrors().journal(generation_id, owner_id)
        for generation_id in ids
    }
    if any(
        journal.ended for journal in journals.values()
    ):  # elsewhere, since the branch was read: now it is told whole
        return await _read_branch(tab, conversation_id)
    return branch, journals


def _running(
    message_id: UUID, generation_id: UUID, journals: dict[UUID, Journal], positions: dict[UUID, int]
) -> Running:
    journal = journals[generation_id]
    asked = positions.get(generation_id, 0)
    start = asked if asked <= journal.position else 0
    return Running(generation_id, message_id, start, journal.position, journal.since(start))


async def _stop(tab: Tab, command: protocol.GenerationStop) -> None:
    await database.look_up(tab.access.generation, command.generation_id)
    if runner().stop(command.generation_id):
        tab.expect(GenerationEnded, command.generation_id, command.request_id)
        return
    tab.expect(GenerationEnded, command.generation_id, command.request_id)
    ended = await database.write(stops.ask, tab.access, command.generation_id)
    if ended is not None:
        tab.deliver(ended)
    else:
        await mirrors().journal(command.generation_id, tab.access.actor.id)
