"""A temporary chat is in no file of the site and in no store of the browser, and goes on when the process is gone."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, drawn, edit, listens, wait_ended, wait_running
from tests.browser.test_composer import saved, text

pytestmark = [pytest.mark.browser, pytest.mark.slow]

INSTRUCTIONS, UNSENT, UNSAVED = "kingfisher-instructions", "kingfisher-unsent", "kingfisher-unsaved"
QUESTION, OTHERWISE, LATER = "kingfisher-question", "kingfisher-otherwise", "kingfisher-later"
ANSWER = "kingfisher-answer "
MARK = b"kingfisher"
ORDINARY = "heron"
STORES = """() => {
  dispatchEvent(new Event("pagehide"));
  const stores = [localStorage, sessionStorage].map((store) => ({ ...store }));
  return JSON.stringify([...stores, history.state, location.href]);
}"""


def holding(site, mark):
    """The names of the site's files, its database and its log among them, that have these bytes in them."""
    files = [path for path in site.live.var.parent.rglob("*") if path.is_file()]
    assert {site.live.database, site.live.log} <= set(files)
    return [path.name for path in files if mark in path.read_bytes()]


def kept_ordinarily(visit, site):
    """Another page's words are found where a temporary chat's must not be; its draft is saved later than any before."""
    page = visit("/")
    site.upstream.script()
    ask(page, f"{ORDINARY}-question")
    wait_ended(page)
    edit_words(page, f"{ORDINARY}-unsaved")
    with saved(page, f"{ORDINARY}-unsent"):
        text(page).fill(f"{ORDINARY}-unsent")
    for words in ("question", "unsent"):
        assert holding(site, f"{ORDINARY}-{words}".encode())
    assert f"{ORDINARY}-unsaved" in page.evaluate(STORES)


def edit_words(page, words):
    """Open the last question's editor and write in it."""
    page.locator(".message--user").last.hover()
    page.locator('.message--user [data-way="edit"]').last.click()
    page.locator(".editor__text").fill(words)


def test_nothing_of_a_temporary_chat_is_at_rest(page, visit, site):
    page.get_by_role("button", name="Temporary chat").click()
    page.get_by_role("button", name="Instructions and parameters").click()
    page.get_by_label("System prompt").fill(INSTRUCTIONS)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".settings-panel")).to_have_count(0)
    site.upstream.script(pieces=[ANSWER] * 3, hold_after=2)
    ask(page, QUESTION)
    wait_running(page, ANSWER)
    assert holding(site, MARK) == []
    site.upstream.go()
    wait_ended(page)
    site.upstream.script(pieces=[ANSWER] * 2)
    edit(page, OTHERWISE)
    wait_ended(page)
    expect(drawn(page)).to_have_text(ANSWER * 2)
    text(page).fill(UNSENT)
    edit_words(page, UNSAVED)

    kept_ordinarily(visit, site)
    assert holding(site, MARK) == []
    assert MARK.decode() not in page.evaluate(STORES)

    page.locator(".editor__text").press("Escape")
    site.upstream.script(pieces=[ANSWER] * 2)
    site.revive()
    listens(page)
    expect(page.locator(".banner__line")).to_have_count(0)
    expect(text(page)).to_have_value(UNSENT)
    text(page).fill(LATER)
    text(page).press("Enter")
    wait_ended(page, 2)
    assert [message["content"] for message in site.upstream.log()[-1]["body"]["messages"]] == [
        INSTRUCTIONS, OTHERWISE, ANSWER * 2, LATER,
    ]  # fmt: skip
    expect(answers(page).last).to_contain_text(ANSWER)
    assert holding(site, MARK) == []
    assert MARK.decode() not in page.evaluate(STORES)
