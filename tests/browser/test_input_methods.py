"""With an input method the Enter that ends a composition neither saves nor picks; the next one does."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, wait_ended, wait_running
from tests.browser.input_method import WORDS, compose_and_press

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def editor(page):
    ask(page, "The first wording")
    wait_ended(page)
    page.locator(".message--user").hover()
    page.locator('.message--user [data-way="edit"]').click()

    def is_asked():
        expect(page.locator(".question")).to_have_text(WORDS)
        expect(page.locator(".message--user .siblings__count")).to_have_text("2/2")
        wait_ended(page)

    return page.locator(".editor__text"), "Control+Enter", is_asked


def queue(page):
    ask(page, "!forever")
    wait_running(page)
    ask(page, "Afterwards")
    page.get_by_role("button", name="Edit the waiting message").click()

    def is_changed():
        expect(page.locator(".queue__text")).to_have_text(WORDS)
        page.locator(".composer__stop").click()
        wait_ended(page)

    return page.locator(".queue__field"), "Enter", is_changed


def title(page):
    ask(page, "A river")
    wait_ended(page)
    entry = page.locator(".list__item--current")
    entry.hover()
    entry.get_by_role("button").click()
    page.get_by_role("menuitem", name="Rename").click()
    return page.get_by_label("Title"), "Enter", lambda: expect(entry.locator(".list__link")).to_have_text(WORDS)


def search(page):
    page.locator(".model-chip__choice").click()
    chosen = page.locator(".model-chip__label")
    return page.locator(".model-list__field"), "Enter", lambda: expect(chosen).to_have_text(WORDS)


@pytest.mark.parametrize("place", [editor, queue, title, search])
def test_the_keys_of_a_composition_are_its_own(page, place):
    expect(page.locator(".model-chip__choice")).to_be_visible()
    field, key, is_done = place(page)
    changes = []
    page.on("request", lambda request: changes.append(request.url) if request.method == "PATCH" else None)
    compose_and_press(page, field, key)
    is_done()
    assert len(changes) <= 1, "it is saved once"
