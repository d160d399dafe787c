"""What a person does first and most in a conversation, with the keyboard alone; the rest is in test_keyboard_*.py."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ANSWER, last_answer, listens, wait_ended, wait_running
from tests.browser.keyboard import ASTRAY, PIECES, Keyboard, text, way
from tests.live_server import PASSWORD

pytestmark = pytest.mark.browser


COVER = """(share) => {
  const { left, top, width, height } = document.activeElement.getBoundingClientRect();
  const cover = document.createElement("div");
  cover.className = "cover";
  cover.style.cssText = `position: fixed; left: ${left}px; top: ${top}px; width: ${width}px`;
  cover.style.height = `${height * share}px`;
  document.body.append(cover);
}"""


@pytest.mark.slow
def test_a_focus_that_is_wholly_covered_or_scrolled_away_is_astray(keys):
    page = keys.page
    page.evaluate(COVER, 0.7)
    assert page.evaluate(ASTRAY) == ""
    page.evaluate(COVER, 1)
    assert page.evaluate(ASTRAY) == "covered: composer__text by cover"
    page.evaluate("() => document.querySelectorAll('.cover').forEach((cover) => cover.remove())")
    page.set_viewport_size({"width": 1280, "height": 500})
    keys.begin("An answer that is longer than the page")
    keys.reach(way(page, "more"), "Shift+Tab")
    page.locator(".stage__scroll").evaluate("(frame) => (frame.scrollTop -= 90)")
    assert page.evaluate(ASTRAY).startswith("covered: icon-button icon-button--small by composer__")


def test_signing_in_leads_to_the_composer(visit):
    page = visit("/", user=None)
    keys = Keyboard(page)
    keys.reach(page.get_by_label("Name or e-mail address"))
    keys.write("alice")
    keys.reach(page.get_by_label("Password", exact=True))
    keys.write(PASSWORD)
    keys.choose(page.get_by_role("button", name="Sign in"))
    listens(page)
    keys.stands_on(text(page))


def test_an_answer_is_stopped_tried_again_and_its_versions_are_turned(keys):
    page = keys.page
    keys.write("!forever")
    keys.choose(page.locator(".composer__send"))
    wait_running(page)
    keys.stands_on(text(page))
    keys.choose(page.locator(".composer__stop"))
    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
    keys.stands_on(text(page))

    keys.choose(way(page, "retry"), "Shift+Tab")
    wait_running(page)
    keys.is_somewhere()
    keys.press("Control+Period")
    expect(last_answer(page).locator(".siblings__count")).to_have_text("2/2")
    keys.is_somewhere()
    assert page.evaluate("() => document.activeElement.closest('.message--assistant') !== null")

    keys.choose(way(page, "previous"))
    expect(last_answer(page).locator(".siblings__count")).to_have_text("1/2")
    keys.stands_on(way(page, "previous"))
    keys.press("ArrowRight")
    expect(last_answer(page).locator(".siblings__count")).to_have_text("2/2")
    keys.stands_on(way(page, "previous"))


def test_a_question_is_put_in_other_words(keys):
    page = keys.page
    keys.begin()
    keys.choose(way(page, "edit", ".message--user"), "Shift+Tab")
    keys.stands_on(page.locator(".editor__text"))
    keys.press("Escape")
    keys.stands_on(way(page, "edit", ".message--user"))

    keys.press("Enter")
    keys.stands_on(page.locator(".editor__text"))
    keys.press("Control+A")
    keys.write(f"{PIECES} ")
    keys.choose(page.locator(".editor .button--primary"))
    expect(page.locator(".message--user .siblings__count")).to_have_text("2/2")
    wait_ended(page)
    keys.is_somewhere()
    assert page.evaluate("() => document.activeElement.closest('.message--user') !== null")


@pytest.mark.slow
def test_an_answer_is_copied_and_rated_with_a_note(keys):
    page = keys.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keys.begin()
    keys.choose(way(page, "copy"), "Shift+Tab")
    expect(way(page, "copy")).to_have_attribute("aria-label", "Copied")
    keys.stands_on(way(page, "copy"))
    assert page.evaluate("() => navigator.clipboard.readText()") == "A short answer"

    keys.choose(way(page, "down"))
    keys.stands_on(page.locator(".note__text"))
    keys.write("Too short.")
    with page.expect_request(lambda request: "feedback" in request.url) as asked:
        keys.choose(page.locator(".note .button--primary"))
    assert json.loads(asked.value.post_data)["note"] == "Too short."
    keys.stands_on(way(page, "down"))
    expect(way(page, "down")).to_have_attribute("aria-pressed", "true")
    keys.stands_on(way(page, "down"))


@pytest.mark.slow
def test_an_answer_is_deleted_and_brought_back(keys):
    page = keys.page
    keys.begin()
    keys.choose(way(page, "more"), "Shift+Tab")
    keys.choose(page.get_by_role("menuitem", name="Delete"), "ArrowUp")
    expect(page.locator(ANSWER)).to_have_count(0)
    keys.is_somewhere()
    assert page.evaluate("() => document.activeElement.closest('.message--user') !== null")

    keys.press("F8")
    keys.stands_on(page.get_by_role("button", name="Undo"))
    keys.press("Enter")
    expect(page.locator(ANSWER)).to_have_count(1)
    keys.is_somewhere()


@pytest.mark.slow
def test_a_model_is_found_and_picked(keys):
    page = keys.page
    chip = page.locator(".model-chip__choice")
    keys.choose(chip)
    keys.stands_on(page.get_by_role("combobox"))
    keys.write("scripted-2")
    keys.press("Enter")
    expect(chip).to_contain_text("scripted-2")
    keys.stands_on(chip)
    keys.press("Enter")
    keys.stands_on(page.get_by_role("combobox"))
    keys.press("Escape")
    keys.stands_on(chip)


@pytest.mark.slow
def test_settings_theme_and_shortcuts_open_and_give_the_focus_back(keys):
    page = keys.page
    settings = page.locator(".topbar__settings")
    keys.choose(settings, "Shift+Tab")
    dialog = page.get_by_role("dialog")
    keys.reach(dialog.get_by_label("System prompt"))
    keys.write("Be brief.")
    keys.choose(dialog.get_by_role("button", name="Save"))
    expect(dialog).to_have_count(0)
    keys.stands_on(settings)

    keys.choose(page.locator(".account__name"), "Shift+Tab")
    keys.choose(page.locator('.account [data-action="preferences"]'))
    dark = dialog.locator(".choice__input[value=dark]")
    keys.reach(dialog.locator(".choice__input[name=choice-1]:checked"))
    keys.reach(dark, "ArrowRight")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    keys.press("Escape")
    expect(dialog).to_have_count(0)
    keys.stands_on(page.locator(".account__name"))

    keys.press("Shift+Escape")
    keys.stands_on(text(page))
    keys.press("Control+Slash")
    keys.reach(page.get_by_role("dialog", name="Keyboard shortcuts").get_by_role("switch"))
    keys.press("Escape")
    expect(dialog).to_have_count(0)
    keys.stands_on(text(page))


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
def test_the_way_to_another_conversation(keys, width):
    page = keys.page
    page.set_viewport_size({"width": width, "height": 740})
    keys.begin(f"A way from {width}")
    keys.press("Control+Shift+O")
    expect(page.locator(".message")).to_have_count(0)
    keys.stands_on(text(page))

    if width < 1000:
        keys.choose(page.locator(".topbar__sidebar"), "Shift+Tab")
        keys.stands_on(page.locator(".sidebar__close"))
    keys.choose(page.get_by_role("link", name=f"A way from {width}"), "Tab" if width < 1000 else "Shift+Tab")
    expect(page.locator(".message--user .question")).to_have_text(f"A way from {width}")
    keys.stands_on(text(page))


@pytest.mark.slow
def test_one_of_two_answers_is_stopped_and_gone_on_with(keys):
    page = keys.page
    keys.choose(page.get_by_label("Ask another model beside it"))
    keys.stands_on(page.get_by_role("combobox"))
    keys.press("Enter")
    expect(page.locator(".model-chip__choice")).to_have_count(2)
    keys.stands_on(page.locator(".model-chip__choice").last)
    keys.ask("!forever")
    columns = page.locator(f".turn--columns {ANSWER}.message--running")
    expect(columns).to_have_count(2)
    for left in (1, 0):
        keys.choose(columns.last.get_by_role("button", name="Stop"), "Shift+Tab")
        expect(columns).to_have_count(left)
        keys.is_somewhere()
        assert page.evaluate("() => document.activeElement.closest('.turn--columns') !== null")
    keys.choose(page.locator(".column__choose"), "Shift+Tab")
    expect(page.locator(f"{ANSWER}.message--chosen:focus-within, {ANSWER}.message--chosen:focus")).to_be_visible()
    keys.is_somewhere()
