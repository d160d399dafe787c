"""A conversation and a list that are longer than a page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.many import CONVERSATIONS

pytestmark = pytest.mark.browser

PLACE = "(node) => node.getBoundingClientRect().top"
UNDRAWN = "scripta-message .prose:not([hidden]):empty"
PAINTED = "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
# What is in view has to stay. What is far above it may get its true height meanwhile, so that it is elsewhere.
IN_VIEW = f"""async () => {{
    document.querySelector(".stage__scroll").scrollTo(0, 600);
    await ({PAINTED})();
    return [...document.querySelectorAll("scripta-message")].find((each) => each.getBoundingClientRect().top > 100);
}}"""


def numbers(page):
    """The numbers of the messages that are shown, in their order."""
    texts = page.locator("scripta-message .message__body").all_text_contents()
    return [int(re.search(r"Text (\d+)", text).group(1)) for text in texts]


def test_earlier_messages_come_above_by_themselves_and_the_reader_stays(visit, long_one):
    page = visit(long_one)
    expect(page.locator("scripta-message")).to_have_count(60)
    assert numbers(page) == list(range(70, 130))

    for count in (120, 130):
        expect(page.locator(UNDRAWN)).to_have_count(0)  # what is drawn between two measurements moves what is above it
        message = page.evaluate_handle(IN_VIEW).as_element()
        before = message.evaluate(PLACE)
        expect(page.locator("scripta-message")).to_have_count(count)
        page.evaluate(PAINTED)
        assert abs(message.evaluate(PLACE) - before) < 2
        assert numbers(page) == list(range(130 - count, 130))
    expect(page.get_by_role("button", name="Earlier messages")).to_have_count(0)
    page.get_by_role("button", name="Jump to latest").click()
    expect(page.locator("scripta-message").last).to_be_in_viewport()


def test_earlier_messages_can_be_read_without_javascript(visit, long_one):
    page = visit(long_one, java_script_enabled=False)
    expect(page.locator(".message")).to_have_count(60)
    for first, last in ((10, 69), (0, 9)):
        page.get_by_role("link", name="Earlier messages").click()
        expect(page.locator(".message").first).to_contain_text(f"Text {first:03}")
        expect(page.locator(".message").last).to_contain_text(f"Text {last:03}")


def test_older_conversations_are_loaded_as_the_list_is_scrolled(visit, long_one):
    page = visit("/", user="bob")
    links = page.locator(".list__link")
    expect(links.first).to_have_text(f"Conversation {CONVERSATIONS - 1}")

    for count in (50, 100, CONVERSATIONS):
        expect(links).to_have_count(count)
        page.locator(".sidebar__scroll").evaluate("(node) => node.scrollTo(0, node.scrollHeight)")
    assert links.all_inner_texts() == [f"Conversation {number}" for number in reversed(range(CONVERSATIONS))]
    expect(page.get_by_role("button", name="Older conversations")).to_have_count(0)


def test_a_list_that_does_not_fill_the_screen_goes_on_by_itself(visit, long_one):
    page = visit("/", user="bob", height=8000)
    expect(page.locator(".list__link")).to_have_count(CONVERSATIONS)


def test_older_conversations_can_be_read_without_javascript(visit, long_one):
    page = visit("/", user="bob", java_script_enabled=False)
    expect(page.locator(".list__link")).to_have_count(50)
    page.get_by_role("link", name="Older conversations").click()
    expect(page.locator(".list__link").first).to_have_text(f"Conversation {CONVERSATIONS - 51}")
