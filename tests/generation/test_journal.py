"""The journal: every position is a cursor, whatever the deltas were."""

import asyncio
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.generation.journal import STRETCH, Journal

deltas = st.lists(st.tuples(st.sampled_from(["content", "reasoning"]), st.text(max_size=40)), max_size=60)


def written(increments):
    journal = Journal()
    for kind, text in increments:
        journal.append(kind, text)
    return journal


@given(deltas)
def test_any_two_cuts_give_the_text_that_was_appended(increments):
    journal = written(increments)
    whole = [(kind, character) for kind, text in increments for character in text]
    assert journal.position == len(whole)
    for start in range(0, len(whole) + 1, 7):
        for end in range(start, len(whole) + 1, 5):
            parts = journal.since(start, end)
            assert [(part.kind, character) for part in parts for character in part.text] == whole[start:end]
            assert all(one.kind != other.kind for one, other in itertools.pairwise(parts))


def test_short_deltas_are_merged_into_stretches():
    journal = written([("content", "ab")] * STRETCH * 2)
    assert len(journal._stretches) == 4
    assert journal.text("content") == "ab" * STRETCH * 2


@pytest.mark.parametrize("position", [-1, 4])
def test_a_position_it_has_not_reached_is_an_error(position):
    journal = written([("content", "abc")])
    with pytest.raises(ValueError, match="not within"):
        journal.since(position)


async def test_readers_are_woken_by_text_and_by_the_end():
    journal = Journal()
    for wake in (lambda: journal.append("content", "x"), journal.end):
        waiting = [asyncio.create_task(journal.news(journal.position)) for _ in range(3)]
        await asyncio.sleep(0)
        assert not any(task.done() for task in waiting)
        wake()
        await asyncio.wait_for(asyncio.gather(*waiting), 1)


async def test_a_reader_that_went_away_disturbs_nobody():
    journal = Journal()
    gone, stays = (asyncio.create_task(journal.news(0)) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    journal.append("content", "x")
    await asyncio.wait_for(stays, 1)


def test_nothing_is_appended_after_the_end():
    journal = written([("content", "abc")])
    journal.end()
    journal.append("content", "d")
    assert journal.text("content") == "abc"
