"""What each command does: one call into a service, and its events."""

from collections.abc import Callable
from typing import ParamSpec
from uuid import UUID

from msgspec import UnsetType

from chat.database import database
from chat.errands import errands
from chat.errors import ChatError
from chat.events import ConversationSnapshot, GenerationEnded, MessageUnqueued, Pong
from chat.generation import queue, recovery, stops, temporary, turns
from chat.generation.asking import Turn
from chat.generation.choices import Pick
from chat.generation.journal import Journal
from chat.generation.mirror import mirrors
from chat.generation.runner import runner
from chat.generation.temporaries import temporaries
from chat.generation.temporary_conversation import TemporaryConversation
from chat.history import tree
from chat.live import protocol
from chat.live.tab import Tab
from chat.models import Status
from chat.shapes import Choice, Running

P = ParamSpec("P")

SNAPSHOT_ATTEMPTS = 5


async def handle(tab: Tab, command: protocol.AnyCommand) -> None:
    """Do what a tab asks for. Raises ChatError."""
    match command:
        case protocol.ConversationOpen():
            await _open(tab, command)
        case protocol.ConversationClose():
            tab.leave(command.conversation_id)
        case protocol.MessageSend():
            await _send(tab, command)
        case protocol.MessageEdit():
            edited = (tab.access, command.message_id, command.client_id, command.content, _picks(command.models))
            await _turn(tab, command, turns.edit, *edited)
        case protocol.GenerationRetry():
            pick = Pick(command.connection_id, command.model_id)
            retried = (tab.access, command.message_id, command.client_id, pick)
            await _turn(tab, command, turns.retry, *retried)
        case protocol.GenerationContinue():
            continued = (tab.access, command.message_id, command.client_id)
            await _turn(tab, command, turns.continue_, *continued)
        case protocol.GenerationStop():
            await _stop(tab, command)
        case protocol.QueueSend():
            await _send_queued(tab, command)
        case protocol.Ack():
            tab.acknowledge(command.generation_id, command.position)
        case protocol.Ping():
            await tab.send(Pong(command.request_id))


async def _send(tab: Tab, command: protocol.MessageSend) -> None:
    parameters = command.parameters.given() if command.parameters else None
    if command.temporary:
        asked = temporary.Question(
            client_id=command.client_id,
            content=command.content,
            conversation_id=command.conversation_id,
            parent_id=command.parent_id,
            transcript=[(said.role, said.content) for said in command.transcript],
            picks=_send_picks(command),
            parameters=parameters or {},
            system_prompt=command.system_prompt,
        )
        await _begin_temporary(tab, command, asked)
        return
    parent = command.parent_id
    question = turns.Question(
        client_id=command.client_id,
        content=command.content,
        conversation_id=command.conversation_id,
        parent_id=None if isinstance(parent, UnsetType) else parent,
        parent_given=not isinstance(parent, UnsetType),
        picks=_send_picks(command),
        parameters=parameters,
        system_prompt=command.system_prompt,
    )
    await _turn(tab, command, turns.send, tab.access, question)


def _send_picks(command: protocol.MessageSend) -> list[Pick]:
    if command.model_ids:
        return [Pick(command.connection_id, model_id) for model_id in command.model_ids]
    return [Pick(command.connection_id)] if command.connection_id else _picks(command.models)


def _picks(models: list[Choice]) -> list[Pick]:
    return [Pick(choice.connection_id, choice.model_id) for choice in models]


async def _turn(
    tab: Tab, command: protocol.Turning, commit: Callable[P, Turn], *args: P.args, **kwargs: P.kwargs
) -> None:
    """Commit it and begin it, both or neither: rows of an answer that nobody runs would be deaf to Stop."""
    _refuse_while_draining()
    await errands().run(_commit_and_begin(tab, command, commit, *args, **kwargs))


async def _commit_and_begin(
    tab: Tab, command: protocol.Turning, commit: Callable[P, Turn], *args: P.args, **kwargs: P.kwargs
) -> None:
    await _begin(tab, command, await database.write(commit, *args, **kwargs))


def _refuse_while_draining() -> None:
    if runner().draining:
        raise ChatError("server.draining", "This server is restarting. Your message is kept here; try again shortly.")


async def _begin(tab: Tab, command: protocol.Turning, turn: Turn) -> None:
    """Only after the commit: tell every tab, then run. A repeated command is answered to the tab that repeats it."""
    tab.follow(turn.conversation_id)
    tab.expect_answer(turn.events[0], command.request_id)
    if turn.repeats:
        for event in turn.events:
            tab.deliver(event)
    else:
        await queue.begin(tab.access.actor.id, turn)


