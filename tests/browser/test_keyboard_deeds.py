"""What is done with single messages and their answers, done with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ANSWER, last_answer, wait_ended, wait_running, written
from tests.browser.keyboard import text, way

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def stands_in(keys, message):
    """The focus is on a message or on something of it."""
    expect(keys.page.locator(f"{message}:focus, {message}:focus-within")).to_have_count(1)
    keys.is_somewhere()


def test_a_stopped_answer_is_continued(keys, site):
    page = keys.page
    keys.ask('!{"chunks": 60, "delay_ms": 20, "hold_after": 20}')
    wait_running(page, "word3")
    keys.press("Control+Period")
    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
    keys.stands_on(text(page))
    kept = written(page)

    site.upstream.script(pieces=["onward ", "and on"], hold_after=1)
    keys.choose(way(page, "continue"), "Shift+Tab")
    wait_running(page, "onward")
    stands_in(keys, ANSWER)
    site.upstream.go()
    wait_ended(page)
    assert written(page).startswith(kept)
    stands_in(keys, ANSWER)


def test_an_answer_is_tried_again_with_another_model(keys):
    page = keys.page
    keys.begin()
    keys.open_way("Retry with another model")
    keys.stands_on(page.get_by_role("combobox"))
    keys.write("scripted-2")
    keys.press("Enter")
    expect(last_answer(page).locator(".siblings__count")).to_have_text("2/2")
    wait_ended(page)
    expect(last_answer(page).locator(".figures")).to_contain_text("scripted-2")
    stands_in(keys, ANSWER)


def test_a_new_conversation_is_made_from_a_message(keys):
    page = keys.page
    keys.begin()
    before = page.url
    keys.open_way("New conversation from here", ".message--user")
    keys.stands_on(page.locator(".fork__way").first)
    keys.press("Escape")
    keys.stands_on(way(page, "more", ".message--user"))
    keys.press("Shift+Escape")

    keys.open_way("New conversation from here")
    keys.choose(page.get_by_role("button", name="Everything"))
    page.wait_for_url(lambda url: url != before)
    expect(page.locator(f"{ANSWER} .prose")).to_contain_text("A short answer")
    keys.stands_on(text(page))


def test_a_question_is_deleted_and_brought_back(keys):
    page = keys.page
    keys.begin()
    keys.begin("The second question", answers=2)
    keys.open_way("Delete", ".message--user")
    expect(page.locator(ANSWER)).to_have_count(1)
    stands_in(keys, ANSWER)
    keys.press("F8", "Enter")
    expect(page.locator(ANSWER)).to_have_count(2)
    keys.is_somewhere()

    keys.press("Shift+Escape")
    for left in (1, 0):
        keys.open_way("Delete", ".message--user")
        expect(page.locator(ANSWER)).to_have_count(left)
        keys.is_somewhere()
    keys.stands_on(text(page))


def test_a_question_is_saved_in_other_words(keys):
    page = keys.page
    keys.begin()
    keys.press("ArrowUp")
    keys.stands_on(page.locator(".editor__text"))
    keys.press("Control+A")
    keys.write("Other words")
    keys.press("Control+S")
    expect(page.locator(".message--user .question")).to_have_text("Other words")
    expect(page.locator(".message--user .message-bar__mark")).to_have_text("edited")
    keys.stands_on(way(page, "edit", ".message--user"))

    keys.press("Shift+Escape", "ArrowUp")
    keys.stands_on(page.locator(".editor__text"))
    keys.press("End")
    keys.write(" once more")
    keys.press("Escape")
    keys.stands_on(way(page, "edit", ".message--user"))
    keys.press("F8")
    keys.choose(page.get_by_role("button", name="Go on editing"))
    keys.stands_on(page.locator(".editor__text"))
    expect(page.locator(".editor__text")).to_have_value("Other words once more")
    keys.press("Escape")


def test_what_a_model_thought_is_opened_and_closed(keys):
    page = keys.page
    keys.begin("!think")
    summary, thoughts = page.locator(".reasoning__summary"), page.locator(".reasoning__text")
    for is_open, key in ((True, "Enter"), (False, "Space"), (True, "Space")):
        keys.reach(summary, "Shift+Tab")
        keys.press(key)
        expect(thoughts).to_be_visible(visible=is_open)
        keys.stands_on(summary)


def test_what_an_answer_took_is_opened_and_closed(keys):
    page = keys.page
    keys.begin()
    line, panel = last_answer(page).locator(".figures"), page.locator(".figures-panel")
    keys.choose(line, "Shift+Tab")
    keys.stands_on(panel)
    keys.press("Escape")
    expect(panel).to_have_count(0)
    keys.stands_on(line)


def test_code_and_tables_are_reached_wrapped_copied_and_scrolled(keys, site):
    page = keys.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 390, "height": 740})
    code, cells = "print(" + "1 + " * 40 + "1)", " | ".join(["a wide cell of it"] * 8)
    table = f"| {cells} |\n|{'---|' * 8}\n| {cells} |"
    site.upstream.script(text=f"Code:\n\n```python\n{code}\n```\n\n{table}\n")
    keys.begin("Something wide")
    for part in (page.locator(".prose .table"), page.locator(".prose pre")):
        keys.reach(part, "Shift+Tab")
        keys.press("ArrowRight")
        page.wait_for_function("() => document.activeElement.scrollLeft > 0")
        keys.stands_on(part)

    bar = page.locator(".code__bar")
    keys.choose(bar.locator("button:not(.code__wrap)"), "Shift+Tab")
    expect(bar.get_by_role("button", name="Copied")).to_be_focused()
    keys.is_somewhere()
    assert page.evaluate("() => navigator.clipboard.readText()") == f"{code}\n"
    wrap = bar.locator(".code__wrap")
    keys.choose(wrap, "Shift+Tab")
    expect(wrap).to_have_attribute("aria-pressed", "true")
    keys.stands_on(wrap)
