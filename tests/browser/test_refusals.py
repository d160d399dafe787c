"""What the server refuses is told, and costs nobody a word of what was written."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, edit, wait_ended
from tests.browser.wire import FAULT

pytestmark = pytest.mark.browser


def test_a_refused_message_comes_back_to_the_empty_composer(page, wire):
    wire.refuse_next("message.send")
    ask(page, "The first words")

    expect(page.locator(".notice-line")).to_contain_text(FAULT[1])
    composer = page.get_by_label("Your message")
    expect(composer).to_have_value("The first words")
    composer.press("Enter")
    wait_ended(page)
    expect(page.locator(".notice-line")).to_have_count(0)


def test_a_refused_message_waits_beside_what_was_written_since(page, wire):
    page.set_viewport_size({"width": 360, "height": 700})
    kept = wire.keep("message.send")
    first = "The first words, and many more of them than a line of a phone has room for"
    ask(page, first)
    expect(page.locator(".message--pending")).to_have_count(1)
    composer = page.get_by_label("Your message")
    composer.fill("Other words")
    wire.refuse(kept.pop(), *FAULT)

    expect(page.locator(".notice-line")).to_contain_text(first)
    assert page.locator(".composer").evaluate("(node) => node.scrollWidth") <= 360
    expect(composer).to_have_value("Other words")
    page.get_by_role("button", name="Put it back").click()
    expect(composer).to_have_value(f"{first}\n\nOther words")
    expect(page.locator(".notice-line")).to_have_count(0)


def test_a_refused_edit_opens_its_editor_again(page, wire):
    ask(page, "The first wording")
    wait_ended(page)
    wire.refuse_next("message.edit")
    edit(page, "The second wording")

    expect(page.locator(".notice-line")).to_contain_text(FAULT[1])
    editor = page.locator(".editor__text")
    expect(editor).to_have_value("The second wording")
    expect(answers(page)).to_have_count(1)
    editor.press("Control+Enter")
    expect(page.locator(".message--user .message__body")).to_have_text("The second wording")
    wait_ended(page)
