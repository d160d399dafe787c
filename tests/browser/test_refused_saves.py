"""What the server does not keep is told where it was asked for, stays as it was, and can be tried again."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, edit, last_answer, menu, pick, reload, wait_ended, wait_running

pytestmark = pytest.mark.browser

FAULT = "Something went wrong on this server. Try again."


@contextmanager
def refusing(page, method, path):
    """The API refuses this method of this path, `*` being any id, until the block ends."""

    def refuse(route):
        if route.request.method == method:
            route.fulfill(status=500, json={"code": "server.error", "message": FAULT})
        else:
            route.fallback()

    page.route(f"**/api/{path}", refuse)
    yield
    page.unroute(f"**/api/{path}", refuse)


def notice(page):
    return page.locator(".notice-line")


def panel_says(page):
    return page.get_by_role("dialog").get_by_role("alert").filter(has_text=FAULT)


def test_a_preference_is_taken_back_and_can_be_chosen_again(page):
    page.keyboard.press("Control+Comma")
    dark, system = page.get_by_role("radio", name="Dark"), page.get_by_role("radio", name="System")
    with refusing(page, "PATCH", "preferences"):
        dark.check(force=True)
        expect(panel_says(page)).to_be_visible()
        expect(system).to_be_checked()
        expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
        page.get_by_role("switch", name="Keyboard shortcuts").click()
        expect(page.get_by_role("switch", name="Keyboard shortcuts")).to_be_checked()

    with page.expect_response("**/api/preferences"):
        dark.check()
    expect(panel_says(page)).to_have_count(0)
    reload(page)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_instructions_stay_in_their_panel_until_they_are_kept(page, site):
    ask(page, "A question")
    wait_ended(page)
    page.get_by_role("button", name="Instructions and parameters").click()
    prompt = page.get_by_label("System prompt")
    prompt.fill("Be brief.")
    save = page.get_by_role("button", name="Save")
    with refusing(page, "PATCH", "conversations/*"):
        save.click()
        expect(panel_says(page)).to_be_visible()
        expect(save).to_be_focused()
        expect(prompt).to_have_value("Be brief.")

    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    ask(page, "And another")
    wait_ended(page, 2)
    assert site.upstream.log()[-1]["body"]["messages"][0] == {"role": "system", "content": "Be brief."}


def test_prompts_are_asked_for_again_and_what_was_typed_stays(page):
    field = page.get_by_label("Your message")
    with refusing(page, "GET", "prompts"):
        field.press_sequentially("/gre")
        expect(page.get_by_role("option", name=FAULT)).to_be_visible()
        page.get_by_role("option", name="Write and change prompts").click()
        expect(panel_says(page)).to_be_visible()
        expect(page.get_by_role("button", name="Try again")).to_be_focused()

    page.keyboard.press("Enter")
    page.get_by_role("button", name="New prompt").click()
    page.get_by_label("Name").fill("greet")
    page.get_by_label("Text", exact=True).fill("Hello, {{who}}")
    with refusing(page, "POST", "prompts"):
        page.get_by_role("button", name="Save").click()
        expect(panel_says(page)).to_be_visible()
    page.get_by_role("button", name="Save").click()
    item = page.locator(".prompts__item")
    expect(item).to_contain_text("Hello, {{who}}")

    with refusing(page, "DELETE", "prompts/*"):
        page.get_by_role("button", name="Delete “greet”").click()
        expect(panel_says(page)).to_be_visible()
    page.get_by_role("button", name="Delete “greet”").click()
    expect(item).to_have_count(0)
    with refusing(page, "POST", "prompts"):
        page.get_by_role("button", name="Undo").click()
        expect(panel_says(page)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(item).to_contain_text("Hello, {{who}}")
    page.get_by_role("button", name="Delete “greet”").click()
    expect(item).to_have_count(0)


def test_another_model_that_could_not_be_kept_is_told_and_asked_all_the_same(page, site):
    ask(page, "A question")
    wait_ended(page)
    with refusing(page, "PATCH", "conversations/*"):
        pick(page, "scripted-2")
        expect(notice(page)).to_have_text(FAULT)
    ask(page, "And another")
    wait_ended(page, 2)
    assert site.upstream.log()[-1]["body"]["model"] == "scripted-2"


def test_a_version_that_could_not_be_turned_to_can_be_turned_to_again(page):
    ask(page, "The first wording")
    wait_ended(page)
    edit(page, "The second wording")
    wait_ended(page)
    question, back = page.locator(".message--user .question"), page.get_by_role("button", name="Previous version")
    page.locator(".message--user").hover()
    with refusing(page, "POST", "conversations/*/head"):
        back.first.click()
        expect(notice(page)).to_have_text(FAULT)
        expect(question).to_have_text("The second wording")
    back.first.click()
    expect(question).to_have_text("The first wording")


def test_a_waiting_message_stays_as_it_is_when_its_change_is_refused(page):
    ask(page, "!forever")
    wait_running(page)
    ask(page, "Second")
    waiting, field = page.locator(".queue__item"), page.get_by_label("Waiting message", exact=True)
    with refusing(page, "PATCH", "queued/*"):
        waiting.get_by_role("button", name="Edit the waiting message").click()
        field.fill("Second, in other words")
        field.press("Enter")
        expect(notice(page)).to_have_text(FAULT)
        expect(field).to_have_value("Second, in other words")
    field.press("Enter")
    expect(waiting).to_contain_text("Second, in other words")
    with refusing(page, "DELETE", "queued/*"):
        waiting.get_by_role("button", name="Delete the waiting message").click()
        expect(notice(page)).to_have_text(FAULT)
        expect(waiting).to_have_count(1)
    waiting.get_by_role("button", name="Delete the waiting message").click()
    expect(waiting).to_have_count(0)
    page.locator(".composer__stop").click()
    wait_ended(page)


def test_an_undo_that_is_refused_can_be_tried_again(page):
    ask(page, "A question")
    wait_ended(page)
    with refusing(page, "DELETE", "messages/*"):
        menu(page, last_answer(page), "Delete")
        expect(page.locator(".toast")).to_contain_text(FAULT)
        expect(answers(page)).to_have_count(1)
    page.get_by_role("button", name="Try again").click()
    expect(answers(page)).to_have_count(0)
    with refusing(page, "POST", "messages/*/restore"):
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".toast")).to_contain_text(FAULT)
    page.get_by_role("button", name="Try again").click()
    expect(answers(page)).to_have_count(1)


def test_a_copy_that_the_browser_refuses_is_told(page):
    ask(page, "A question")
    wait_ended(page)
    page.evaluate("() => { navigator.clipboard.writeText = navigator.clipboard.write = () => Promise.reject(); }")
    page.evaluate("() => { document.execCommand = () => false; }")
    answer = last_answer(page)
    answer.hover()
    answer.locator('[data-way="copy"]').click()
    expect(page.locator(".toast")).to_have_text("The browser did not allow copying.")
