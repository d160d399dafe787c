"""In which order a tab is told what happened, when a snapshot comes in between."""

import asyncio
from uuid import uuid4

from chat.accounts.access import for_user
from chat.database import database
from chat.events import (
    ConversationSnapshot,
    GenerationDelta,
    GenerationEnded,
    GenerationStarted,
    MessageUnqueued,
)
from chat.generation.journal import Journal
from chat.generation.reader import WINDOW_CHARACTERS
from chat.history import tree
from chat.live.tab import Tab
from chat.shapes import Running, Timings, Usage
from tests import making


async def snapshot_of(anna, generations=()):
    """A conversation of one question and its answer, which `generations` are still writing."""
    row = await database.write(making.conversation, anna, "Why?", "Because.")
    await database.write(making.generation, row.head)
    branch = await database.read(tree.snapshot, for_user(anna), row.id)
    running = [Running(generation_id, row.head_id, 0, 0, []) for generation_id in generations]
    return ConversationSnapshot(branch.conversation, branch.messages, running, False, [])


async def a_while():
    """As many turns of the loop as anything here could need."""
    for _ in range(50):
        await asyncio.sleep(0)


def tab_of(anna):
    """An open tab, and what it has sent."""
    sent = []

    async def send(event):
        sent.append(event)

    async def close(code):
        raise AssertionError(code)

    tab = Tab(for_user(anna), uuid4(), send, close)
    tab.open()
    return tab, sent


def ended(conversation, position=0):
    """The end of the last answer of a snapshot that was still running."""
    [running] = conversation.generations
    return GenerationEnded(running.generation_id, running.message_id, conversation.conversation.id, "completed",
                           position, "stop", Usage(None, None), Timings(None, None), "C", 0)  # fmt: skip


async def test_stops_that_meet_an_end_on_its_way_are_answered_once_each(anna):
    tab, sent = tab_of(anna)
    end = ended(await snapshot_of(anna, [uuid4()]))
    async with tab.turn:  # so that nothing is sent yet
        tab.deliver(end)
        for request_id in "ab":
            tab.expect(GenerationEnded, end.generation_id, request_id)
        tab.answer_late(end, "b")
        tab.answer_late(end, "a")
    await a_while()
    tab.expect(GenerationEnded, end.generation_id, "c")
    tab.answer_late(end, "c")
    await a_while()
    await tab.close()
    assert [event.request_id for event in sent] == ["a", "b", "c"]


async def test_what_waits_for_a_slow_reader_waits_also_when_a_snapshot_took_away_what_was_before_it(anna):
    generation_id = uuid4()
    slow, other = await snapshot_of(anna, [generation_id]), await snapshot_of(anna)
    conversation_id, told = slow.conversation.id, other.messages[-1]
    journal = Journal()
    journal.append("content", "x" * (WINDOW_CHARACTERS + 1))
    journal.end()
    tab, sent = tab_of(anna)
    async with tab.turn:
        await tab.show(slow, {generation_id: journal})
    tab.deliver(ended(slow, journal.position))
    await a_while()
    async with tab.turn:
        tab.deliver(GenerationStarted(told.generation.id, told.id, other.conversation.id, told.turn_id, "m", "C"))
        tab.deliver(MessageUnqueued(uuid4(), uuid4(), conversation_id, "sent"))
        await a_while()
        await tab.show(other, {})
    await a_while()
    tab.acknowledge(generation_id, WINDOW_CHARACTERS)
    async with asyncio.timeout(10):
        while len(sent) < 6:
            await asyncio.sleep(0)
    await tab.close()
    kinds = [ConversationSnapshot, GenerationDelta, ConversationSnapshot, GenerationDelta, GenerationEnded]
    assert [type(event) for event in sent] == [*kinds, MessageUnqueued]
