"""What the end of an answer does to who reads it, and to who listens: nothing moves, and it is told."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, last_answer, wait_ended, wait_running

pytestmark = pytest.mark.browser

RICH = """# A river

Its length[^1] is $\\ell = \\int_0^1 |r'(t)|\\,dt$, and *so on*:

$$
\\sum_{n=1}^{\\infty} \\frac{1}{n^2} = \\frac{\\pi^2}{6}
$$

| river | length |
|:------|-------:|
| Nile  | 6,650 km |

- [x] measured
- [ ] told

[^1]: Measured along its bed.

```python
def flow(height):
    return height - 1
```

The last words"""
WATCH = """() => {
  const moved = [];
  const names = (sources) => sources.map(({ node }) => node?.className ?? "");
  const note = (entries) => entries.forEach(({ value, sources }) => moved.push([value, names(sources)]));
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "layout-shift" });
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  globalThis.takeMoved = async () => {
    await painted(); // a movement is known once it has been painted
    note(observer.takeRecords());
    return moved.splice(0);
  };
}"""
MOVED = "() => takeMoved()"
PLACES = """() => [...[...document.querySelectorAll("scripta-message")].at(-1).querySelectorAll(".prose *")]
  .filter((element) => getComputedStyle(element).display === "block")
  .map((element) => [element.localName, Math.round(element.getBoundingClientRect().top)])"""
EVERYTHING = "!" + json.dumps({"pieces": [RICH, " of *all"], "hold_after": 1})


@pytest.mark.parametrize(
    ("question", "shown", "formulas"),
    [
        ('!{"chunks": 300, "delay_ms": 5, "hold_after": 200}', "word20", 0),
        pytest.param(EVERYTHING, "The last words", 2, marks=pytest.mark.slow),
    ],
    ids=["words", "everything"],
)
def test_nothing_moves_when_an_answer_ends(visit, site, question, shown, formulas):
    page = visit("/", height=500)
    page.evaluate(WATCH)
    ask(page, "!think")
    wait_ended(page)
    ask(page, question)
    wait_running(page, shown)
    expect(last_answer(page).locator("math")).to_have_count(formulas)
    page.evaluate(MOVED)
    site.upstream.go()
    wait_ended(page, 2)
    expect(last_answer(page).locator(".figures")).to_be_visible()

    assert page.evaluate(MOVED) == []


@pytest.mark.slow
def test_all_stands_where_it_stood_before_the_end(visit, site):
    """Also where the page followed, and scrolled: that is no movement to the browser."""
    page = visit("/", height=500)
    page.evaluate(WATCH)
    ask(page, "!" + json.dumps({"pieces": [RICH, " of all."], "hold_after": 2}))
    wait_running(page, "The last words of all.")
    expect(last_answer(page).locator("math")).to_have_count(2)
    page.evaluate(MOVED)
    before = page.evaluate(PLACES)
    assert len(before) > 10
    site.upstream.go()
    wait_ended(page)
    expect(last_answer(page).locator(".figures")).to_be_visible()
    page.evaluate(MOVED)

    assert page.evaluate(PLACES) == before


def test_a_planted_movement_is_seen(visit):
    page = visit("/")
    ask(page, "Hello")
    wait_ended(page)
    page.evaluate(WATCH)
    page.evaluate(MOVED)
    assert page.evaluate(MOVED) == []
    page.evaluate("""() => {
      const gap = document.createElement("div");
      gap.style.blockSize = "20px";
      [...document.querySelectorAll("scripta-message .prose")].at(-1).before(gap);
    }""")

    assert page.evaluate(MOVED)


def test_whole_sentences_and_the_end_are_told_to_who_listens(visit, site):
    page = visit("/")
    page.evaluate("""() => {
      globalThis.said = [];
      const region = document.querySelector("scripta-thread + [role=status]");
      new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
    }""")
    sentences = [f"Sentence {number} of a long answer." for number in range(40)]
    site.upstream.script(text=" ".join(sentences), delay_ms=20)
    ask(page, "Tell me")
    wait_ended(page)

    page.wait_for_function("() => said.at(-1)?.endsWith('The answer is complete.')")
    said = page.evaluate("() => said")
    assert said[0] == "The answer is being written."
    told = " ".join(said[1:]).removesuffix(" The answer is complete.")
    assert told == " ".join(sentences)
    assert len(said) <= 6
    assert all(words.endswith(".") for words in said)
