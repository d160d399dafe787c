"""The list of conversations follows what happens, in every tab."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, hears_keys, listens, wait_ended, wait_running
from tests.browser.recorder import settled
from tests.browser.wire import Wire

pytestmark = pytest.mark.browser


def begun(visit, text):
    page = visit("/", user="bob")
    ask(page, text)
    wait_ended(page)
    return page


def options(page, title):
    """Opens the menu of a conversation in the list."""
    item = page.locator(".list__item", has_text=title)
    item.hover()
    item.get_by_role("button").click()


def test_a_new_conversation_appears_in_other_tabs_and_shows_that_it_runs(visit):
    other = visit("/", user="bob")
    page = visit("/", user="bob")
    ask(page, "!forever")
    wait_running(page)

    item = other.locator(".list__item", has_text="!forever")
    expect(item.get_by_role("img", name="An answer is being written")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(item.get_by_role("img")).to_have_count(0)


def test_a_conversation_is_renamed_everywhere(visit):
    page = begun(visit, "Rename me")
    other = visit("/", user="bob")

    options(page, "Rename me")
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_label("Title").fill("<b>Rivers</b>")
    page.keyboard.press("Enter")

    for each in (page, other):
        expect(each.locator(".list__link", has_text="<b>Rivers</b>")).to_have_count(1)
    expect(page).to_have_title("<b>Rivers</b> · Scripta")


def test_what_happens_before_a_page_is_connected_is_in_its_list(visit):
    page = begun(visit, "Gone before it began")
    other = visit("/offline/", user="bob")
    wire = Wire(other)
    wire.is_down = True
    other.goto("/")
    hears_keys(other)
    link = other.locator(".list__link", has_text="Gone before it began")
    expect(link).to_have_count(1)
    options(page, "Gone before it began")
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.locator(".toast")).to_be_visible()
    expect(link).to_have_count(1)

    wire.restore()
    expect(link).to_have_count(0)


def test_a_list_that_says_nothing_new_stays_under_the_pointer(visit):
    begun(visit, "Stay here")
    page = visit("/offline/", user="bob")
    held = []
    page.route("**/api/conversations", lambda route: held.append(route))
    page.goto("/")
    listens(page)
    page.evaluate("() => { globalThis.before = document.querySelector('.list__more-button'); }")
    with page.expect_response("**/api/conversations"):
        held.pop().continue_()
    settled(page)
    assert page.evaluate("() => before.isConnected")


def test_a_conversation_is_deleted_everywhere(visit, site):
    page = begun(visit, "Delete me")
    address = page.url
    other = visit(address, user="bob")

    options(page, "Delete me")
    page.get_by_role("menuitem", name="Delete").click()

    for each in (page, other):
        expect(each.locator(".list__link", has_text="Delete me")).to_have_count(0)
        expect(each).to_have_url(f"{site.url}/")


def test_who_was_writing_in_a_conversation_that_is_deleted_elsewhere_is_told_and_keeps_the_words(visit):
    page = begun(visit, "Delete me elsewhere")
    other = visit(page.url, user="bob")
    expect(other.locator(".message--assistant")).to_have_count(1)
    other.get_by_label("Your message").fill("Half a thought")
    options(page, "Delete me elsewhere")
    page.get_by_role("menuitem", name="Delete").click()

    expect(other.locator(".message")).to_have_count(0)
    notices = other.locator(".notice-line")
    expect(notices).to_contain_text(["This conversation was deleted in another tab", "Half a thought"])
    notices.last.get_by_role("button", name="Put it back").click()
    expect(other.get_by_label("Your message")).to_have_value("Half a thought")
    expect(page.locator(".notice-line", has_text="another tab")).to_have_count(0)
    other.get_by_label("Your message").fill("")


def test_going_back_and_forth_follows_the_conversations(visit):
    begun(visit, "The first of two")
    page = begun(visit, "The second of two")
    second = page.url

    page.get_by_role("link", name="The first of two").click()
    expect(page.locator(".message--user .message__body")).to_have_text("The first of two")
    assert page.url != second
    page.go_back()
    expect(page.locator(".message--user .message__body")).to_have_text("The second of two")
    page.go_forward()
    expect(page.locator(".message--user .message__body")).to_have_text("The first of two")


def test_text_that_is_not_sent_stays_with_its_conversation(visit):
    begun(visit, "One place")
    page = begun(visit, "Another place")
    composer = page.get_by_label("Your message")
    composer.fill("not sent yet")

    page.get_by_role("link", name="One place").click()
    expect(composer).to_have_value("")
    page.get_by_role("link", name="Another place").click()
    expect(composer).to_have_value("not sent yet")
