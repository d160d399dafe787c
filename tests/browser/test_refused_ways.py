"""What is asked for by a button and refused is named, changes nothing, and is done at the second press."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import (
    answers,
    ask,
    drawn,
    hears_keys,
    last_answer,
    listens,
    reload,
    wait_ended,
    wait_running,
    words,
)  # fmt: skip
from tests.browser.test_composer import WAITING, asked_last, text
from tests.browser.test_refused_saves import refusing
from tests.browser.wire import FAULT, Wire
from tests.live_server import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHORT = '!{"chunks": 5}'
AGAIN = pytest.mark.parametrize("by_notice", [False, True], ids=["by its own button", "by the notice"])


class Pressed:
    """A button whose command is refused once."""

    def __init__(self, page, wire, kind, button):
        self.page, self.wire, self.kind, self.button = page, wire, kind, button
        self.refused = len(wire.of(kind)) + 1
        wire.refuse_next(kind)
        button.click()

    def is_told(self, sentence):
        expect(self.notice).to_have_text(f"{sentence} {FAULT[1]}")
        expect(self.button).to_be_enabled()
        assert len(self.wire.of(self.kind)) == self.refused

    def press_again(self, by_notice):
        (self.page.get_by_role("button", name="Try again") if by_notice else self.button).click()

    @property
    def notice(self):
        return self.page.locator(".toast__words")


@AGAIN
def test_retry(page, wire, by_notice):
    ask(page, SHORT)
    wait_ended(page)
    last_answer(page).hover()
    retry = Pressed(page, wire, "generation.retry", last_answer(page).get_by_role("button", name="Retry", exact=True))

    retry.is_told("The question is not asked again.")
    expect(answers(page)).to_have_count(1)
    expect(drawn(page)).to_have_text(words(5))
    expect(page.locator(".siblings, .notice-line")).to_have_count(0)
    retry.press_again(by_notice)
    expect(last_answer(page).locator(".siblings__count")).to_have_text("2/2")
    wait_ended(page)
    expect(drawn(page)).to_have_text(words(5))


def test_what_was_refused_elsewhere_is_not_asked_for_here(page, wire):
    ask(page, SHORT)
    wait_ended(page)
    last_answer(page).hover()
    retry = Pressed(page, wire, "generation.retry", last_answer(page).get_by_role("button", name="Retry", exact=True))
    retry.is_told("The question is not asked again.")
    page.get_by_role("link", name="New conversation").click()
    expect(answers(page)).to_have_count(0)

    retry.press_again(by_notice=True)
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    expect(retry.notice).to_have_text(f"The question is not asked again. {FAULT[1]}")
    assert len(wire.of("generation.retry")) == 1


@AGAIN
def test_continue(page, wire, site, by_notice):
    ask(page, '!{"chunks": 60, "hold_after": 5}')
    wait_running(page, "word4")
    page.locator(".composer__stop").click()
    wait_ended(page)
    site.upstream.script(pieces=["onward ", "to the sea"])
    ending = last_answer(page).locator(".ending--stopped")
    more = Pressed(page, wire, "generation.continue", ending.get_by_role("button", name="Continue"))

    more.is_told("The answer is not continued.")
    expect(drawn(page)).to_have_text(words(5))
    expect(ending).to_be_visible()
    more.press_again(by_notice)
    expect(ending).to_have_count(0)
    wait_ended(page)
    expect(drawn(page)).to_contain_text("word4 onward to the sea")


@AGAIN
def test_stop(page, wire, site, by_notice):
    ask(page, '!{"chunks": 60, "hold_after": 5}')
    wait_running(page, "word4")
    stop = Pressed(page, wire, "generation.stop", page.locator(".composer__stop"))

    stop.is_told("The answer is not stopped.")
    expect(page.locator(".message--running")).to_have_count(1)
    expect(drawn(page)).to_have_text(words(5))
    stop.press_again(by_notice)
    expect(last_answer(page).locator(".ending--stopped")).to_contain_text("the connection to the model was closed")
    expect(drawn(page)).to_have_text(words(5))
    assert site.upstream.last_end() == "client_closed"


@AGAIN
def test_send_now(page, wire, site, by_notice):
    ask(page, '!{"chunks": 60, "hold_after": 5}')
    wait_running(page, "word4")
    ask(page, "Rather this")
    waiting = page.locator(WAITING)
    now = Pressed(page, wire, "queue.send", waiting.get_by_role("button", name="Send now"))

    now.is_told("The waiting message is not sent.")
    expect(page.locator(".queue__text")).to_have_text("Rather this")
    expect(page.locator(".message--running")).to_have_count(1)
    expect(drawn(page)).to_have_text(words(5))
    now.press_again(by_notice)
    expect(waiting).to_have_count(0)
    wait_ended(page, 2)
    assert asked_last(site)[-1] == "Rather this"


def test_what_is_gone_is_not_offered_again(page, wire):
    ask(page, SHORT)
    wait_ended(page)
    kept = wire.keep("generation.retry")
    last_answer(page).hover()
    last_answer(page).get_by_role("button", name="Retry", exact=True).click()
    expect(answers(page)).to_have_count(1)
    wire.wait_for(lambda: kept)
    wire.refuse(kept.pop(), "message.not_found", "This message does not exist.")

    expect(page.locator(".toast")).to_have_text("The question is not asked again. This message does not exist.")
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    expect(drawn(page)).to_have_text(words(5))


def test_models_that_are_not_listed(visit):
    page = visit("/offline/")
    page.clock.install()
    picker, chips = page.locator("scripta-model-picker"), page.locator(".model-chip__choice")
    with refusing(page, "GET", "models"):
        page.goto("/")
        expect(picker).to_have_text("The models could not be listed; trying again …")
        listens(page)
        ask(page, SHORT)
        wait_ended(page)
        expect(chips).to_have_count(0)
    page.clock.fast_forward(10_000)
    expect(chips).to_contain_text("scripted-1")
    expect(picker).not_to_contain_text("could not be listed")
    chips.click()
    expect(page.get_by_role("option", name="scripted-2")).to_be_visible()


def sign_in(page):
    page.get_by_label("Name or e-mail address").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page):
    page.locator(".account__name").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.fixture
def signed_out(visit):
    """A page with words that are not sent, of somebody whom another tab has signed out."""
    page = visit("/", user=None)
    wire = Wire(page)
    sign_in(page)
    listens(page)
    ask(page, SHORT)
    wait_ended(page)
    text(page).fill("Words that are")
    other = page.context.new_page()
    other.goto(page.url)
    listens(other)
    sign_out(other)
    other.close()
    wire.cut()  # a server closes no socket by itself for that
    expect(page.locator(".banner__line")).to_contain_text("You are signed out. Your text stays here.")
    text(page).press_sequentially(" not sent")
    return page


def test_words_are_there_after_signing_in_in_another_tab(signed_out):
    page = signed_out
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again").click()
    sign_in(opened.value)
    listens(opened.value)
    expect(opened.value).to_have_url(page.url)
    opened.value.close()
    expect(text(page)).to_have_value("Words that are not sent")
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")  # who closes a tab looks at the other

    expect(page.locator(".banner__line")).to_have_count(0)
    listens(page)
    expect(text(page)).to_have_value("Words that are not sent")
    text(page).press("Enter")
    wait_ended(page, 2)
    expect(page.locator(".message--user .question").last).to_have_text("Words that are not sent")


def test_words_are_there_after_signing_in_in_the_same_tab(signed_out):
    page = signed_out
    address = page.url
    page.reload()
    sign_in(page)
    hears_keys(page)
    expect(page).to_have_url(address)
    expect(text(page)).to_have_value("Words that are not sent")
    expect(drawn(page)).to_have_text(words(5))
    reload(page)
    expect(text(page)).to_have_value("Words that are not sent")
