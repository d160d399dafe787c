"""The page on a phone, a tablet and a screen, light and dark, and in scripts that run from right to left."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, last_answer, leave, wait_ended, wait_running

pytestmark = pytest.mark.browser

WIDE = "x" * 400 + " | table | " * 40
PLACE_AT_REST = """(node) => new Promise((resolve) => {
    let [place, frames] = [node.scrollTop, 0];
    const look = () => {
        frames = node.scrollTop === place ? frames + 1 : 0;
        place = node.scrollTop;
        if (frames < 20) requestAnimationFrame(look);
        else resolve(place);
    };
    look();
})"""


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_is_wider_than_the_page(visit, width):
    page = visit("/", width=width)
    ask(page, "How does a river find the sea? " + WIDE)
    wait_ended(page)

    assert page.evaluate("() => document.documentElement.scrollWidth") == width
    assert page.evaluate("() => document.querySelector('.stage__scroll').scrollWidth") <= width
    composer = page.get_by_label("Your message").bounding_box()
    assert composer["x"] >= 0
    assert composer["x"] + composer["width"] <= width


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_the_page_follows_the_readers_scheme(visit, scheme, dark):
    page = visit("/", color_scheme=scheme)

    lightness = page.evaluate(
        """() => {
            const context = document.createElement("canvas").getContext("2d");
            context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
            context.fillRect(0, 0, 1, 1);
            return context.getImageData(0, 0, 1, 1).data[0];
        }"""
    )
    assert (lightness < 60) is dark


def test_on_a_phone_the_list_is_a_sheet(visit):
    page = visit("/", width=360, height=740)
    sidebar = page.locator(".sidebar")
    expect(sidebar).not_to_be_visible()

    page.get_by_role("button", name="Conversations").click()
    expect(sidebar).to_be_visible()
    page.keyboard.press("Escape")
    expect(sidebar).not_to_be_visible()
    expect(page.get_by_role("button", name="Conversations")).to_be_focused()


def test_on_a_phone_nothing_takes_the_focus_unasked(visit):
    page = visit("/", width=360, height=740, has_touch=True, is_mobile=True)
    expect(page.locator(".model-chip__choice")).to_be_visible()

    expect(page.get_by_label("Your message")).not_to_be_focused()


def test_the_page_follows_the_end_until_the_reader_leaves_it(visit, site):
    page = visit("/", height=500)
    ask(page, '!{"chunks": 900, "delay_ms": 5, "hold_after": 700}')
    frame = page.locator(".stage__scroll")
    page.wait_for_function("() => document.querySelector('.stage__scroll').scrollTop > 200")

    frame.hover()
    page.mouse.wheel(0, -150)
    latest = page.get_by_role("button", name="Jump to latest")
    expect(latest).to_be_visible()
    place = frame.evaluate(PLACE_AT_REST)
    site.upstream.go()
    wait_ended(page)
    assert frame.evaluate("(node) => node.scrollTop") == place

    latest.click()
    expect(latest).not_to_be_visible()
    page.wait_for_function(
        "(node) => node.scrollHeight - node.clientHeight - node.scrollTop < 2", arg=frame.element_handle()
    )


@pytest.mark.slow
def test_the_first_answer_is_followed_where_the_greeting_had_no_room(visit, site):
    site.upstream.script(chunks=900, delay_ms=0, hold_after=700)
    page = visit("/", height=500)
    frame = page.locator(".stage__scroll")
    page.get_by_label("Your message").fill("A long question, and more of it. " * 20)
    page.wait_for_function("(node) => node.scrollTop > 3", arg=frame.element_handle(), timeout=5_000)
    expect(page.locator(".composer__send")).to_be_enabled()
    page.get_by_label("Your message").press("Enter")
    wait_running(page, "word699")
    expect(page.get_by_role("button", name="Jump to latest")).not_to_be_visible()
    assert frame.evaluate("(node) => node.scrollHeight - node.clientHeight - node.scrollTop") < 2
    site.upstream.go()
    wait_ended(page)


def test_each_block_begins_where_its_script_does(visit):
    page = visit("/")
    ask(page, "!" + json.dumps({"text": "שלום, מה שלומך?\n\nFine, thank you.\n\n- שלום\n- Hello"}))
    wait_ended(page)

    blocks = last_answer(page).locator(".prose p, .prose li")
    expect(blocks).to_have_count(4)
    assert blocks.evaluate_all("(all) => all.slice(0, 2).map((one) => getComputedStyle(one).direction)") == [
        "rtl",
        "ltr",
    ]
    assert page.locator(".message--user .message__body").evaluate("(one) => getComputedStyle(one).direction") == "ltr"
    leave(page)
    ask(page, "שלום")
    wait_ended(page)
    question = page.locator(".message--user .question, .message--user .message__body").last
    assert question.evaluate("(one) => getComputedStyle(one.querySelector('[dir]') ?? one).direction") == "rtl"


def test_where_a_long_answer_is_parted_cannot_be_seen(visit):
    page = visit("/")
    ask(page, "!" + json.dumps({"text": "A paragraph.\n\n" * 27 + "## A heading\n\nA paragraph.\n\n" * 26}))
    wait_ended(page)

    parts = last_answer(page).locator(".prose__part")
    expect(parts).to_have_count(4)
    assert set(parts.evaluate_all("(all) => all.map((one) => getComputedStyle(one).contain)")) == {"content"}
    gaps = last_answer(page).evaluate(
        """(answer) => {
            const blocks = [...answer.querySelectorAll(".prose__part > *")];
            const gap = (before, block) => block.getBoundingClientRect().top - before.getBoundingClientRect().bottom;
            return blocks.slice(1).map((block, index) => [block.tagName, Math.round(gap(blocks[index], block))]);
        }"""
    )
    between, before_headings = (gaps[:26], [gap for gap in gaps if gap[0] == "H2"])
    assert [gap for gap in between if gap != between[0]] == []
    assert [gap for gap in before_headings if gap != before_headings[0]] == []


def test_the_page_itself_cannot_be_scrolled_however_long_a_conversation_is(visit, rivers):
    page = visit(rivers, width=360, height=380)
    expect(page.locator(".message--assistant .prose").first).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollHeight") == 380
    page.locator(".message--user .question").first.evaluate("(question) => question.scrollIntoView()")
    assert page.locator(".topbar").bounding_box()["y"] == 0


def test_what_is_edited_has_the_room_where_there_is_little(visit):
    page = visit("/", width=360, height=380, has_touch=True)
    ask(page, "A question")
    wait_ended(page)
    page.locator('.message--user [data-way="edit"]').click()
    expect(page.locator(".editor__text")).to_be_focused()
    expect(page.locator(".stage__dock")).to_be_hidden()
    box = page.get_by_role("button", name="Update and rerun").bounding_box()
    assert 0 <= box["y"] <= 380 - box["height"]
    page.keyboard.press("Escape")
    expect(page.locator(".stage__dock")).to_be_visible()


def test_a_waiting_message_can_be_changed_where_there_is_little_room(visit):
    page = visit("/", width=360, height=380, has_touch=True)
    ask(page, "!forever")
    wait_running(page)
    ask(page, "Afterwards")
    page.get_by_role("button", name="Edit the waiting message").click()
    field = page.get_by_label("Waiting message", exact=True)
    expect(field).to_be_in_viewport(ratio=1)
    expect(page.locator(".queue__choice button").last).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    page.locator(".composer__stop").click()
    wait_ended(page)
