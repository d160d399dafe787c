"""What failed, what is folded and what is further on: tried again, opened and reached with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ANSWER, last_answer, listens, wait_ended
from tests.browser.keyboard import Keyboard, entry, text, way

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_what_was_refused_is_put_back_and_thrown_away(page, wire):
    keys = Keyboard(page)
    kept = wire.keep("message.send")
    keys.ask("Refused words")
    keys.write("Other words")
    wire.wait_for(lambda: kept)
    wire.refuse(kept.pop(), "server.error", "Something went wrong")
    notice = page.locator(".notice-line")
    keys.choose(notice.get_by_role("button", name="Put it back"), "Shift+Tab")
    expect(notice).to_have_count(0)
    keys.stands_on(text(page))
    expect(text(page)).to_have_value("Refused words\n\nOther words")

    keys.press("Enter")
    keys.write("Yet others")
    wire.wait_for(lambda: kept)
    wire.refuse(kept.pop(), "server.error", "Something went wrong")
    keys.choose(notice.get_by_role("button", name="Dismiss"), "Shift+Tab")
    expect(notice).to_have_count(0)
    keys.stands_on(text(page))


def test_an_answer_that_failed_is_tried_again(keys, site):
    page = keys.page
    site.upstream.script(status=500)
    keys.begin("It fails")
    site.upstream.script(pieces=["A short answer"])
    keys.choose(last_answer(page).locator(".ending--failed [data-way=retry]"), "Shift+Tab")
    expect(last_answer(page).locator(".siblings__count")).to_have_text("2/2")
    wait_ended(page)
    expect(page.locator(f"{ANSWER}:focus, {ANSWER}:focus-within")).to_have_count(1)
    keys.is_somewhere()


def test_what_the_server_did_not_take_is_tried_again_from_its_notice(keys):
    page = keys.page
    keys.begin()
    page.route("**/feedback", lambda route: route.abort())
    keys.choose(way(page, "up"), "Shift+Tab")
    expect(page.locator(".toast")).to_contain_text("The rating is not saved")
    page.unroute("**/feedback")
    keys.press("F8")
    keys.stands_on(page.get_by_role("button", name="Try again"))
    keys.press("Enter")
    expect(way(page, "up")).to_have_attribute("aria-pressed", "true")
    keys.is_somewhere()


def test_a_conversation_that_cannot_be_opened_and_a_lost_connection_are_tried_again(page, wire):
    keys = Keyboard(page)
    keys.begin("Opened later")
    keys.press("Control+Shift+O")
    expect(page.locator(".message")).to_have_count(0)
    wire.refuse_next("conversation.open", times=6)
    keys.choose(entry(page, "Opened later").get_by_role("link"), "Shift+Tab")
    failure = page.locator(".thread__failure")
    expect(failure).to_be_visible(timeout=30_000)
    keys.is_somewhere()
    keys.choose(failure.get_by_role("button", name="Try again"), "Shift+Tab")
    expect(page.locator(ANSWER)).to_have_count(1)
    keys.stands_on(text(page))

    wire.is_down = True
    wire.cut()
    again = page.locator(".banner__way")
    keys.choose(again, "Shift+Tab")
    wire.restore()
    expect(page.locator(".banner__line")).to_have_count(0)
    keys.stands_on(text(page))


def test_a_long_question_unfolds_and_the_end_is_jumped_to(keys):
    page = keys.page
    keys.begin("A line of a question. " * 80)
    fold = page.locator(".question__more")
    keys.choose(fold, "Shift+Tab")
    expect(fold).to_have_text("Show less")
    keys.stands_on(fold)
    page.set_viewport_size({"width": 1280, "height": 500})
    keys.choose(page.locator(".skip-link"), "Shift+Tab")
    keys.press("Home")
    expect(page.locator(".composer__latest")).to_be_visible()
    keys.press("Shift+Escape")
    keys.choose(page.locator(".composer__latest"), "Shift+Tab")
    expect(page.locator(".composer__latest")).not_to_be_visible()
    keys.stands_on(text(page))


MANY = """
from chat.models import User
from tests.making import conversation, message
alice = User.objects.get(username="alice")
for number in range(70):
    row = conversation(alice, f"Question {number}", "An answer", title=f"Number {number}")
for number in range(90):
    row.head = message(row, message(row, row.head, "user", f"Question {number}"), "assistant", f"Answer {number}")
row.save()
"""


def test_older_conversations_and_earlier_messages_are_asked_for_again(visit, site):
    site.shell(MANY)
    page = visit("/offline/")
    page.route("**/api/conversations?*", lambda route: route.abort())
    page.route("**/messages?*", lambda route: route.abort())
    page.goto("/")
    listens(page)
    keys = Keyboard(page)

    older = page.locator(".list__more button")
    keys.reach(older, "Shift+Tab")
    before = page.locator(".list__link").count()
    page.unroute("**/api/conversations?*")
    keys.press("Enter")
    expect(page.locator(".list__link")).not_to_have_count(before)
    expect(page.locator(".list__link").nth(before)).to_be_focused()
    keys.is_somewhere()

    keys.choose(entry(page, "Number 69").get_by_role("link"), "Shift+Tab")
    expect(page.locator(ANSWER).last).to_be_visible()
    keys.stands_on(text(page))
    keys.choose(page.locator(".skip-link"))  # round the end
    keys.press("Home")
    earlier = page.locator(".thread__older button")
    expect(earlier).to_have_text("Try again")
    keys.reach(earlier)
    before = page.locator(ANSWER).count()
    page.unroute("**/messages?*")
    keys.press("Enter")
    expect(page.locator(ANSWER)).not_to_have_count(before)
    keys.stands_on(page.locator("main"))
