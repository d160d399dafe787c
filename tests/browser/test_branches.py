"""Versions of a question, turned to and from while an answer is being written."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, drawn, edit, wait_ended, wait_running, words, written

pytestmark = pytest.mark.browser

ASKING = '!{"chunks": 150, "delay_ms": 20, "hold_after": 100}'


def test_an_answer_that_was_turned_away_from_is_whole_when_it_is_turned_to(visit, site):
    page = visit("/")
    question = page.locator(".message--user")
    ask(page, "The first wording")
    wait_ended(page)
    edit(page, ASKING)
    wait_running(page, "word10")

    question.get_by_role("button", name="Previous version").click()
    expect(question.locator(".message__body")).to_have_text("The first wording")
    expect(page.locator(".message--running")).to_have_count(0)
    question.get_by_role("button", name="Next version").click()

    wait_running(page, "word30")
    assert written(page).startswith("word0 word1 word2 ")
    site.upstream.go()
    expect(drawn(page)).to_have_text(words(150))
    wait_ended(page)


def test_an_answer_beside_the_one_that_is_shown_neither_stops_nor_mixes(visit, site):
    page = visit("/")
    ask(page, ASKING)
    wait_running(page, "word5")
    other = visit(page.url)
    wait_running(other, "word5")

    edit(page, "Another wording")
    for each in (page, other):
        expect(each.locator(".message--user .message__body")).to_have_text("Another wording")
        wait_ended(each)
        expect(each.get_by_role("button", name="Send")).to_be_visible()
        assert "word" not in written(each)
    question = other.locator(".message--user")
    question.get_by_role("button", name="Previous version").click()
    wait_running(other, "word5")
    assert written(other).startswith("word0 word1 word2 ")
    site.upstream.go()
    expect(drawn(other)).to_have_text(words(150))
    wait_ended(other)
