"""Answers that are made to keep a page busy: while they come the page is at hand, and what they say can be read.

How long they keep it busy is measured by `make bench-page`.
"""

from itertools import cycle, islice

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.browser.chatting import ANSWER, ask, drawn, last_answer, reload, wait_ended
from tests.browser.hostile import assert_harmless

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST, LAST = "Words at the beginning.", "Words at the end."
INNERMOST = "what the innermost of them says"
LEAST_WIDTH = 120  # pixels that words must have
WIDTH = 360
WAIT_MS = 15_000


def filled(words, size):
    return "".join(islice(cycle(words), size))


HEAVY = {
    "a line of words": filled("words in a line ", 900_000),
    "one word": filled("w", 900_000),
    "brackets": filled("[](", 900_000),
    "quotes": f"{'>' * 10_000} {INNERMOST}",
    "lists": "\n".join(f"{'  ' * depth}- of {depth}" for depth in range(400)) + f": {INNERMOST}",
    "a table": "| a | b |\n|---|---|\n" + "\n".join(f"| row {row} | `code` |" for row in range(2_000)),
    "broken markdown": filled("**a `b [c](d *e __f ~~g $h ![i][j ", 100_000),
    "an open fence": f"```python\n{filled('total += 1  # a comment' + chr(10), 300_000)}{INNERMOST}",
}
SEEN = """(words) => {
  const prose = [...document.querySelectorAll("scripta-message .prose")].at(-1);
  const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node && !node.data.includes(words)) node = walker.nextNode();
  if (!node) return `not there: ${words}`;
  const range = new Range();
  const begin = node.data.indexOf(words);
  range.setStart(node, begin);
  range.setEnd(node, begin + words.length);
  for (let place = node.parentElement; place; place = place.parentElement) {
    if (!["auto", "scroll"].includes(getComputedStyle(place).overflowY)) continue;
    const [frame, mark] = [place.getBoundingClientRect(), range.getBoundingClientRect()];
    place.scrollBy(mark.right - frame.left - place.clientWidth, mark.top - frame.top - place.clientHeight / 2);
  }
  const { left, right, top, bottom } = range.getBoundingClientRect();
  const isInView = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
  if (!isInView) return `out of the page: ${[left, right, top, bottom]}`;
  if (!document.elementFromPoint((left + right) / 2, (top + bottom) / 2)?.closest(".prose")) return `covered: ${words}`;
  const block = node.parentElement.closest("p, li, pre, td");
  return block.clientWidth < LEAST ? `a sliver of ${block.clientWidth}: ${words}` : "";
}""".replace("LEAST", str(LEAST_WIDTH))


PLANTED = {
    "not there": "(block) => (block.textContent = 'Other words.')",
    "out of the page": "(block) => (block.style.translate = '-2000px')",
    "a sliver": "(block) => (block.style.inlineSize = '80px')",
    "covered": """() => {
      const cover = document.createElement("div");
      Object.assign(cover.style, { position: "fixed", inset: "0", zIndex: "999" });
      document.body.append(cover);
    }""",
}


def check(page, marks):
    expect(drawn(page)).to_contain_text(marks[-1])
    for words in marks:
        try:
            page.wait_for_function(f"(words) => ({SEEN})(words) === ''", arg=words, timeout=WAIT_MS)
        except TimeoutError:
            raise AssertionError(page.evaluate(SEEN, words)) from None
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", HEAVY)
def test_it_can_be_read_and_the_page_be_used_meanwhile(visit, site, name):
    text = HEAVY[name]
    marks = [FIRST, *([INNERMOST] if INNERMOST in text else []), *([] if name == "an open fence" else [LAST])]
    whole = f"{FIRST}\n\n{text}" + ("" if name == "an open fence" else f"\n\n{LAST}")
    piece = len(whole) // 40 + 1
    pieces = [whole[at : at + piece] for at in range(0, len(whole), piece)]
    site.upstream.script(pieces=pieces, delay_ms=5, hold_after=30)
    page = visit("/", width=WIDTH, height=700)
    ask(page, "Write.")
    expect(last_answer(page)).to_contain_text(FIRST)
    expect(page.locator(f"{ANSWER}.message--running")).to_have_count(1)
    composer = page.locator(".composer__text")
    composer.press_sequentially("The next question")
    expect(composer).to_have_value("The next question")
    page.locator(".model-chip__choice").click()
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    site.upstream.go()
    wait_ended(page)
    check(page, marks)
    reload(page)
    expect(composer).to_have_value("The next question")
    check(page, marks)
    assert_harmless(page)


@pytest.mark.parametrize("fault", PLANTED)
def test_words_that_cannot_be_read_are_found(visit, site, fault):
    site.upstream.script(pieces=[FIRST])
    page = visit("/", width=WIDTH, height=700)
    ask(page, "Write.")
    wait_ended(page)
    check(page, [FIRST])
    drawn(page).locator("p").evaluate(PLANTED[fault])
    assert page.evaluate(SEEN, FIRST).startswith(fault)
