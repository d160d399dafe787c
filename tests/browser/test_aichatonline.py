"""A conversation with the AiChatOnline service, as its document describes it, in a browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, last_answer, pick, wait_ended, wait_running, written

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit):
    """A new conversation with the service picked, which says that it is marked as not working."""
    page = visit("/")
    pick(page, "gpt-4o-mini")
    expect(page.get_by_text("marked as not working")).to_be_visible()
    return page


def test_a_question_and_the_next_one_are_answered(page, site):
    ask(page, "How does a river find the sea?")
    wait_ended(page)
    expect(last_answer(page).get_by_role("heading", name="A short answer")).to_be_visible()
    first = site.upstream.log()[-1]
    assert (first["wire"], first["body"]["prompt"]) == ("aichatonline", "How does a river find the sea?")

    ask(page, "And the rain?")
    wait_ended(page, 2)
    prompt = site.upstream.log()[-1]["body"]["prompt"]
    assert (
        prompt == f"User: How does a river find the sea?\nAssistant: {first['text']}\nUser: And the rain?\nAssistant:"
    )


def test_stop_closes_its_connection(page, site):
    ask(page, "!forever")
    wait_running(page)
    page.get_by_role("button", name="Stop").click()

    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
    assert site.upstream.last_end() == "client_closed"
    assert "A short answer" in written(page)