async def _begin_temporary(tab: Tab, command: protocol.MessageSend, question: temporary.Question) -> None:
    """As `_begin`, told only to the tabs that have this conversation open. No errand: nothing is committed, and nothing
    is awaited between its first trace in memory and its beginning.
    """
    _refuse_while_draining()
    turn = await temporary.send(tab.access, question)
    tab.follow_apart(turn.conversation.info.id, turn.conversation.subscribe)
    tab.expect_answer(turn.events[0], command.request_id)
    if turn.repeats:
        for event in turn.events:
            tab.deliver(event)
    else:
        turn.begin()


async def _send_queued(tab: Tab, command: protocol.QueueSend) -> None:
    _refuse_while_draining()
    await errands().run(_hurry(tab, command))


async def _hurry(tab: Tab, command: protocol.QueueSend) -> None:
    await database.look_up(tab.access.queued_message, command.queued_id)
    tab.expect(MessageUnqueued, command.queued_id, command.request_id)
    await queue.send_now(tab.access, command.queued_id)


async def _open(tab: Tab, command: protocol.ConversationOpen) -> None:
    positions = command.positions if command.epoch in (None, tab.epoch) else {}
    found = temporaries().find(tab.access.actor.id, command.conversation_id)
    if found is not None:
        await _open_temporary(tab, found, positions, command.request_id)
        return
    async with tab.turn:
        tab.leave(command.conversation_id)
        unstored = [run.unstored for run in runner().runs.values() if run.unstored]  # what comes later is heard
        branch, journals = await _read_branch(tab, command.conversation_id)
        running = [
            _running(message.id, message.generation.id, journals, positions)
            for message in branch.messages
            if message.generation is not None and message.generation.id in journals
        ]
        snapshot = ConversationSnapshot(
            branch.conversation,
            branch.messages,
            running,
            branch.has_older,
            branch.queued,
            branch.draft,
            command.request_id,
        )
        await tab.show(snapshot, journals)
        for end in unstored:
            if end.generation_id in journals:
                tab.deliver(end)


async def _open_temporary(
    tab: Tab, conversation: TemporaryConversation, positions: dict[UUID, int], request_id: str | None
) -> None:
    async with tab.turn:
        tab.leave(conversation.info.id)
        messages = conversation.branch()
        running = {
            message.generation.id: message.id
            for message in messages
            if message.generation is not None and message.generation.status == Status.RUNNING
        }
        journals = {generation_id: runner().runs[generation_id].journal for generation_id in running}
        parts = [
            _running(message_id, generation_id, journals, positions) for generation_id, message_id in running.items()
        ]
        tab.follow_apart(conversation.info.id, conversation.subscribe)
        await tab.show(
            ConversationSnapshot(conversation.info, messages, parts, False, [], request_id=request_id), journals
        )


async def _read_branch(tab: Tab, conversation_id: UUID) -> tuple[tree.Branch, dict[UUID, Journal]]:
    """The branch, and the journals of what runs in it. Read again when an answer has ended in between.

    For what ends again and again under the reader there may be no journal: its end follows what was read.
    """
    runs, owner_id = runner().runs, tab.access.actor.id
    for attempt in range(SNAPSHOT_ATTEMPTS):
        branch = await database.read(tree.snapshot, tab.access, conversation_id)
        ids = [m.generation.id for m in branch.messages if m.generation and m.generation.status == Status.RUNNING]
        elsewhere = [generation_id for generation_id in ids if generation_id not in runs]
        abandoned = [generation_id for generation_id in elsewhere if await recovery.end_abandoned(generation_id)]
        if elsewhere and attempt == 0:
            continue  # one that has ended here since it was read must not be mirrored: that would tell its end again
        journals = {
            generation_id: runs[generation_id].journal
            if generation_id in runs
            else await mirrors().journal(generation_id, owner_id)
            for generation_id in ids
            if generation_id not in abandoned
        }
        # A journal that ended elsewhere is in the rows now. One that ended here and could not be stored is not yet.
        if not abandoned and not any(one.ended and key not in runs for key, one in journals.items()):
            break
    return branch, journals


def _running(
    message_id: UUID, generation_id: UUID, journals: dict[UUID, Journal], positions: dict[UUID, int]
) -> Running:
    journal = journals[generation_id]
    asked = positions.get(generation_id, 0)
    start = asked if asked <= journal.position else 0
    return Running(generation_id, message_id, start, journal.position, journal.since(start))


async def _stop(tab: Tab, command: protocol.GenerationStop) -> None:
    found = temporaries().answering(tab.access.actor.id, command.generation_id)
    if found is None:
        await database.look_up(tab.access.generation, command.generation_id)
    tab.expect(GenerationEnded, command.generation_id, command.request_id)
    if runner().stop(command.generation_id):
        ended = runner().runs[command.generation_id].unstored
    elif found is not None:
        ended = found.ends[command.generation_id]
    elif await recovery.end_abandoned(command.generation_id):
        return
    else:
        ended = await database.write(stops.ask, tab.access, command.generation_id)
        if ended is None:
            await mirrors().journal(command.generation_id, tab.access.actor.id)
    if ended is not None:
        tab.answer_late(ended, command.request_id)
