"""What the page can be used without comes later, before it is needed; where it cannot come, that is told."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, drawn, listens, wait_ended

pytestmark = pytest.mark.browser

BEGIN = re.compile(r"/static/js/main\.\w+\.js")
PANELS = re.compile(r"/static/js/page/panels\.\w+\.js")
DRAWING = re.compile(r"/static/js/markdown/view\.\w+\.js")
IDLE = "() => performance.getEntriesByType('resource').some(({ name }) => name.includes('markdown-it'))"
OPENED = "() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/page/panels.'))"
NEVER_IDLE = "window.requestIdleCallback = () => 0"


@pytest.fixture
def busy_page(visit):
    """A page whose browser finds no time for what comes later."""
    page = visit("/offline/")
    page.add_init_script(NEVER_IDLE)
    page.goto("/")
    listens(page)
    expect(page.locator(".model-chip__choice")).to_be_visible()
    return page


def test_what_is_typed_before_the_page_begins_stays(visit):
    page = visit("/offline/")
    held = []
    page.route(BEGIN, lambda route: held.append(route))
    with page.expect_request(BEGIN):
        page.goto("/", wait_until="commit")
    composer = page.get_by_label("Your message")
    composer.fill("Typed early")
    for route in held:
        route.continue_()

    listens(page)
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    expect(composer).to_have_value("Typed early")


def preferences(page):
    page.locator(".account__name").click()
    page.get_by_role("button", name="Preferences").click()


def test_an_idle_page_has_fetched_everything_and_opens_it_without_the_network(page):
    expect(page.locator(".model-chip__choice")).to_be_visible()
    page.wait_for_function(IDLE)
    page.context.set_offline(True)

    preferences(page)

    expect(page.get_by_role("dialog", name="Preferences")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".model-chip__choice").click()
    expect(page.get_by_role("option", name="scripted-1")).to_be_visible()
    page.context.set_offline(False)


def test_nothing_of_it_is_fetched_before_it_is_needed(busy_page):
    page = busy_page
    assert not page.evaluate(IDLE)

    ask(page, "Draw me **later**")
    wait_ended(page)

    expect(page.locator(".message--assistant .prose p").first).to_be_visible()
    assert page.evaluate(IDLE)


def test_its_styles_come_behind_those_that_are_there(busy_page):
    ask(busy_page, '!{"pieces": ["so $x^2$ is"]}')
    expect(busy_page.locator(".prose math")).to_be_visible()
    preferences(busy_page)
    expect(busy_page.get_by_role("dialog", name="Preferences")).to_be_visible()

    sheets = busy_page.evaluate("[...document.styleSheets].map(({ ownerNode }) => ownerNode.dataset.later ?? '')")
    assert sheets == sorted(sheets)
    assert sheets.count("panels") == 6


def test_a_slash_brings_the_prompts(busy_page):
    busy_page.get_by_label("Your message").press_sequentially("/")

    expect(busy_page.get_by_role("option", name="Write and change prompts")).to_be_visible()


def test_what_opens_under_the_pointer_comes_for_it(busy_page):
    ask(busy_page, "How does a river find the sea?")
    wait_ended(busy_page)
    expect(drawn(busy_page)).to_be_visible()  # what is drawn late moves what stands below it away from the pointer
    assert not busy_page.evaluate(OPENED)

    busy_page.locator(".message--assistant .figures").hover()

    expect(busy_page.locator(".figures-panel")).to_be_visible()


def test_what_cannot_come_is_told_and_comes_when_it_is_tried_again(busy_page):
    page = busy_page
    page.route(PANELS, lambda route: route.fulfill(status=503))
    preferences(page)
    expect(page.get_by_text("This part of the page could not be loaded.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.unroute(PANELS)

    page.get_by_role("button", name="Try again").click()

    dialog = page.get_by_role("dialog", name="Preferences")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("(panel) => getComputedStyle(panel).overflowX") == "hidden", "it has its style"


def test_an_answer_stands_as_it_came_until_it_can_be_drawn(busy_page):
    page = busy_page
    page.route(DRAWING, lambda route: route.abort())
    ask(page, "Say **something**")
    wait_ended(page)
    prose = page.locator(".message--assistant .prose")
    expect(prose).to_have_class(re.compile("message__plain"))
    expect(prose).not_to_be_empty()
    page.unroute(DRAWING)

    page.get_by_role("button", name="Try again").click()

    expect(prose.locator("p").first).to_be_visible()
    expect(prose).not_to_have_class(re.compile("message__plain"))
