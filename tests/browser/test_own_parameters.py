"""Instructions and parameters are those of one conversation: no other one goes out with them."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, leave, listens, wait_ended

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WRITTEN = {
    "System prompt": "Answer in verse.", "Temperature": "0.4", "Top-p": "0.9", "Longest answer, in tokens": "50",
    "Seed": "7", "Stop at": "END\n###",
}  # fmt: skip
SENT = {"temperature": 0.4, "top_p": 0.9, "max_tokens": 50, "seed": 7, "stop": ["END", "###"]}


def panel(page):
    page.get_by_role("button", name="Instructions and parameters").click()
    return page.locator(".settings-panel")


def fields(page):
    """What the panel has in its fields."""
    opened = panel(page)
    values = {label: opened.get_by_label(label).input_value() for label in WRITTEN}
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    return values


def asked(page, site, text, count=1):
    """What the service gets with a question, beside the model: its parameters and instructions."""
    ask(page, text)
    wait_ended(page, count)
    body = site.upstream.log()[-1]["body"]
    assert body["messages"][-1]["content"] == text
    system = [message["content"] for message in body["messages"] if message["role"] == "system"]
    return {name: body[name] for name in SENT if name in body}, system


def test_another_conversation_has_none_of_them(page, site):
    ask(page, "Of the other")
    wait_ended(page)
    leave(page)
    opened = panel(page)
    for label, value in WRITTEN.items():
        opened.get_by_label(label).fill(value)
    opened.get_by_role("button", name="Save").click()
    expect(opened).to_have_count(0)
    assert asked(page, site, "Of its own") == (SENT, ["Answer in verse."])
    own = page.url

    leave(page)
    assert fields(page) == dict.fromkeys(WRITTEN, "")
    assert asked(page, site, "Of a new one") == ({}, [])
    page.goto(own)
    listens(page)
    page.locator(".list__link", has_text="Of the other").click()
    expect(page.locator(".message--user .question")).to_have_text("Of the other")
    assert fields(page) == dict.fromkeys(WRITTEN, "")
    assert asked(page, site, "Of the other again", 2) == ({}, [])

    page.goto(own)
    listens(page)
    assert fields(page) == WRITTEN
    assert asked(page, site, "Of its own again", 2) == (SENT, ["Answer in verse."])
