"""Stop, and what the page says of the connection, while the socket breaks."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, last_answer, wait_ended, wait_running

pytestmark = pytest.mark.browser


def test_a_stop_that_is_lost_with_the_socket_is_sent_again(page, wire, site):
    ask(page, "!forever")
    wait_running(page)

    def lose(command):
        if command["type"] == "generation.stop":
            wire.on_command = lambda _: None
            wire.cut()
            return False
        return None

    wire.on_command = lose
    stop = page.get_by_role("button", name="Stop")
    stop.click()

    expect(last_answer(page).locator(".ending--stopped")).to_contain_text("the connection to the model was closed")
    assert site.upstream.last_end() == "client_closed"
    assert len(wire.of("generation.stop")) == 2
    expect(stop).not_to_be_visible()


def test_stop_can_be_pressed_while_cut_off(page, wire, site):
    ask(page, "!forever")
    wait_running(page)
    wire.is_down = True
    wire.cut()
    expect(page.locator(".banner__line")).to_be_visible()

    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Stop")).to_be_disabled()
    expect(page.locator(".ending--stopped")).to_have_count(0)
    wire.restore()

    expect(page.locator(".ending--stopped")).to_be_visible()
    assert site.upstream.last_end() == "client_closed"


def test_a_page_that_is_said_to_be_offline_and_is_not_says_nothing(page, wire):
    page.evaluate(
        """() => {
            Object.defineProperty(navigator, "onLine", { get: () => false, configurable: true });
            dispatchEvent(new Event("offline"));
        }"""
    )
    ask(page, "How does a river find the sea?")
    wait_ended(page)
    expect(page.locator(".banner__line")).to_have_count(0)

    wire.is_down = True
    wire.cut()
    expect(page.locator(".banner__line")).to_contain_text("You are offline")
    wire.is_down = False
    expect(page.locator(".banner__line")).to_have_count(0)
    expect(answers(page)).to_have_count(1)
