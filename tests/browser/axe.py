"""Asks axe-core (tests/vendor) what of a page a person with a disability could not use."""

from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.english import english

SOURCE = Path(__file__).parents[1] / "vendor" / "axe-core-4.14.1" / "axe.min.js"
PUBLISHED = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
"""The sha256 of axe.min.js in npm:axe-core@4.14.1."""

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async ({ standards, rules }) => {
  const only = rules ? { type: "rule", values: rules } : { type: "tag", values: standards };
  const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id}: ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`));
}"""

THEMES = [("light", "system"), ("dark", "system"), ("light", "contrast"), ("dark", "contrast")]
CHOOSE = """([theme]) => {
  document.documentElement.dataset.theme = theme;
  document.querySelector("link[data-contrast]").media = theme === "contrast" ? "all" : "not all";
}"""


def faults(page: Page) -> list[str]:
    """By all rules as the page is; by those of colours in every other theme, without fading from one to the next."""
    page.emulate_media(reduced_motion="reduce")
    found = violations(page)
    for scheme, theme in THEMES[1:]:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(CHOOSE, [theme])
        found += [f"{theme} {scheme}: {fault}" for fault in violations(page, "color-contrast")]
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    page.evaluate(CHOOSE, ["system"])
    return found


def violations(page: Page, *rules: str) -> list[str]:
    """One line for each fault; by these rules only, or by all of WCAG 2.2 AA and good practice.

    With all of them belong the English words of a page for a Russian.
    """
    page.wait_for_load_state()
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(_source())
    still(page)
    found = page.evaluate(RUN, {"standards": STANDARDS, "rules": list(rules) or None})
    return found if rules else found + [f"English: {text}" for text in english(page)]


def still(page: Page) -> None:
    """Return once nothing moves: what fades in has no contrast yet. What turns for ever is left out."""
    page.evaluate(
        """() => Promise.allSettled(document.getAnimations()
          .filter((animation) => animation.effect.getComputedTiming().iterations !== Infinity)
          .map((animation) => animation.finished))"""
    )


def _source() -> str:
    content = SOURCE.read_bytes()
    assert sha256(content).hexdigest() == PUBLISHED
    return content.decode()
