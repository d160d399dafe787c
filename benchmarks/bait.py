"""Answers that are made to keep a page busy, streamed into the real page and opened again: its longest task with each.

The server and the scripted service are the real ones too; what is told is what a reader waits for.
"""

from collections.abc import Iterator
from itertools import cycle, islice

from playwright.sync_api import Page

from benchmarks.answer import LAST_WORDS, pieces
from tests.upstream.server import Upstream

MOST_MS = 200
SECONDS = 3  # of each answer
PIECES = 150
SECONDS_TO_DRAW = 60
MEGABYTE = 1_000_000 - 200  # of characters; the last words are in the limit of an answer too
SHOWN = """words => {
  const message = document.querySelector("scripta-thread")?.lastElementChild?.lastElementChild;
  if (!message || message.classList.contains("message--running")) return false;
  const prose = message.querySelector(".prose:not(.message__plain)");
  return prose?.lastElementChild?.textContent.slice(-500).includes(words) ?? false;
}"""


def filled(words: str, size: int) -> str:
    return "".join(islice(cycle(words), size))


def table(rows: int) -> str:
    body = "\n".join(f"| {n} | some words of row {n} | {n * 37 % 1000} | `code` |" for n in range(rows))
    return f"| a | b | c | d |\n|---|---|--:|---|\n{body}"


def named(count: int) -> str:
    """Paragraphs that mention a name each, and then all their addresses."""
    mentions = "".join(f"Words [r{number}] and\n\n" for number in range(count))
    return mentions + "\n".join(f"[r{number}]: https://example.org/{number}" for number in range(count))


BAIT = {
    "1 MB of one word": filled("w", MEGABYTE),
    "1 MB of one line of words": filled("words in a line ", MEGABYTE),
    "1 MB of `*a_`": filled("*a_", MEGABYTE),
    "1 MB of `[`": filled("[", MEGABYTE),
    "1 MB of `[](`": filled("[](", MEGABYTE),
    "1 MB of backticks and stars": filled("`*", MEGABYTE),
    "10,000 nested quotes": f"{'>' * 10_000} text",
    "a table of 2,000 rows": table(2_000),
    "an open fence of 300 kB": "```python\n" + filled("    total += index * 2  # a comment\n", 300_000),
    "a list of 3,000 items": "\n".join(f"- item {n} with some *words* and `code`" for n in range(3_000)),
    "2,000 names, defined at the end": named(2_000),
    "500 kB of dollars": filled("$", 500_000),
    "500 kB of formulas": filled("$a_1^2$ and ", 500_000),
}
THOUGHTS = filled("The question is what is asked here, and by whom. ", 300_000)


def longest(page: Page) -> int:
    """Milliseconds of the longest task since `seen` was emptied; 50 stands for none that is long."""
    page.wait_for_timeout(100)  # an entry of the last task comes with the next one
    return round(page.evaluate("Math.max(50, ...seen.tasks)"))


def until_shown(page: Page) -> None:
    """The last answer is over, and drawn to its last words."""
    for _ in range(SECONDS_TO_DRAW * 4):
        if page.evaluate(SHOWN, LAST_WORDS):
            return
        page.wait_for_timeout(250)
    raise TimeoutError("The answer's last words are not shown.")


def ask(page: Page) -> None:
    """Sends a message in a new conversation; `seen` is empty from then on."""
    page.goto("/")
    while not page.evaluate("seen.usable"):
        page.wait_for_timeout(20)
    page.wait_for_timeout(500)  # what a page does once it is idle is no answer's doing
    text = page.locator(".composer__text")
    text.fill("Write.")
    page.evaluate("() => { seen.tasks = []; }")
    text.press("Enter")


def cut(text: str) -> list[str]:
    return pieces(text, len(text) // PIECES + 1)


def measure(page: Page, service: Upstream) -> Iterator[tuple[str, int, int]]:
    """(what, milliseconds while it is written, milliseconds as the stored answer is opened) for each."""
    for what, text in BAIT.items():
        service.script(pieces=cut(f"{text}\n\n{LAST_WORDS}"), delay_ms=SECONDS * 1000 / PIECES)
        ask(page)
        until_shown(page)
        yield what, longest(page), reopened(page)
    service.script(reasoning=THOUGHTS, pieces=[LAST_WORDS], delay_ms=SECONDS * 1000 / (len(THOUGHTS) / 7))
    ask(page)
    page.locator(".reasoning__summary").click()
    until_shown(page)
    yield "300 kB of reasoning, opened", longest(page), reopened(page, ".reasoning__summary")


def reopened(page: Page, pressed: str = "") -> int:
    page.reload(wait_until="commit")
    until_shown(page)
    if pressed:
        page.locator(pressed).click()
    return longest(page)
