"""Whatever some tabs do, and however they are cut: all of them show the bytes that are stored and were sent."""

import asyncio
import json
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chat.database import database
from chat.generation import queue_rows
from chat.models import Generation, Message
from tests.faults import invariants
from tests.faults.page import ends_told_twice
from tests.faults.tabs import Tab
from tests.live.socket import session_key

TABS = 3
ENDS = {
    "whole": {},
    "cut": {"eof_after": 5},
    "reset": {"reset_after": 4},
    "for ever": {"drip": "deltas", "delay_ms": 5},
}

tabs = st.integers(0, TABS - 1)
scripts = st.fixed_dictionaries({
    "end": st.sampled_from(sorted(ENDS)),
    "pieces": st.integers(1, 40),
    "thinks": st.booleans(),
    "delay_ms": st.sampled_from([0, 1, 5]),
})  # fmt: skip
steps = st.one_of(
    st.tuples(st.sampled_from(["ask", "edit", "retry"]), tabs, scripts),
    st.tuples(st.just("wait"), tabs, st.integers(1, 8)),
    st.tuples(st.sampled_from(["cut", "open", "stop", "continue"]), tabs, st.none()),
)


class Story:
    """One conversation, several tabs, and the questions so far."""

    def __init__(self, visitors):
        self.tabs = visitors
        self.following = set(visitors)  # who has neither been cut nor opened it anew: they heard all of every branch
        self.count = 0

    def question(self, script):
        """A question that no other has asked, to which the service answers as the script says."""
        self.count += 1
        pieces = [f"{self.count}.{number} 🌊 " for number in range(script["pieces"])]
        values = {"pieces": pieces, "delay_ms": script["delay_ms"]} | ENDS[script["end"]]
        if script["thinks"]:
            values["reasoning"] = f"Thinking of {self.count}. Well."
        return "!" + json.dumps(values)

    async def begin(self, script):
        asked = await self.tabs[0].ask(self.question(script))
        for tab in self.tabs[1:]:
            await tab.show(asked["conversation_id"])
        self.conversation_id = asked["conversation_id"]

    async def step(self, action, tab, value):
        await getattr(self, f"do_{action}")(tab, value)

    async def do_ask(self, tab, script):
        parent = _last(tab, "assistant")
        await self._deliver(
            tab, "message.send", content=self.question(script), conversation_id=self.conversation_id, parent_id=parent
        )

    async def do_edit(self, tab, script):
        await self._deliver(tab, "message.edit", message_id=_last(tab, "user"), content=self.question(script))

    async def do_retry(self, tab, script):
        await self._deliver(tab, "generation.retry", message_id=_last(tab, "assistant"))

    async def do_continue(self, tab, _):
        await self._deliver(tab, "generation.continue", message_id=_last(tab, "assistant"))

    async def do_stop(self, tab, _):
        for generation_id in tuple(tab.running):
            await tab.send("generation.stop", generation_id=generation_id, request_id="stop")

    async def do_cut(self, tab, _):
        self.following.discard(tab)
        await tab.cut()

    async def do_open(self, tab, _):
        self.following.discard(tab)
        await tab.show(self.conversation_id)

    async def do_wait(self, tab, frames):
        wanted = len(tab.frames) + frames
        await tab.until(lambda: len(tab.frames) >= wanted or not tab.running)

    async def finish(self):
        """Stop what runs, and let every tab that follows to the end hear all the ends: of what was queued as well."""
        generations = Generation.objects.filter(message__conversation=self.conversation_id)
        stopped = set()
        async with asyncio.timeout(20):
            while not (state := await database.write(still_to_come, self.conversation_id)).is_nothing:
                for generation_id in state.running - stopped:
                    await self.tabs[0].send("generation.stop", generation_id=generation_id, request_id="stop")
                stopped |= state.running
                await asyncio.sleep(0.002)
        ended = {str(key) for key in await database.read(lambda: list(generations.values_list("id", flat=True)))}
        for tab in self.following:
            await tab.until(lambda tab=tab: ended <= tab.ended.keys() and tab.asked is None)

    async def _deliver(self, tab, command, **fields):
        """Answered by what began, or refused because something else runs there."""
        client_id = await tab.deliver(command, **fields)
        await tab.until(lambda: client_id not in tab.unanswered)


@dataclass(frozen=True)
class StillToCome:
    """What a conversation has not come to the end of: answers that run, and whether a queued message is about to go."""

    running: set[str]
    is_due: bool

    @property
    def is_nothing(self):
        return not self.running and not self.is_due


@transaction.atomic
def still_to_come(conversation_id):
    """In one transaction: between an answer's end and the next message there is a moment when nothing runs."""
    rows = Generation.objects.filter(message__conversation=conversation_id, status="running")
    running = {str(key) for key in rows.values_list("id", flat=True)}
    return StillToCome(running, any(str(row[1]) == conversation_id for row in queue_rows.overdue()))


def _last(tab, role):
    return [message["id"] for message in tab.messages.values() if message["role"] == role][-1]


def stored_texts(conversation_id):
    rows = Message.objects.filter(conversation_id=conversation_id)
    return {str(row.id): {"content": row.content, "reasoning": row.reasoning} for row in rows}


async def converge(tab, stored, follows):
    """A tab comes to show what is stored of all that it was told of; of every branch when it `follows` them all."""

    def shows_all():
        told = stored.keys() if follows else tab.visible
        return not tab.running and {key: tab.shown.get(key) for key in told} == {key: stored[key] for key in told}

    await tab.until(lambda: tab.asked is None and shows_all())


async def live_through(watch, anna, first, script):
    """One story to its end, and what has to be true then."""
    key = await database.write(session_key, anna)
    async with AsyncExitStack() as stack:
        story = Story([await stack.enter_async_context(Tab(key)) for _ in range(TABS)])
        await story.begin(first)
        for action, tab, value in script:
            await story.step(action, story.tabs[tab], value)
        await story.finish()
        stored = await database.read(stored_texts, story.conversation_id)
        for tab in story.tabs:
            await converge(tab, stored, tab in story.following)
            assert ends_told_twice(tab.frames) == []
            await tab.show(story.conversation_id)
            snapshot = next(frame for frame in reversed(tab.frames) if frame["type"] == "conversation.snapshot")
            for message in snapshot["messages"]:
                assert tab.shown[message["id"]] == stored[message["id"]]
            assert tab.problems == []
    assert await database.read(invariants.text_problems, list(watch.upstream.answers)) == []


random_lives = settings(
    deadline=None,
    phases=[Phase.generate],  # a story takes half a second; making a failing one shorter would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@settings(random_lives, max_examples=20, derandomize=True)
@given(first=scripts, script=st.lists(steps, max_size=12))
async def test_all_tabs_show_what_is_stored_and_was_sent(watch, anna, first, script):
    await live_through(watch, anna, first, script)


@pytest.mark.slow
@settings(random_lives, max_examples=300, derandomize=False, print_blob=True)
@given(first=scripts, script=st.lists(steps, max_size=20))
async def test_300_stories_that_nobody_has_told_before(watch, anna, first, script):
    await live_through(watch, anna, first, script)
