"""A message that waits is the server's: every device shows it, and it outlives the process."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, listens, wait_ended, wait_running
from tests.browser.test_composer import WAITING, asked_last

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RUNNING = '!{"chunks": 60, "hold_after": 5}'


def shows(page):
    expect(page.locator(WAITING).locator(".queue__text")).to_have_text("Afterwards")


def test_a_waiting_message_is_on_every_device(page, visit, site):
    ask(page, RUNNING)
    wait_running(page, "word4")
    ask(page, "Afterwards")
    shows(page)
    other = visit(page.url)
    shows(other)

    other.get_by_role("button", name="Edit the waiting message").click()
    other.get_by_label("Waiting message", exact=True).fill("Afterwards, in other words")
    other.get_by_label("Waiting message", exact=True).press("Enter")
    for each in (page, other):
        expect(each.locator(WAITING).locator(".queue__text")).to_have_text("Afterwards, in other words")
    site.upstream.go()
    for each in (page, other):
        wait_ended(each, 2)
        expect(each.locator(WAITING)).to_have_count(0)
    assert asked_last(site)[-1] == "Afterwards, in other words"


def test_a_waiting_message_outlives_the_server(page, visit, site):
    ask(page, RUNNING)
    wait_running(page, "word4")
    ask(page, "Afterwards")
    shows(page)
    asked = len(site.upstream.log())

    site.revive()

    expect(page.locator(".queue__state")).to_have_text("Waits: the answer was interrupted")
    listens(page)
    shows(page)
    other = visit(page.url)
    shows(other)
    expect(answers(other)).to_have_count(1)
    assert len(site.upstream.log()) == asked
    other.get_by_role("button", name="Send now").click()
    for each in (page, other):
        wait_ended(each, 2)
        expect(each.locator(WAITING)).to_have_count(0)
    # What had come of the answer may not have been stored yet: then both questions go out as one.
    assert asked_last(site)[-1].rpartition("\n\n")[2] == "Afterwards"
    assert len(site.upstream.log()) == asked + 1
