"""axe finds nothing either where something has failed, or is too long, and the page says so."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.chatting import ANSWER, listens, wait_ended
from tests.browser.test_accessibility import AXE, RUSSIAN
from tests.browser.test_diagrams import fenced
from tests.browser.test_first_load import NEVER_IDLE, PANELS
from tests.browser.test_refused_saves import refusing
from tests.browser.wire import Wire

pytestmark = [pytest.mark.browser, pytest.mark.slow]

IN_BOTH = pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
ENDINGS = """
from chat.models import Connection, User
from tests.making import conversation, generation, message
alice, scripted = User.objects.get(username="alice"), Connection.objects.get(name="Scripted")
row = conversation(alice, connection=scripted, title="Endings")
head = None
for status, text, fields in [
    ("failed", "", dict(error_code="provider.rate_limited", error_message="It is busy. The service said: “Wait.”")),
    ("failed", "It began", dict(error_code="provider.incomplete", error_message="The connection broke.")),
    ("stopped", "", {}),
    ("stopped", "Half of", dict(stop_ms=38)),
    ("interrupted", "Cut off", {}),
    ("completed", "As long as it may be", dict(finish_reason="length", omitted_messages=3)),
]:
    head = message(row, message(row, head, "user", "A question"), "assistant", text, model_id="scripted-1")
    generation(head, status, model_id="scripted-1", connection_name="Scripted", **fields)
question = message(row, head, "user", "And side by side?")
for number, (status, fields) in enumerate([
    ("completed", dict(finish_reason="stop")),
    ("failed", dict(error_code="provider.timeout_first_delta", error_message="The service did not begin in time.")),
    ("interrupted", {}),
], start=1):
    head = message(row, question, "assistant", "Some words" if number != 2 else "", model_id=f"scripted-{number}",
                   turn_id=question.turn_id)
    generation(head, status, model_id=f"scripted-{number}", **fields)
    if number == 1:
        row.head = head
row.save()
print(row.id)
"""
LONG = "A word and another. " * 150


@pytest.fixture
def endings(site):
    """A conversation whose answers have ended in every way, the last of them side by side."""
    return f"/c/{site.shell(ENDINGS)}/"


@IN_BOTH
def test_every_way_that_an_answer_ends(visit, endings, locale, check):
    page = visit(endings, locale=locale, **AXE)
    expect(page.locator(".ending")).to_have_count(8)
    found = check(page)
    bars = [bar.bounding_box() for bar in page.locator(".turn--columns .message-bar").all()]
    assert len({bar["y"] + bar["height"] for bar in bars}) == 1, "they stand in one line"
    page.locator(".stage__scroll").evaluate("(frame) => (frame.scrollTop = 0)")
    found += check(page)
    page.locator(".composer__text").fill("!busy")
    page.locator(".composer__text").press("Enter")
    expect(page.locator(".ending__countdown")).to_be_visible()
    assert found + check(page) == []


@IN_BOTH
def test_what_is_too_long_and_what_is_given_back(visit, locale, check):
    page = visit("/offline/", locale=locale, **AXE)
    wire = Wire(page)
    page.goto("/")
    composer = page.locator(".composer__text")
    expect(page.locator(".model-chip__choice")).to_be_visible()
    composer.fill(LONG)
    expect(page.locator(".composer__count--over")).to_be_visible()
    found = check(page)
    composer.fill("A question")
    composer.press("Enter")
    wait_ended(page)
    page.locator(".message--user").hover()
    page.locator('.message--user [data-way="edit"]').click()
    page.locator(".editor__text").fill(LONG)
    expect(page.locator(".editor__hint--over")).not_to_be_empty()
    expect(page.locator(".editor .button--primary")).to_be_disabled()
    found += check(page)
    page.locator(".editor__text").press("Escape")

    kept = wire.keep("message.send")
    composer.fill("The first words, and many more of them than a line of a phone has room for")
    composer.press("Enter")
    expect(page.locator(".message--pending")).to_have_count(1)
    composer.fill("Other words")
    wire.refuse(kept.pop(), "server.error", "Something went wrong on this server. Try again.")
    expect(page.locator(".notice-line .button")).to_be_visible()
    assert found + check(page) == []


@IN_BOTH
def test_earlier_messages_and_conversations_that_do_not_come(visit, long_one, locale, check):
    page = visit("/offline/", locale=locale, **AXE)
    with refusing(page, "GET", "conversations/*/messages?*"):
        page.goto(long_one)
        listens(page)
        page.locator(".stage__scroll").evaluate("(frame) => (frame.scrollTop = 0)")
        expect(page.locator(".thread__older-words")).not_to_be_empty()
        expect(page.locator(".thread__older button")).to_be_visible()
        found = check(page)
    page = visit("/offline/", user="bob", locale=locale, **AXE)
    with refusing(page, "GET", "conversations?*"):
        page.goto("/")
        listens(page)
        page.locator(".sidebar__scroll").evaluate("(list) => (list.scrollTop = list.scrollHeight)")
        expect(page.locator(".list__failure")).not_to_be_empty()
        found += check(page)
    assert found == []


@IN_BOTH
def test_a_part_of_the_page_that_does_not_come(visit, locale, check):
    page = visit("/offline/", locale=locale, **AXE)
    page.add_init_script(NEVER_IDLE)
    page.goto("/")
    listens(page)
    page.route(PANELS, lambda route: route.fulfill(status=503))
    page.locator(".topbar__settings").click()
    expect(page.locator(".toast__way")).to_be_visible()
    found = check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.locator(".toast__words").bounding_box()["width"] >= 150
    assert found == []


@IN_BOTH
def test_what_is_not_deleted_and_a_diagram_that_is_not_drawn(visit, locale, check):
    page = visit("/", locale=locale, **AXE)
    text = fenced("flowchart LR\n  A -->> ]broken[\n", "x" * 10_001 + "\n")
    page.locator(".composer__text").fill("!" + json.dumps({"text": "Look:\n\n" + text[:900]}))
    page.locator(".composer__text").press("Enter")
    wait_ended(page)
    expect(page.locator(f"{ANSWER} .code__note").first).not_to_be_empty()
    expect(page.locator(f"{ANSWER} pre").first).to_be_visible(timeout=30_000)
    found = check(page)
    with refusing(page, "DELETE", "conversations/*"):
        page.keyboard.press("Control+Shift+Backspace")
        expect(page.locator(".toast__way")).to_be_visible()
        found += check(page)
    assert found == []
