"""An answer below five hundred messages."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, wait_ended

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
COUNT_LONG_TASKS = """() => {
    globalThis.long = [];
    const note = (list) => long.push(...list.getEntries().map(({duration}) => duration));
    new PerformanceObserver(note).observe({type: "longtask"});
}"""
WORST = 100  # ms


def test_an_answer_streams_smoothly_below_five_hundred_messages(visit, site):
    page = visit(f"/c/{site.shell(MAKE)}/")
    messages = page.locator("scripta-message")
    for count in (60, 120, 180, 240, 300, 360, 420, 480, MESSAGES):
        expect(messages).to_have_count(count)
        page.locator(".stage__scroll").evaluate("(node) => node.scrollTo(0, 500)")
    page.get_by_role("button", name="Jump to latest").click()
    expect(messages.last).to_be_in_viewport()
    page.evaluate(COUNT_LONG_TASKS)

    ask(page, '!{"chunks": 200, "delay_ms": 10}')
    wait_ended(page, MESSAGES // 2 + 1)

    assert max(page.evaluate("() => long"), default=0) < WORST
