"""All of the page is there for who has a narrow screen, large letters, no mouse, or no wish for movement."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import wait_ended

pytestmark = pytest.mark.browser

OUTSIDE = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const { left, right, width } = element.getBoundingClientRect();
  const isSeen = width && element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden");
  if (!isSeen || (left >= -1 && right <= innerWidth + 1)) return false;
  for (let above = element.parentElement; above; above = above.parentElement)
    if (above !== document.body && getComputedStyle(above).overflowX !== "visible") return false;
  return true;
}).map(({ className }) => String(className))"""
FOCUSED = """() => {
  // Between the last and the first, the focus is on the page as a whole.
  const { outlineStyle, opacity } = getComputedStyle(document.activeElement);
  return {
    name: document.activeElement.className,
    seen: (outlineStyle !== "none" && opacity === "1") || document.activeElement.matches(".composer__text"),
  };
}"""


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (1280, "200%")])
def test_nothing_is_cut_off_on_a_narrow_screen_or_in_large_letters(visit, rivers, width, size):
    page = visit(rivers, width=width, height=640, locale="ru-RU")
    expect(page.locator(".model-chip__choice")).to_be_visible()
    page.evaluate("(size) => document.documentElement.style.setProperty('font-size', size)", size)
    found = page.evaluate(OUTSIDE)
    for keys in ("Control+Comma", "Control+Slash"):
        page.keyboard.press(keys)
        expect(page.get_by_role("dialog")).to_be_visible()
        found += page.evaluate(OUTSIDE)
        page.keyboard.press("Escape")
    page.locator(".topbar__settings").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += page.evaluate(OUTSIDE)
    page.keyboard.press("Escape")
    page.locator('.message--user [data-way="edit"]').first.click()
    expect(page.locator(".editor__text")).to_be_focused()
    assert found + page.evaluate(OUTSIDE) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == width


@pytest.mark.slow
@pytest.mark.parametrize("side", ["left", "right"])
def test_what_is_planted_outside_is_found(visit, side):
    page = visit("/", width=320, height=640)
    expect(page.locator(".model-chip__choice")).to_be_visible()
    assert page.evaluate(OUTSIDE) == []
    page.evaluate(
        """(side) => {
          const planted = Object.assign(document.createElement("p"), { className: "planted", textContent: "Out here" });
          Object.assign(planted.style, { position: "fixed", top: "100px", width: "200px", [side]: "-50px" });
          document.body.append(planted);
        }""",
        side,
    )
    assert page.evaluate(OUTSIDE) == ["planted"]


LONG_WORDS = """(spacing) => {
  const card = document.querySelector(".composer__card");
  card.style.letterSpacing = spacing;
  const { left, right } = card.getBoundingClientRect();
  return [...card.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().width > 1)
    .filter((element) => element.getBoundingClientRect().right > right || element.getBoundingClientRect().left < left)
    .map(({ className }) => String(className));
}"""


@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_the_composer_keeps_what_it_says_inside_whatever_the_font(visit, locale):
    page = visit("/", width=320, height=640, locale=locale)
    expect(page.locator(".model-chip__choice")).to_be_visible()
    found = page.evaluate(LONG_WORDS, "0.6em")
    page.locator(".composer__text").fill("word " * 900)
    expect(page.locator(".composer__count--over")).to_be_visible()
    for spacing in ("normal", "0.1em", "0.6em"):
        found += page.evaluate(LONG_WORDS, spacing)
    assert found == []
    assert page.locator(".model-picker").bounding_box()["width"] > 100


MARKS = """(selector) => {
  const { appearance, backgroundColor, outlineStyle } = getComputedStyle(document.querySelector(selector));
  return [appearance, backgroundColor, outlineStyle !== "none"];
}"""


def test_forced_colours_tell_what_is_done_pressed_and_focused(visit, rivers):
    page = visit(rivers, forced_colors="active")
    answer = page.locator(".message--assistant").first
    answer.locator('[data-way="up"]').click()
    expect(page.locator(".note")).to_be_visible()
    page.keyboard.press("Escape")
    expect(answer.locator('[data-way="up"]')).to_have_attribute("aria-pressed", "true")
    pressed, other = (page.evaluate(MARKS, f'[data-way="{way}"]')[1] for way in ("up", "down"))
    assert pressed != other
    page.locator(".composer__text").focus()
    assert page.evaluate(MARKS, ".composer__card")[2]
    assert page.evaluate(MARKS, ".task__label > input")[0] == "auto"


