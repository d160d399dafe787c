"""What tells of an answer to who looks elsewhere: the tab's icon and title, and a notification."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, leave, listens, wait_ended, wait_running
from tests.browser.test_shell import stored

pytestmark = pytest.mark.browser

ASKING = '!{"chunks": 60, "delay_ms": 10, "hold_after": 30}'
LONG_MS = 21_000
NOTE_NOTIFICATIONS = """() => {
  globalThis.told = [];
  globalThis.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options);
      told.push(this);
    }
  };
}"""
TOLD_OF = "(conversation) => told.some(({ title }) => title === conversation)"
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
  const state = hidden ? "hidden" : "visible";
  Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def icon(page, sign):
    expect(page.locator('link[rel="icon"]')).to_have_attribute("href", re.compile(rf"favicon{sign}\."))


def told(page):
    return page.evaluate("() => told.map(({ title, body }) => [title, body])")


def test_icon_and_title_tell_that_an_answer_is_written_and_that_it_is_there(page, site):
    icon(page, "")
    ask(page, ASKING)
    wait_running(page, "word5")
    icon(page, "-running")
    expect(page).to_have_title(re.compile("^… !"))

    page.evaluate(HIDE, True)
    site.upstream.go()
    icon(page, "-unread")
    expect(page).to_have_title(re.compile(r"^\(1\) !"))

    page.evaluate(HIDE, False)
    icon(page, "")
    expect(page).to_have_title(re.compile("^!"))


def lasts(wire):
    """The page of this wire is told that all its answers take long."""

    def last(event):
        if event["type"] != "generation.ended":
            return None
        wire.answer(event | {"timings": event["timings"] | {"duration_ms": LONG_MS}})
        return False

    wire.on_event = last


def wants_notices(page):
    page.keyboard.press("Control+Comma")
    with stored(page):
        page.get_by_role("switch", name="Notifications").check()
    page.keyboard.press("Escape")


@pytest.fixture
def notified(wire, page):
    """A page whose reader wants to be notified, in a browser that allows it; all its answers take long, it is told."""
    page.context.grant_permissions(["notifications"])
    page.evaluate(NOTE_NOTIFICATIONS)
    wants_notices(page)
    lasts(wire)
    return page


def test_the_end_of_a_long_answer_is_told_in_a_hidden_tab_and_leads_to_it(notified, site):
    page = notified
    ask(page, ASKING)
    wait_running(page, "word5")
    address = page.url
    leave(page)
    page.evaluate(HIDE, True)
    site.upstream.go()

    page.wait_for_function("() => told.length === 1")
    ((title, body),) = told(page)
    assert title.startswith('!{"chunks"')
    assert body == "The answer is complete."
    page.evaluate(HIDE, False)
    page.evaluate("() => told[0].dispatchEvent(new Event('click'))")
    expect(page).to_have_url(address)
    wait_ended(page)


def test_who_looks_or_has_stopped_it_is_not_notified(notified, site):
    page = notified
    ask(page, ASKING)
    wait_running(page, "word5")
    site.upstream.go()
    wait_ended(page)
    ask(page, "!forever")
    wait_running(page)
    page.evaluate(HIDE, True)
    page.get_by_role("button", name="Stop").click()
    wait_ended(page, 2)
    listens(page)
    leave(page)
    ask(page, "One that is told")
    page.wait_for_function(TOLD_OF, arg="One that is told")
    assert told(page) == [["One that is told", "The answer is complete."]]


@pytest.mark.slow
def test_only_a_long_answer_is_told(notified, wire):
    page = notified
    page.evaluate(HIDE, True)
    wire.on_event = lambda event: None  # this one takes as long as it does
    ask(page, "A short one")
    icon(page, "-unread")
    leave(page)
    lasts(wire)
    ask(page, "A long one")
    page.wait_for_function(TOLD_OF, arg="A long one")
    assert told(page) == [["A long one", "The answer is complete."]]
