"""Going from one conversation to another, while the server cannot follow at once."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, drawn, last_answer, leave, wait_ended, wait_running, words
from tests.browser.wire import FAULT

pytestmark = pytest.mark.browser


def begun(page, text):
    """A conversation that has begun with a question, left for an empty page."""
    ask(page, text)
    wait_ended(page)
    leave(page)


def open_conversation(page, title):
    page.get_by_role("link", name=title).click()


def test_an_opening_that_is_refused_is_tried_again(page, wire):
    begun(page, "Opened at last")
    wire.refuse_next("conversation.open", times=3)
    open_conversation(page, "Opened at last")

    expect(page.locator(".message--user")).to_contain_text("Opened at last")
    expect(answers(page)).to_have_count(1)
    assert len({command["request_id"] for command in wire.of("conversation.open")}) == 4
    expect(page.locator(".notice-line")).to_have_count(0)


def test_after_a_refused_opening_answers_are_not_blank(page, wire):
    ask(page, "How does a river find the sea?")
    wait_ended(page)
    wire.refuse_next("conversation.open")
    wire.cut()
    ask(page, '!{"chunks": 60, "delay_ms": 30}')

    expect(answers(page)).to_have_count(2)
    expect(drawn(page)).to_have_text(words(60))
    wait_ended(page, 2)


def test_a_refused_message_does_not_empty_the_conversation_that_is_being_opened(page, wire):
    begun(page, "Opened meanwhile")
    kept = wire.keep("message.send")
    ask(page, "Never sent")

    def refuse_before(event):
        if event["type"] == "conversation.snapshot":
            wire.refuse(kept.pop(), *FAULT)

    wire.on_event = refuse_before
    open_conversation(page, "Opened meanwhile")

    expect(page.locator(".message--user")).to_contain_text("Opened meanwhile")
    expect(page.locator(".notice-line")).to_contain_text("Never sent")
    expect(page.locator(".message--pending")).to_have_count(0)
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Your message")).to_have_value("Never sent")


@pytest.mark.parametrize("onward", ["to an empty page", "to another conversation"])
def test_a_first_message_that_the_page_has_left_runs_alone(page, wire, onward):
    begun(page, f"Stay here {onward}")
    kept = wire.keep("message.send")
    ask(page, "!forever")
    leave(page)
    if onward == "to another conversation":
        open_conversation(page, f"Stay here {onward}")
        expect(page.locator(".message--user")).to_contain_text("Stay here")
    asked = len(wire.of("conversation.open"))
    closed = len(wire.of("conversation.close"))
    place = page.url
    wire.pass_on(kept.pop())

    item = page.locator(".list__item", has_text="!forever").first
    expect(item.get_by_role("img", name="An answer is being written")).to_be_visible()
    wire.wait_for(lambda: len(wire.of("conversation.close")) > closed)
    expect(page).to_have_url(place)
    assert len(wire.of("conversation.open")) == asked
    item.get_by_role("link").click()
    wait_running(page)
    assert len(wire.of("conversation.open")) == asked + 1
    page.get_by_role("button", name="Stop").click()
    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
