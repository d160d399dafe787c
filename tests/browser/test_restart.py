"""The server is killed in mid-answer and starts again where it was, while a page is open."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, last_answer, reload, wait_ended, wait_running, written

pytestmark = pytest.mark.browser


def test_after_a_kill_the_page_comes_back_and_the_answer_goes_on(visit, site):
    page = visit("/")
    ask(page, '!{"chunks": 2000, "delay_ms": 20}')
    wait_running(page, "word30")
    before = written(page)
    page.get_by_label("Your message").fill("kept")

    site.revive()

    ending = last_answer(page).locator(".ending--interrupted")
    expect(ending).to_contain_text("Interrupted", timeout=30_000)
    expect(ending.get_by_role("button", name="Retry")).to_be_visible()
    expect(page.locator(".banner__line")).to_have_count(0)
    expect(page.get_by_label("Your message")).to_have_value("kept")
    partial = written(page)
    assert before.startswith(partial) or partial.startswith(before)
    assert partial.startswith("word0 word1 word2 ")

    site.upstream.script(pieces=["onward ", "never"], hold_after=1)
    ending.get_by_role("button", name="Continue").click()
    wait_running(page, "onward")
    page.get_by_role("button", name="Stop").click()
    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
    onward = written(page)
    assert onward.startswith(partial)
    reload(page)
    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
    assert written(page) == onward


def test_what_is_asked_while_the_server_is_away_is_asked_once(visit, site):
    page = visit("/")
    ask(page, "How does a river find the sea?")
    wait_ended(page)
    site.server.kill()
    expect(page.locator(".banner__line")).to_be_visible()
    ask(page, "And the rain?")
    expect(page.locator(".message--pending")).to_contain_text("And the rain?")

    site.revive()

    expect(page.locator(".message--assistant")).to_have_count(2, timeout=30_000)
    wait_ended(page, 2)
    expect(page.locator(".message--user")).to_have_count(2)
    sent = [answer["body"]["messages"][-1]["content"] for answer in site.upstream.log()]
    assert sent.count("And the rain?") == 1
