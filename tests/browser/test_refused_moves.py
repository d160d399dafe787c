"""What the server refuses of whole conversations, and of what is further up, is told and can be tried again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ANSWER, last_answer, listens, menu
from tests.browser.recorder import settled
from tests.browser.test_list import begun, options
from tests.browser.test_refused_saves import FAULT, refusing

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def said(page):
    """The notice of the fault, with its way to try again."""
    toast = page.locator(".toast", has_text=FAULT)
    expect(toast).to_be_visible()
    return toast.get_by_role("button", name="Try again")


def link(page, title):
    return page.locator(".list__link", has_text=title)


def choose(page, title, way):
    options(page, title)
    page.get_by_role("menuitem", name=way, exact=True).click()


def test_a_title_a_pin_and_a_deletion(visit):
    page = begun(visit, "What is refused")
    with refusing(page, "PATCH", "conversations/*"):
        choose(page, "What is refused", "Rename")
        page.get_by_label("Title").fill("Another title")
        page.keyboard.press("Enter")
        again = said(page)
        expect(link(page, "What is refused")).to_have_count(1)
    again.click()
    expect(link(page, "Another title")).to_have_count(1)
    expect(page.locator(".toast")).to_have_count(0)

    with refusing(page, "PATCH", "conversations/*"):
        choose(page, "Another title", "Pin")
        again = said(page)
        expect(page.get_by_role("heading", name="Pinned")).to_have_count(0)
    again.click()
    expect(page.get_by_role("heading", name="Pinned")).to_have_count(1)

    with refusing(page, "DELETE", "conversations/*"):
        choose(page, "Another title", "Delete")
        again = said(page)
        expect(link(page, "Another title")).to_have_count(1)
        expect(page.locator(ANSWER)).to_have_count(1)
    again.click()
    expect(link(page, "Another title")).to_have_count(0)
    with refusing(page, "POST", "conversations/*/restore"):
        page.get_by_role("button", name="Undo").click()
        again = said(page)
    again.click()
    expect(link(page, "Another title")).to_have_count(1)


def test_a_fork(visit):
    page = begun(visit, "To be forked")
    before = page.url
    with refusing(page, "POST", "conversations/*/fork"):
        menu(page, last_answer(page), "New conversation from here")
        page.get_by_role("button", name="Up to here The messages").click()
        again = said(page)
        assert page.url == before
    again.click()
    page.wait_for_url(lambda url: url != before)
    expect(page.locator(ANSWER)).to_have_count(1)


def test_earlier_messages(visit, long_one):
    page = visit("/")
    with refusing(page, "GET", "conversations/*/messages?*"):
        page.goto(long_one)
        expect(page.locator(".message")).to_have_count(60)
        listens(page)
        page.locator(".stage__scroll").evaluate("(frame) => frame.scrollTo(0, 0)")
        older = page.locator(".thread__older")
        expect(older).to_contain_text("Earlier messages could not be loaded.")
        expect(page.locator("scripta-message")).to_have_count(60)
    older.get_by_role("button", name="Try again").click()
    expect(page.locator("scripta-message")).not_to_have_count(60)
    expect(page.locator("scripta-message").first).to_contain_text("Text 010")


def test_older_conversations(visit, long_one):
    page = visit("/offline/", user="bob")
    with page.expect_event("requestfinished", lambda request: request.url.endswith("/api/conversations")):
        page.goto("/")  # a list that is read anew once more takes a failure back
    listens(page)
    settled(page)
    links = page.locator(".list__link")
    oldest = links.filter(has_text=re.compile("^Conversation 30$"))
    expect(links.filter(has_text="Conversation 119")).to_have_count(1)
    with refusing(page, "GET", "conversations?cursor=*"):
        page.locator(".sidebar__scroll").evaluate("(node) => node.scrollTo(0, node.scrollHeight)")
        again = page.locator(".list__more", has_text="Older conversations could not be loaded.")
        expect(again).to_be_visible()
        expect(oldest).to_have_count(0)
    again.get_by_role("button", name="Try again").click()
    expect(oldest).to_have_count(1)
