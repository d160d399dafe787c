"""The field of a message: its height, what is pasted, the key that sends; and the parameters that go out with it."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, reload, wait_ended
from tests.browser.test_composer import text

pytestmark = pytest.mark.browser


def test_every_parameter_reaches_the_service(page, site):
    page.get_by_role("button", name="Instructions and parameters").click()
    written = {"Top-p": "0.9", "Longest answer, in tokens": "50", "Seed": "7", "Stop at": "END\n###"}
    for label, value in written.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".settings-panel")).to_have_count(0)
    ask(page, "Why is the sky blue?")
    wait_ended(page)

    asked = site.upstream.log()[-1]["body"]
    sent = {name: asked.get(name) for name in ("top_p", "max_tokens", "seed", "stop", "temperature")}
    assert sent == {"top_p": 0.9, "max_tokens": 50, "seed": 7, "stop": ["END", "###"], "temperature": None}


def test_the_field_grows_with_what_is_written_and_scrolls_from_a_height_on(page):
    field = text(page)
    height = "(node) => node.getBoundingClientRect().height"
    empty = field.evaluate(height)
    heights = []
    for count in (2, 3, 5):
        field.fill("line\n" * (count - 1))
        heights.append(field.evaluate(height))
    line = field.evaluate("(node) => parseFloat(getComputedStyle(node).lineHeight)")
    two, three, grown = heights
    assert empty < two
    assert [three - two, grown - three] == [line, 2 * line]
    field.fill("line\n" * 300)
    assert grown < field.evaluate(height) < 800 * 0.6
    assert field.evaluate("(node) => node.scrollHeight > node.clientHeight")
    field.fill("")
    assert field.evaluate(height) == empty


def test_a_long_text_is_pasted_whole_and_counted(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    long = "\n".join(f"line {number} <b>&amp;</b> 🌊" for number in range(120))
    page.evaluate("(text) => navigator.clipboard.writeText(text)", long)
    text(page).focus()
    page.keyboard.press("Control+v")
    expect(text(page)).to_have_value(long)
    expect(page.locator(".composer__count")).to_contain_text("2,000")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    text(page).fill(long[:1_900])
    text(page).press("Enter")
    wait_ended(page)
    expect(page.locator(".message--user .question")).to_contain_text("line 60 <b>&amp;</b> 🌊")


def test_ctrl_enter_sends_where_it_is_chosen_and_enter_makes_a_line(page):
    page.keyboard.press("Control+Comma")
    with page.expect_response("**/api/preferences"):
        page.get_by_role("radio", name="Ctrl+Enter").check()
    page.keyboard.press("Escape")
    text(page).press_sequentially("First")
    text(page).press("Enter")
    text(page).press_sequentially("second")
    expect(text(page)).to_have_value("First\nsecond")
    expect(answers(page)).to_have_count(0)
    text(page).press("Control+Enter")
    wait_ended(page)
    expect(page.locator(".message--user .question")).to_have_text("First second", use_inner_text=False)
    reload(page)
    text(page).press_sequentially("Third")
    text(page).press("Enter")
    expect(text(page)).to_have_value("Third\n")


@pytest.mark.slow
def test_on_a_phone_enter_makes_a_line_and_the_button_sends(visit):
    page = visit("/", width=360, height=740, has_touch=True, is_mobile=True)
    composer = page.get_by_label("Your message")
    expect(composer).to_have_attribute("enterkeyhint", "enter")
    composer.tap()
    page.keyboard.type("First")
    page.keyboard.press("Enter")
    page.keyboard.type("second")
    expect(composer).to_have_value("First\nsecond")
    button = page.locator(".composer__send")
    expect(button).to_have_attribute("title", "Send")
    button.tap()
    wait_ended(page)
    composer.tap()
    page.keyboard.type("Third")
    page.keyboard.press("Control+Enter")
    wait_ended(page, 2)
    expect(page.locator(".message--user .question")).to_have_text(["First\nsecond", "Third"], use_inner_text=True)


@pytest.mark.slow
def test_on_a_phone_no_panel_tells_of_a_key_that_does_something_else(visit):
    page = visit("/", width=360, height=740, has_touch=True, is_mobile=True)
    page.keyboard.press("Control+Comma")
    expect(page.get_by_role("radio", name="Dark")).to_be_attached()
    expect(page.get_by_role("radio", name="Ctrl+Enter")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Slash")
    rows = page.locator(".keys__row")
    expect(rows.filter(has_text="Send the message").locator("kbd")).to_have_text(["Ctrl", "Enter"])
    expect(rows.filter(has_text="New line").locator("kbd")).to_have_text(["Enter"])
