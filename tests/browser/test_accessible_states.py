"""axe finds nothing either where a conversation unfolds, waits, or has lost its connection."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.chatting import wait_ended
from tests.browser.test_accessibility import AXE, LOCALES, RUSSIAN
from tests.browser.wire import Wire

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
def test_what_an_answer_unfolds_and_where_the_reader_is(visit, rivers, locale, check):
    page = visit(rivers, locale=locale, height=500, **AXE)
    page.locator(".reasoning__summary").last.click()
    expect(page.locator(".reasoning__text").last).to_be_visible()
    found = check(page)
    page.locator(".stage__scroll").evaluate("(frame) => (frame.scrollTop = 0)")
    expect(page.locator(".composer__latest")).to_be_visible()
    assert found + check(page) == []


@pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
def test_a_long_question_and_an_answer_that_nobody_has_read(visit, site, locale, check):
    page = visit("/", locale=locale, **AXE)
    composer = page.locator(".composer__text")
    composer.fill("A line of a question.\n" * 60)
    composer.press("Enter")
    wait_ended(page)
    expect(page.locator(".question__more")).to_be_visible()
    found = check(page)
    page.locator(".question__more").click()
    found += check(page)
    composer.fill('!{"chunks": 60, "hold_after": 30}')
    composer.press("Enter")
    expect(page.locator(".message--running")).to_be_visible()
    page.locator(".sidebar__new").click()
    expect(page.locator(".message")).to_have_count(0)
    found += check(page)
    site.upstream.go()
    expect(page.locator(".list__sign--unread")).to_be_visible()
    assert found + check(page) == []


@pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
def test_what_the_banner_says(visit, locale, check):
    page = visit("/offline/", locale=locale, **AXE)
    wire = Wire(page)
    page.goto("/")
    expect(page.locator(".model-chip__choice")).to_be_visible()
    wire.answer({"type": "server.draining", "reconnect_after_ms": 600_000})
    expect(page.locator(".banner__line")).to_be_visible()
    found = check(page)
    wire.answer({"type": "session.ended"})
    wire.cut()
    expect(page.locator(".banner__line a")).to_be_visible()
    assert found + check(page) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_leaving_a_temporary_chat(visit, locale):
    page = visit("/", locale=locale, **AXE)
    page.locator(".topbar__temporary").click()
    page.locator(".composer__text").fill("Hello")
    page.locator(".composer__text").press("Enter")
    wait_ended(page)
    found = faults(page)
    page.locator(".sidebar__new").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += faults(page)
    page.locator(".dialog__ways .button--danger").click()
    expect(page.locator(".message")).to_have_count(0)
    assert found == []
