"""Stopping, failing, trying again, saying it in other words, and what is refused before it is sent."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, last_answer, reload, wait_ended, wait_running, written
from tests.browser.conftest import MESSAGE_MAX_CHARACTERS
from tests.browser.input_method import WORDS, compose_and_press

pytestmark = pytest.mark.browser


def test_stop_closes_the_service_and_says_so(visit, site):
    page = visit("/")
    ask(page, "!forever")
    wait_running(page)

    page.get_by_role("button", name="Stop").click()

    expect(last_answer(page).locator(".ending--stopped")).to_contain_text("the connection to the model was closed")
    assert site.upstream.last_end() == "client_closed"
    kept = written(page)
    reload(page)
    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
    assert written(page) == kept


def test_a_stopped_answer_can_be_continued(visit, site):
    page = visit("/")
    ask(page, '!{"chunks": 400, "delay_ms": 20, "hold_after": 200}')
    wait_running(page, "word3")
    page.get_by_role("button", name="Stop").click()
    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
    kept = written(page)

    site.upstream.script(pieces=["onward ", "never"], hold_after=1)
    last_answer(page).get_by_role("button", name="Continue").click()

    wait_running(page, "onward")
    page.get_by_role("button", name="Stop").click()
    wait_ended(page)
    assert written(page).startswith(kept)


def test_a_refusal_is_told_and_can_be_tried_again(visit):
    page = visit("/")
    ask(page, "!busy")

    failed = last_answer(page).locator(".ending--failed")
    expect(failed).to_contain_text("You can try again in")
    failed.get_by_role("button", name="Retry").click()

    expect(last_answer(page).locator(".siblings__count")).to_have_text("2/2")
    wait_ended(page)


@pytest.fixture
def editor_page(visit):
    """A page whose only question stands in its editor, which has the focus."""
    page = visit("/")
    ask(page, "The first wording")
    wait_ended(page)
    page.locator(".message--user").hover()
    page.get_by_role("button", name="Edit").click()
    return page


def test_another_wording_is_a_sibling_and_both_stay(editor_page):
    editor_page.keyboard.press("ControlOrMeta+A")
    editor_page.keyboard.type("The second wording")
    editor_page.keyboard.press("Control+Enter")

    question = editor_page.locator(".message--user")
    expect(question).to_have_count(1)
    expect(question.locator(".message__body")).to_have_text("The second wording")
    expect(question.locator(".siblings__count")).to_have_text("2/2")
    wait_ended(editor_page)
    editor_page.get_by_role("button", name="Previous version").first.click()
    expect(question.locator(".message__body")).to_have_text("The first wording")


def test_escape_leaves_the_wording(editor_page):
    editor_page.keyboard.type("Something else")
    editor_page.keyboard.press("Escape")

    expect(editor_page.locator(".message--user .message__body")).to_have_text("The first wording")
    expect(editor_page.locator(".siblings")).to_have_count(0)


def test_too_much_is_refused_before_it_is_sent(visit):
    page = visit("/")
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    reload(page)
    expect(page.locator(".model-chip__choice")).to_be_visible()
    text = "🌊" * (MESSAGE_MAX_CHARACTERS + 1)

    page.get_by_label("Your message").fill(text)
    page.get_by_label("Your message").press("Enter")

    expect(page.locator(".composer__count")).to_have_text("2,001 characters; the limit is 2,000. Shorten it by 1.")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    assert page.get_by_label("Your message").input_value() == text
    assert not any("message.send" in frame for frame in sent)

    ask(page, text[1:])
    wait_ended(page)


def test_too_long_a_wording_says_so_and_keeps_what_was_typed(editor_page):
    editor, hint = editor_page.locator(".editor__text"), editor_page.locator(".editor__hint")
    wording = "🌊" * (MESSAGE_MAX_CHARACTERS + 1)
    editor.fill(wording)

    too_long = "2,001 characters; the limit is 2,000. Shorten it by 1."
    expect(hint).to_have_text(too_long)
    for keys in ("Control+Enter", "Control+s"):
        editor.press(keys)
    for name in ("Update and rerun", "Save"):
        expect(editor_page.get_by_role("button", name=name, exact=True)).to_be_disabled()
    editor.press("Escape")
    editor_page.get_by_role("button", name="Go on editing").click()
    expect(editor).to_have_value(wording)
    expect(hint).to_have_text(too_long)
    expect(editor_page.get_by_role("button", name="Save", exact=True)).to_be_disabled()

    editor.fill(wording[1:])
    expect(hint).not_to_have_text(too_long)
    editor.press("Control+Enter")
    expect(editor_page.locator(".message--user .question")).to_have_text(wording[1:])
    wait_ended(editor_page)


def test_enter_sends_and_shift_enter_makes_a_line(visit):
    page = visit("/")
    composer = page.get_by_label("Your message")
    composer.press_sequentially("one")
    composer.press("Shift+Enter")
    composer.press_sequentially("two")
    composer.press("Enter")

    expect(page.locator(".message--user .message__body")).to_have_text("one\ntwo", use_inner_text=True)
    expect(composer).to_have_value("")
    wait_ended(page)


def test_the_keys_of_a_composition_send_nothing(page):
    compose_and_press(page, page.get_by_label("Your message"), "Enter")

    expect(page.locator(".message--user .question")).to_have_text(WORDS)
    wait_ended(page)
