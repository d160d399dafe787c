"""An answer that is written: what is half-open is closed, what is finished stays as it is, a frame has one change."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, drawn, reload, wait_ended, wait_running, written
from tests.browser.recorder import settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RUNNING = ".message--running .prose:not(.message__plain)"
HALVES = [
    ("The river is **bold", "strong", "bold"),
    ("** and *so", "em", "so"),
    ("*, ~~not", "s", "not"),
    ("~~ small.\n\nRead [the page", "p:last-child", "Read the page"),
    ("](https://exa", "p:last-child", "Read the page"),
    ("mple.org/), and run `ls -l", "p:last-child code", "ls -l"),
    ("` there, $\\ell_1 +", "p:last-child .math--open", "\\ell_1 +"),
    (" 2$ times.\n\n## The len", "h2", "The len"),
    ("gths\n\n| river | len", "th:last-child", "len"),
    ("gth |\n|:---", "th:last-child", "length"),
    ("|---:|\n| **Nile", "td strong", "Nile"),
    ("** | 6,650 km |\n\n- one\n- [", "li:only-child", "one"),
    ("x] two\n\n```python\ndef fl", ".code code", "def fl"),
    ("ow(height):\n    return height\n``", ".code code", "def flow(height):\n    return height\n"),
    ("`\n\n$$\n\\frac{1}{2", "div.math--open", "\\frac{1}{2"),
    ("}\n$$\n\nThe end.", "p:last-child", "The end."),
]
MARKS = "*~`|[]#$"
NOTE_WHAT_IS_SHOWN = """() => {
  globalThis.shown = new Set();
  const note = () => {
    const prose = [...document.querySelectorAll(".prose:not(.message__plain)")].at(-1);
    if (prose) shown.add(prose.textContent);
  };
  const everything = { subtree: true, childList: true, characterData: true };
  new MutationObserver(note).observe(document.querySelector("scripta-thread"), everything);
}"""
MARKUP = "(prose) => prose.innerHTML"


def marked(texts):
    """Those of the texts that show a mark of markdown."""
    return [text for text in texts if any(mark in text for mark in MARKS)]


def whole(page):
    """The drawing of an answer that has code and two formulas, once these are drawn, too."""
    prose = drawn(page)
    expect(prose.locator("math")).to_have_count(2)
    expect(prose.locator("code span").first).to_be_attached()
    return prose


def test_what_is_half_written_is_drawn_as_what_it_is_about_to_be(page, wire, site):
    come = []
    wire.on_event = lambda event: come.extend(part["text"] for part in event.get("parts", []))
    texts = [text for text, _, _ in HALVES]
    holds = [len("".join(texts[: count + 1])) for count in range(len(texts))]
    site.upstream.script(pieces=list("".join(texts)), delay_ms=5, hold_after=holds)
    page.evaluate(NOTE_WHAT_IS_SHOWN)
    ask(page, "How long is it?")

    prose = page.locator(RUNNING)
    for hold, (_, selector, words) in zip(holds, HALVES, strict=True):
        wire.wait_for(lambda hold=hold: len("".join(come)) == hold)
        settled(page)
        expect(prose.locator(selector)).to_have_text(words)
        assert marked([written(page)]) == []
        site.upstream.go()
    wait_ended(page)
    shown = page.evaluate("() => [...shown]")
    assert len(shown) > len(HALVES)
    assert marked(shown) == []

    markup = whole(page).evaluate(MARKUP)
    reload(page)
    assert whole(page).evaluate(MARKUP) == markup


MORE = ["\n\n", "## More\n\n", "| a |\n|---|\n| 1 |\n\n", "- x\n", "- y\n"]
FINISHED = """## Lengths

Of *two* rivers, with $n$ steps.

| river | length |
|:------|-------:|
| Nile  | 6,650 km |
| Волга | 3,530 km |

```python
def flow(height):
    return height - 1
```

$$\\sum_{k=1}^{n} k$$

1. Slope
2. Rain

> “No man ever steps in the same river twice.”

"""
WATCH_WHAT_IS_FINISHED = """(prose) => {
  const blocks = [...prose.querySelectorAll(".prose__part > *")];
  const last = blocks.pop();
  globalThis.finished = blocks;
  // The last one is drawn again, as the same, until the first line below it is whole.
  globalThis.inside = blocks.slice(0, -1).flatMap((block) => [block, ...block.querySelectorAll("*")]);
  globalThis.records = { finished: 0, last: 0 };
  // What is drawn again loses its mark, also where it comes out as the same.
  for (const node of inside) node.dataset.marked = "";
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  const count = (name, node) => {
    new MutationObserver((list) => (records[name] += list.length)).observe(node, everything);
  };
  for (const block of blocks) count("finished", block);
  count("last", last);
  return blocks.map(({ className, tagName }) => className.split(" ")[0] || tagName);
}"""
SAME = """(prose) => {
  const blocks = [...prose.querySelectorAll(".prose__part > *")];
  return {
    blocks: finished.every((block, index) => block === blocks[index]),
    unmarked: inside.filter((node) => !node.matches(':root [data-marked]')).map(({ outerHTML }) => outerHTML),
    ...records,
  };
}"""


def test_what_is_finished_is_never_drawn_again(page, site):
    more = [*(f"word{number} " for number in range(200)), *MORE]
    site.upstream.script(pieces=[FINISHED, "A paragraph that ", *more], delay_ms=5, hold_after=2)
    ask(page, "How long are they?")
    prose = page.locator(RUNNING)
    expect(prose.locator("p").last).to_have_text("A paragraph that")
    expect(prose.locator("math")).to_have_count(2)
    expect(prose.locator("code span").first).to_be_attached()

    kinds = prose.evaluate(WATCH_WHAT_IS_FINISHED)
    assert kinds == ["H2", "P", "table", "code", "math", "OL", "BLOCKQUOTE"]
    site.upstream.go()
    wait_ended(page)
    expect(drawn(page).locator("li").last).to_have_text("y")

    same = drawn(page).evaluate(SAME)
    assert same.pop("last") > 1
    assert same == {"blocks": True, "unmarked": [], "finished": 0}


NOTE_WRITES = """() => {
  globalThis.writes = [];
  let frame = 0;
  requestAnimationFrame(function tick() {
    frame += 1;
    requestAnimationFrame(tick);
  });
  const inProse = ({ target }) => (target.closest ? target : target.parentElement)?.closest(".prose");
  const note = (list) => list.some(inProse) && writes.push(frame);
  const everything = { subtree: true, childList: true, characterData: true };
  new MutationObserver(note).observe(document.querySelector("scripta-thread"), everything);
}"""


BURST = 8


def test_a_frame_has_one_change_of_the_text_however_quickly_it_comes(page, wire, site):
    kept = []

    def keep(event):
        """A network that delivers nothing for a while, and then all of it."""
        kept.append(event)
        if len(kept) >= BURST or event["type"] == "generation.ended":
            while kept:
                wire.answer(kept.pop(0))
        return False

    page.evaluate("() => { performance.now = () => 0; }")  # no step is too slow, so none is left to the next frame
    site.upstream.script(pieces=["word **strong** `code` and "] * 1_500, delay_ms=1, hold_after=1)
    ask(page, "Quickly")
    wait_running(page, "strong")
    page.evaluate(NOTE_WRITES)
    wire.on_event = keep
    site.upstream.go()
    wait_ended(page)
    expect(drawn(page).locator("strong")).to_have_count(1_500)

    writes = page.evaluate("() => writes")
    assert len(writes) > 5
    assert [frame for frame, following in pairwise(writes) if frame == following] == []
