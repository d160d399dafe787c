"""Hostile texts, and whether a page has kept them words."""

import json
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.recorder import settled

CORPUS = json.loads((Path(__file__).parents[1] / "web" / "javascript" / "hostile.json").read_text())
TEXTS = [text for texts in CORPUS.values() for text in texts]
"""What the modules that draw are tested with, one by one, in tests/web/javascript/hostile.js."""

SHORT = [
    "<img src=https://evil.example/x.png onerror=harm()>",
    "</title><script>harm()</script>",
    '"><svg onload=harm()>',
    "' onmouseover='harm()",
    "</script><script>harm()</script><!--",
    "{{harm()}} ${harm()} {% debug %} javascript:harm()",
]
"""For names and titles."""

PROVOKE = """(place) => {
  for (const node of [place, ...place.querySelectorAll("*")])
    for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "load", "error", "animationstart"])
      node.dispatchEvent(new Event(kind));
}"""
"""What would make a handler run; without bubbling, so that the page's own ones stay calm."""

RUNNING = """(place) => [...place.querySelectorAll("*")].filter((node) =>
  node.matches("script:not([src]):not([type='application/json']), [srcdoc], base, object, embed")
  || node.matches("meta[http-equiv='refresh' i]")
  || [...node.attributes].some(({ name, value }) =>
    /^on/i.test(name) || /^(href|src|action|formaction|xlink:href|data|background)$/i.test(name)
      && (/^[\\s\\0-\\x1f]*(javascript|vbscript|file|blob|data:text)/i.test(value)
        || !node.matches("a") && /evil\\.example/.test(value)))).map((node) => node.outerHTML.slice(0, 300))"""
"""What could run or fetch if it were let, whether or not the policy keeps it from it."""


def assert_harmless(page: Page) -> None:
    """Nothing of the page has run, tried to, called elsewhere, or could."""
    root = page.locator("html")
    assert root.evaluate(RUNNING) == []
    root.evaluate(PROVOKE)
    settled(page)
    assert page.evaluate("() => globalThis.harmed") is None
    assert page.recorder.take() == []


def assert_readable(place: Locator, texts: list[str]) -> None:
    """The words of these texts stand there, in their order."""
    shown, place_of = " ".join(place.inner_text().split()), 0
    for text in texts:
        words = " ".join(text.split())
        assert words in shown[place_of:], words
        place_of = shown.index(words, place_of) + len(words)
