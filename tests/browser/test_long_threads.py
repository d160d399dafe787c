"""An answer below five hundred messages."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, wait_ended, wait_running

pytestmark = pytest.mark.browser

MESSAGES = 500
MAKE = f"""
from chat.models import Connection, User
from tests.making import conversation
alice = User.objects.get(username="alice")
texts = [f"Text {{number:03}} " + "with words " * 40 for number in range({MESSAGES})]
long_one = conversation(alice, *texts, title="A long one")
long_one.connection, long_one.model_id = Connection.objects.get(name="Scripted"), "scripted-1"
long_one.save()
print(long_one.id)
"""
NOTE_WHAT_CHANGES = """() => {
    globalThis.changed = new Set();
    const messageOf = ({target}) => (target.closest ? target : target.parentElement).closest("scripta-message");
    const note = (list) => list.map(messageOf).filter(Boolean).forEach((message) => changed.add(message));
    const everything = {subtree: true, childList: true, characterData: true, attributes: true};
    new MutationObserver(note).observe(document.querySelector("scripta-thread"), everything);
}"""
CHANGED = """() => {
    const all = [...document.querySelectorAll("scripta-message")];
    return [...changed].map((message) => all.indexOf(message)).sort((one, other) => one - other);
}"""


def test_an_answer_below_five_hundred_messages_draws_none_of_them_again(visit, site):
    page = visit(f"/c/{site.shell(MAKE)}/")
    messages = page.locator("scripta-message")
    for count in (60, 120, 180, 240, 300, 360, 420, 480, MESSAGES):
        expect(messages).to_have_count(count)
        page.locator(".stage__scroll").evaluate("(node) => node.scrollTo(0, 500)")
    page.get_by_role("button", name="Jump to latest").click()
    expect(messages.last).to_be_in_viewport()
    ask(page, '!{"chunks": 200, "delay_ms": 10, "hold_after": 100}')
    wait_running(page, "word20")
    page.evaluate(NOTE_WHAT_CHANGES)

    site.upstream.go()
    wait_ended(page, MESSAGES // 2 + 1)

    assert page.evaluate(CHANGED) == [MESSAGES + 1]
