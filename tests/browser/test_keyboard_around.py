"""What is done around the conversation with the keyboard alone: queue, prompts, list, temporary chat, shortcuts."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ANSWER, last_answer, wait_ended, wait_running
from tests.browser.keyboard import entry, text, way

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAITING = ".queue__item:not(.queue__item--coming)"


def waiting(page, name):
    """A button of the last message that waits."""
    return page.locator(f"{WAITING} [data-way={name}]").last


def do_in_list(keys, title, deed, key="Shift+Tab"):
    """Choose something in the menu of a conversation in the list."""
    keys.reach(entry(keys.page, title).get_by_role("link"), key)
    keys.choose(entry(keys.page, title).get_by_role("button"))
    keys.choose(keys.page.get_by_role("menuitem", name=deed), "ArrowDown")


def test_what_waits_is_changed_sent_deleted_and_put_back(keys):
    page = keys.page
    keys.ask("!forever")
    wait_running(page, "drop")
    keys.ask("It waits")
    keys.choose(waiting(page, "edit"), "Shift+Tab")
    keys.stands_on(page.locator(".queue__field"))
    keys.press("End")
    keys.write(" its turn")
    keys.press("Enter")
    expect(page.locator(f"{WAITING} .queue__text")).to_have_text("It waits its turn")
    keys.stands_on(waiting(page, "edit"))
    keys.press("Enter", "Escape")
    keys.stands_on(waiting(page, "edit"))

    keys.choose(waiting(page, "remove"))
    expect(page.locator(".queue__item")).to_have_count(0)
    keys.stands_on(text(page))
    keys.press("F8")
    keys.choose(page.get_by_role("button", name="Put it back"))
    keys.stands_on(text(page))
    expect(text(page)).to_have_value("It waits its turn")

    keys.press("Enter")
    keys.choose(waiting(page, "now"), "Shift+Tab")
    wait_ended(page, 2)
    expect(page.locator(".message--user .question").last).to_have_text("It waits its turn")
    keys.stands_on(text(page))


def test_a_prompt_is_written_changed_deleted_brought_back_and_filled_in(keys):
    page = keys.page
    dialog = page.get_by_role("dialog", name="Prompts")
    keys.write("/")
    expect(page.get_by_role("option", name="Write and change prompts")).to_have_attribute("aria-selected", "true")
    keys.press("Enter")
    keys.stands_on(dialog.get_by_role("button", name="New prompt"))
    keys.press("Enter")
    keys.stands_on(dialog.get_by_label("Name"))
    keys.write("explain")
    keys.reach(dialog.get_by_label("Text", exact=True))
    keys.write("Explain {{what}} to {{whom}}")
    keys.choose(dialog.get_by_role("button", name="Save"))
    keys.stands_on(dialog.get_by_role("button", name="New prompt"))

    keys.choose(dialog.get_by_role("button", name="Change “explain”"), "Shift+Tab")
    keys.stands_on(dialog.get_by_label("Name"))
    keys.press("Control+A")
    keys.write("clarify")
    keys.choose(dialog.get_by_role("button", name="Save"))
    expect(dialog.locator(".prompts__name")).to_have_text("/clarify")
    keys.is_somewhere()

    keys.choose(dialog.get_by_role("button", name="Delete “clarify”"), "Shift+Tab")
    expect(dialog.locator(".prompts__item")).to_have_count(0)
    keys.is_somewhere()
    keys.choose(dialog.get_by_role("button", name="Undo"), "Shift+Tab")
    expect(dialog.locator(".prompts__item")).to_have_count(1)
    keys.is_somewhere()
    keys.choose(dialog.get_by_role("button", name="Done"), "Shift+Tab")
    expect(dialog).to_have_count(0)
    keys.stands_on(text(page))

    keys.write("/cl")
    expect(page.get_by_role("option", name="clarify")).to_be_visible()
    keys.press("ArrowDown", "ArrowUp", "Enter")
    keys.write("tides")
    keys.press("Tab")
    keys.write("a child")
    expect(text(page)).to_have_value("Explain tides to a child")
    keys.stands_on(text(page))
    keys.reach(page.locator(".model-chip__choice"))


def test_conversations_are_pinned_renamed_deleted_and_brought_back(keys):
    page = keys.page
    keys.begin("The first in the list")
    keys.press("Control+Shift+O")
    expect(page.locator(".message")).to_have_count(0)
    keys.begin("The second in the list")

    do_in_list(keys, "The first in the list", "Pin")
    expect(page.locator(".list__day").first).to_have_text("Pinned")
    expect(entry(page, "The first in the list").locator(":focus")).to_have_count(1)
    keys.is_somewhere()

    do_in_list(keys, "The first in the list", "Rename")
    keys.stands_on(page.get_by_label("Title"))
    keys.write("Another title")
    keys.press("Enter")
    expect(entry(page, "Another title").locator(":focus")).to_have_count(1)
    keys.is_somewhere()

    do_in_list(keys, "Another title", "Delete")
    expect(entry(page, "Another title")).to_have_count(0)
    expect(entry(page, "The second in the list").locator(":focus")).to_have_count(1)
    keys.is_somewhere()
    keys.press("F8")
    keys.stands_on(page.get_by_role("button", name="Undo"))
    keys.press("Enter")
    expect(entry(page, "Another title")).to_have_count(1)
    expect(entry(page, "The second in the list").locator(":focus")).to_have_count(1)
    keys.is_somewhere()

    do_in_list(keys, "The second in the list", "Delete")
    expect(page.locator(".message")).to_have_count(0)
    keys.stands_on(text(page))


def test_a_temporary_chat_is_begun_given_up_and_left(keys):
    page = keys.page
    toggle = page.locator(".topbar__temporary")
    keys.reach(toggle, "Shift+Tab")
    for on in ("true", "false", "true"):
        keys.press("Enter")
        expect(toggle).to_have_attribute("aria-pressed", on)
        keys.stands_on(toggle)
    keys.reach(text(page))
    keys.write("A secret")
    keys.press("Enter")
    wait_ended(page)
    keys.stands_on(text(page))
    keys.press("Control+Shift+O")
    keys.stands_on(page.get_by_role("button", name="Stay"))
    keys.press("Enter")
    keys.stands_on(text(page))
    keys.press("Control+Shift+O")
    keys.choose(page.get_by_role("button", name="Leave"))
    expect(page.locator(".message")).to_have_count(0)
    keys.stands_on(text(page))


def test_the_sidebar_is_folded_and_unfolded(keys):
    page = keys.page
    keys.choose(page.locator(".sidebar__close"), "Shift+Tab")
    expect(page.locator(".sidebar")).not_to_be_visible()
    keys.stands_on(page.locator(".topbar__sidebar"))
    keys.press("Enter")
    keys.stands_on(page.locator(".sidebar__close"))
    for _ in range(2):
        keys.press("Control+Shift+S")
    keys.stands_on(page.locator(".sidebar__close"))


def test_the_list_is_skipped(keys):
    page = keys.page
    keys.begin()
    for _ in range(2):
        keys.choose(page.locator(".skip-link"), "Shift+Tab")
        keys.stands_on(page.locator("main"))
    keys.reach(way(page, "copy", ".message--user"))
    expect(page.locator(f"{ANSWER} .prose")).to_contain_text("A short answer")


def test_shortcuts_that_are_switched_off_do_nothing_but_to_list_themselves(keys):
    page = keys.page
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    switch = dialog.get_by_role("switch")

    def turn():
        keys.press("Control+Slash")
        keys.reach(switch)
        with page.expect_response("**/api/preferences"):
            keys.press("Space")
        keys.stands_on(switch)
        keys.press("Escape")
        expect(dialog).to_have_count(0)
        keys.stands_on(text(page))

    turn()
    keys.ask("!forever")
    wait_running(page, "drop")
    keys.press("Control+Shift+S", "Control+Comma", "Control+Period", "Control+Shift+O", "F8", "Shift+Escape")
    keys.stands_on(text(page))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".sidebar")).to_be_visible()
    expect(page.locator(".message--running")).to_have_count(1)
    turn()
    keys.press("Control+Period")
    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
    keys.stands_on(text(page))