SIDES = """(element) => {
  const [first, , last] = element.textContent.split("\\n");
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const text = nodes.nextNode();
  const box = element.getBoundingClientRect();
  return [[0, first.length], [text.length - last.length, text.length]].map(([from, to]) => {
    const range = document.createRange();
    range.setStart(text, from);
    range.setEnd(text, to);
    const { left, right } = range.getBoundingClientRect();
    return left - box.left > box.right - right ? "right" : "left";
  });
}"""


def test_each_paragraph_goes_its_own_way(visit, rivers):
    page = visit(rivers)
    page.locator(".reasoning__summary").last.click()
    expect(page.locator(".reasoning__text").last).to_be_visible()

    assert page.locator(".question").last.evaluate(SIDES) == ["right", "left"]
    assert page.locator(".reasoning__text").last.evaluate(SIDES) == ["right", "left"]


def test_tab_goes_through_everything_and_comes_back(visit, rivers):
    page = visit(rivers)
    expect(page.locator(".model-chip__choice")).to_be_visible()
    page.locator(".composer__text").focus()
    stops = []
    while len(stops) < 80 and (not stops or stops[-1]["name"] != "composer__text"):
        page.keyboard.press("Tab")
        page.wait_for_function("() => document.activeElement.getAnimations().length === 0")
        stops.append(page.evaluate(FOCUSED))

    names = " ".join(stop["name"] for stop in stops)
    assert stops[-1]["name"] == "composer__text"
    for part in ("model-chip__choice", "skip-link", "sidebar__new", "list__link", "account__name", "topbar__settings"):
        assert part in names
    assert [stop for stop in stops if stop["name"] != "chat" and not stop["seen"]] == []


AWAY_AND_BACK = """() => {
  const frame = document.querySelector(".stage__scroll");
  const fromEnd = () => frame.scrollHeight - frame.clientHeight - frame.scrollTop;
  frame.scrollTop -= 2 * frame.clientHeight;
  const away = fromEnd() / frame.clientHeight;
  document.querySelector(".composer__latest").click();
  return { away, left: fromEnd() };
}"""
"""How many windows away the end was before the way back was taken, and how many pixels right after."""


def test_nothing_moves_for_who_does_not_want_it(visit, rivers):
    page = visit(rivers, width=360, reduced_motion="reduce")
    expect(page.locator(".model-chip__choice")).to_be_visible()
    page.get_by_role("button", name="Conversations").click()

    assert page.evaluate("() => document.getAnimations().map(({ effect }) => effect.getTiming().duration)") == []
    assert 0 < page.evaluate(AWAY_AND_BACK)["away"] <= 3
    assert page.evaluate(AWAY_AND_BACK)["left"] < 2
    box = page.locator(".sidebar").bounding_box()
    assert box["x"] == 0


TITLE = """(heading) => {
  const range = document.createRange();
  range.selectNodeContents(heading);
  const { left, right } = range.getBoundingClientRect();
  return [left, innerWidth - right];
}"""


@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_a_short_title_stands_in_the_middle_of_a_phone(visit, rivers, locale):
    page = visit(rivers, width=360, height=740, locale=locale)
    expect(page.locator(".topbar__settings")).to_be_enabled()
    before, after = page.locator(".topbar__title").evaluate(TITLE)
    assert abs(before - after) <= 2


SIZES = "(buttons) => [...new Set(buttons.map(({ offsetWidth, offsetHeight }) => `${offsetWidth} x ${offsetHeight}`))]"


@pytest.mark.slow
def test_a_long_title_leaves_the_buttons_beside_it_as_large_as_they_are(visit):
    page = visit("/", width=360, height=740, has_touch=True)
    page.get_by_label("Your message").fill("A title that is longer than a phone is wide, and then goes on")
    page.locator(".composer__send").tap()
    wait_ended(page)
    expect(page.locator(".topbar__title")).to_contain_text("A title")
    assert page.locator(".topbar > .icon-button:visible").evaluate_all(SIZES) == ["44 x 44"]


@pytest.mark.slow
def test_the_words_of_a_column_keep_off_its_head(visit, rivers):
    page = visit(rivers, width=360, height=740, has_touch=True)
    columns = page.locator(".turn--columns > .message")
    expect(columns).to_have_count(2)
    for column in columns.all():
        last = column.locator(".message__author > *").last.bounding_box()
        assert column.locator(".prose").bounding_box()["y"] - last["y"] - last["height"] > 3
