"""What an answer can hold is drawn as what it means, and its footer says what it took."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, drawn, last_answer, reload, wait_ended, written

pytestmark = pytest.mark.browser

LONG_LINE = "return " + " + ".join(f"part_{number}" for number in range(60))
WRITTEN = rf"""A ~~wrong~~ word, see [the delta](https://example.org/delta) and ![the mouth](https://example.org/mouth.png).

- [x] springs
- [ ] streams[^1]

```python
{LONG_LINE}
```

$$\sum_{{k=1}}^{{n}} k = \frac{{n(n+1)}}{{2}}$$

Of $n$ steps.

[^1]: Those that run all year.
"""


def answered(page, text=WRITTEN, **script):
    """An answer that says this; returns its drawing."""
    before = answers(page).count()
    ask(page, "!" + json.dumps({"text": text, **script}))
    wait_ended(page, before + 1)
    return drawn(page)


def copied(page):
    return page.evaluate("() => navigator.clipboard.readText()")


def test_words_tasks_notes_and_links(page):
    answer = answered(page)

    expect(answer.locator("s, del")).to_have_text("wrong")
    boxes = answer.get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    expect(boxes.first).to_be_checked()
    expect(boxes.last).not_to_be_checked()
    link = answer.get_by_role("link", name="the delta")
    expect(link).to_have_attribute("rel", re.compile("noopener"))
    expect(link).to_have_attribute("target", "_blank")
    expect(answer.locator("img")).to_have_count(0)
    expect(answer.get_by_role("link", name="the mouth")).to_have_attribute("href", "https://example.org/mouth.png")

    mark = answer.locator("sup a")
    mark.click()
    note = answer.locator("section li, .footnotes li").filter(has_text="Those that run all year.")
    expect(note).to_be_visible()
    note.get_by_role("link").click()
    expect(mark).to_be_focused()


ARABIC = "يجري النهر إلى البحر[^1].\n\n[^1]: من الجبال.\n[^2]: Smith, *Rivers*.\n"
ROOM = """(note) => {
  const [own, around] = [note, note.closest("section")].map((node) => node.getBoundingClientRect());
  const { direction, fontSize } = getComputedStyle(note);
  return [direction, (direction === "rtl" ? around.right - own.right : own.left - around.left) / parseFloat(fontSize)];
}"""


def test_a_note_has_its_number_at_the_side_where_its_text_begins(page):
    page.set_viewport_size({"width": 360, "height": 740})
    answer = answered(page, ARABIC)

    notes = answer.locator(".footnote")
    expect(notes).to_have_count(2)
    sides = [notes.nth(index).evaluate(ROOM) for index in range(2)]
    assert [direction for direction, _ in sides] == ["rtl", "ltr"]
    assert all(room > 1.5 for _, room in sides), sides
    direction_of_the_rule = "(section) => getComputedStyle(section).direction"
    assert answer.locator("section").evaluate(direction_of_the_rule) == "rtl"

    section = answered(page, "A river[^1].\n\n[^1]: From the hills.").locator("section")
    assert section.evaluate(direction_of_the_rule) == "ltr"
    assert section.locator(".footnote").evaluate(ROOM)[1] > 1.5


def test_formulas_are_mathml_in_the_line_and_on_their_own(page):
    answer = answered(page)

    block = answer.locator("math[display=block]")
    expect(block).to_have_count(1)
    expect(block.locator("munderover")).to_have_count(1)
    expect(block.locator("mfrac")).to_have_count(1)
    expect(answer.locator("math:not([display=block])")).to_have_text("n")
    around, own = block.bounding_box(), answer.bounding_box()
    assert abs((around["x"] + around["width"] / 2) - (own["x"] + own["width"] / 2)) < own["width"] / 10


def test_a_formula_beyond_its_bounds_stays_the_text_that_it_is(page, site):
    site.upstream.script(text=f"Look: ${'+'.join(['x^{2}'] * 2_500)}$ and $y$.", chunks=40)
    ask(page, "Look")
    wait_ended(page)
    answer = drawn(page)

    expect(answer.locator("math")).to_have_text("y")
    expect(answer).to_contain_text("x^{2}+x^{2}")


def test_an_answer_is_copied_as_the_markdown_that_it_is(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answered(page)
    last_answer(page).locator("[data-way=copy]").click()
    page.wait_for_function("async (markdown) => (await navigator.clipboard.readText()) === markdown", arg=WRITTEN)


def test_code_has_its_language_its_colours_and_its_copy_and_folds_long_lines(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = answered(page)

    block = answer.locator(".code")
    expect(block.locator(".code__language")).to_have_text("python")
    expect(block.locator("code span").filter(has_text="return")).to_be_attached()
    pre = block.locator("pre")
    wide = "(node) => node.scrollWidth > node.clientWidth"
    assert pre.evaluate(wide)
    wrap = block.get_by_role("button", name="Wrap long lines")
    wrap.click()
    expect(wrap).to_have_attribute("aria-pressed", "true")
    assert not pre.evaluate(wide)
    wrap.click()
    assert pre.evaluate(wide)

    block.get_by_role("button", name="Copy").click()
    expect(block.get_by_role("button", name="Copied")).to_be_visible()
    assert copied(page).rstrip("\n") == LONG_LINE
    page.evaluate("() => navigator.clipboard.writeText('')")
    page.clock.install()
    page.keyboard.press("Control+Shift+Semicolon")
    expect(page.locator(".toast")).to_be_visible()
    page.clock.fast_forward(6_000)
    expect(page.locator(".toast")).to_have_count(0)
    assert copied(page).rstrip("\n") == LONG_LINE


RUNNING_ITEM = "1. Install it:\n\n   ```sh\n   npm install\n   ```\n\n   Then "


def test_what_an_item_holds_can_be_pressed_and_selected_while_the_item_is_written(page, site):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    site.upstream.script(pieces=[RUNNING_ITEM, *(f"word{number} " for number in range(2_000))], delay_ms=20)
    ask(page, "Write")
    expect(last_answer(page)).to_contain_text("word1 ")
    copy = last_answer(page).locator(".code").get_by_role("button", name="Copy")
    copy.hover()
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('.prose li > p'))")
    page.mouse.down()
    shown = written(page)
    page.wait_for_function(
        "(length) => [...document.querySelectorAll('.prose')].at(-1).innerText.length > length", arg=len(shown) + 20
    )
    assert page.evaluate("() => String(getSelection())") == "Install it:"
    page.mouse.up()
    page.wait_for_function("async () => (await navigator.clipboard.readText()) === 'npm install\\n'")
    expect(last_answer(page).locator(".code").get_by_role("button", name="Copied")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    wait_ended(page)


def test_the_footer_says_what_the_answer_took(page):
    answered(page, delay_ms=5, first_delay_ms=40)
    line = last_answer(page).locator(".figures")
    expect(line).to_contain_text("scripted-1")
    line.click()

    rows = page.locator(".figures-panel")
    for words in ("Model", "Connection", "First words after", "Time in all", "Speed", "Written"):
        expect(rows).to_contain_text(words)
    expect(rows).to_contain_text("Scripted")
    expect(rows).to_contain_text(re.compile(r"\d+ ms"))


@pytest.mark.parametrize(
    ("script", "thought"),
    [
        ({"reasoning": "First the springs.", "reasoning_field": "reasoning"}, "First the springs."),
        ({"reasoning": "First the springs."}, "First the springs."),
        ({"pieces": ["<th", "ink>First ", "the springs.</thi", "nk>", "By going downhill."]}, "First the springs."),
    ],
)
def test_thoughts_are_folded_away_however_they_come(page, script, thought):
    ask(page, "!" + json.dumps({"text": "By going downhill.", **script}))
    wait_ended(page)

    expect(drawn(page)).to_have_text("By going downhill.")
    text = last_answer(page).locator(".reasoning__text")
    expect(text).not_to_be_visible()
    last_answer(page).locator(".reasoning__summary").click()
    expect(text).to_have_text(thought)
    reload(page)
    expect(drawn(page)).to_have_text("By going downhill.")
