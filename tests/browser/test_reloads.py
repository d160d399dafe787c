"""What was typed and is not sent, saved or thrown away is there again when the page is loaded anew."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, reload, wait_ended, wait_running
from tests.browser.wire import FAULT

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def composer(page):
    return page.get_by_label("Your message")


def saved(page, field, words):
    """Write this, until the server has it."""
    with page.expect_response("**/draft") as answer:
        field.fill(words)
    assert answer.value.ok


def test_what_was_refused_waits_beside_what_was_written_since(page, wire, composer):
    kept = wire.keep("message.send")
    ask(page, "The first words")
    expect(page.locator(".message--pending")).to_have_count(1)
    saved(page, composer, "Other words")
    wire.refuse(kept.pop(), *FAULT)
    expect(page.locator(".notice-line")).to_contain_text("The first words")

    for _ in range(2):
        reload(page)
        expect(composer).to_have_value("Other words")
        expect(page.locator(".notice-line")).to_contain_text(FAULT[1])
        expect(page.locator(".notice-line")).to_contain_text("The first words")
    page.get_by_role("button", name="Put it back").click()
    expect(composer).to_have_value("The first words\n\nOther words")
    reload(page)
    expect(composer).to_have_value("The first words\n\nOther words")
    expect(page.locator(".notice-line")).to_have_count(0)


def test_what_was_not_sent_yet_waits_beside_what_was_written_since(page, wire, composer):
    wire.keep("message.send")
    ask(page, "The first words")
    expect(page.locator(".message--pending")).to_have_count(1)
    saved(page, composer, "Other words")

    composer.press("Enter")
    expect(page.locator(".composer__count")).to_have_text("Your last message goes out first.")
    reload(page)
    expect(page.locator(".notice-line")).to_contain_text("The first words")
    expect(composer).to_have_value("Other words")


def test_a_message_is_being_changed_as_before(page, composer):
    ask(page, "A question")
    wait_ended(page)
    page.locator('.message--user [data-way="edit"]').click()
    field = page.locator(".editor__text")
    field.fill("A better question")

    reload(page)
    expect(field).to_have_value("A better question")
    expect(field).to_be_focused()
    expect(page.locator(".notice-line")).to_contain_text("before the page was loaded anew")
    page.get_by_role("link", name="New conversation").first.click()
    expect(page.locator(".notice-line").last).to_contain_text("A better question")
    reload(page)
    expect(page.locator(".notice-line")).to_contain_text("A better question")
    page.get_by_role("button", name="Put it back").click()
    expect(composer).to_have_value("A better question")


def test_a_waiting_message_is_being_changed_as_before_and_hears_the_key_that_sends(page):
    page.keyboard.press("Control+Comma")
    with page.expect_response("**/api/preferences"):
        page.get_by_role("radio", name="Ctrl+Enter").check()
    page.keyboard.press("Escape")
    ask(page, "!forever")
    wait_running(page)
    ask(page, "Afterwards")
    page.get_by_role("button", name="Edit the waiting message").click()
    field = page.get_by_label("Waiting message", exact=True)
    field.fill("Afterwards, in")
    field.press("Enter")
    field.press_sequentially("two lines")

    reload(page)
    expect(field).to_have_value("Afterwards, in\ntwo lines")
    expect(field).to_be_focused()
    field.press("Control+Enter")
    expect(page.locator(".queue__text")).to_have_text("Afterwards, in\ntwo lines", use_inner_text=True)
    page.get_by_role("button", name="Delete the waiting message").click()
    expect(page.locator(".queue__item")).to_have_count(0)
    page.get_by_role("button", name="Stop").last.click()
    wait_ended(page)


def test_nothing_typed_in_a_temporary_chat_is_kept(page):
    page.get_by_role("button", name="Temporary chat").click()
    ask(page, "A secret question")
    wait_ended(page)
    page.locator('.message--user [data-way="edit"]').click()
    page.locator(".editor__text").fill("A more secret question")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    reload(page)

    assert asked == ["beforeunload"]
    assert page.evaluate("() => JSON.stringify({ ...sessionStorage })").count("secret") == 0
    expect(page.locator(".notice-line, .editor")).to_have_count(0)
