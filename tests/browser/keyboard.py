"""A person who has a keyboard and no pointer: all is reached with keys, and the focus is never lost on the way."""

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.chatting import wait_ended

PIECES = '!{"pieces": ["A short answer"]}'
MOST_STOPS = 90
WAIT_MS = 15_000
ASTRAY = """() => {
  const UNMARKED = ".composer__text, .model-list__field, .popover";  // where a caret or a frame tells it
  const element = document.activeElement;
  if (element === document.body || element === document.documentElement) return "nowhere";
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
  if (!width || !height) return `nothing to be seen: ${element.className}`;
  if (right <= 0 || left >= innerWidth || bottom <= 0 || top >= innerHeight) return `out of view: ${element.className}`;
  const isMarked = (one) => one && getComputedStyle(one).outlineStyle !== "none";
  const mark = element.matches(UNMARKED) ? element : [element, element.nextElementSibling].findLast(isMarked);
  if (!mark) return `without a mark: ${element.className}`;
  for (let above = mark; above; above = above.parentElement) {
    if (getComputedStyle(above).opacity !== "1") return `faint: ${element.className} in ${above.className}`;
  }
  // Some of it has to be what the eye meets there: a cover, or the edge of what it scrolls in, hides it (WCAG 2.4.11).
  const among = (from, to) => [0, 0.25, 0.5, 0.75, 1].map((part) => from + 2 + (to - from - 4) * part);
  // A field that nobody sees stands for what it has chosen.
  const chosen = document.getElementById(element.getAttribute("aria-activedescendant"));
  const face = element.closest(".visually-hidden") ? chosen : mark;
  const hits = [...face.getClientRects()].flatMap((box) =>
    among(Math.max(box.left, 0), Math.min(box.right, innerWidth)).flatMap((x) =>
      among(Math.max(box.top, 0), Math.min(box.bottom, innerHeight)).map((y) => document.elementFromPoint(x, y))));
  if (hits.some((hit) => element.contains(hit) || face.contains(hit))) return "";
  return `covered: ${element.className} by ${[...new Set(hits.map((hit) => hit?.className))].join(", ")}`;
}"""


def text(page: Page) -> Locator:
    """Where one writes."""
    return page.locator(".composer__text")


def way(page: Page, name: str, message: str = ".message--assistant") -> Locator:
    """A button of the last message of this kind."""
    return page.locator(f"{message} [data-way={name}]").last


def entry(page: Page, title: str) -> Locator:
    """The conversation of this title in the list."""
    return page.locator(".list__item", has=page.get_by_role("link", name=title, exact=True))


class Keyboard:
    """The keys of `page`. Wherever they lead, the focus has to be on something, in view, marked and not covered."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def reach(self, target: Locator, key: str = "Tab") -> None:
        """Go to `target` with Tab, or with another key."""
        expect(target).to_be_attached()
        for _ in range(MOST_STOPS):
            if target.evaluate("(element) => element === document.activeElement"):
                return self.is_somewhere()
            self.press(key)
        raise AssertionError(f"{key} does not lead to {target}")

    def choose(self, target: Locator, key: str = "Tab") -> None:
        """Go to `target` and press Enter there."""
        self.reach(target, key)
        self.press("Enter")

    def stands_on(self, target: Locator) -> None:
        """The focus has come there, and can be seen."""
        expect(target).to_be_focused()
        self.is_somewhere()

    def is_somewhere(self) -> None:
        """The focus is on something, and can be seen, once what moves has come to rest."""
        try:
            self.page.wait_for_function(f"() => ({ASTRAY})() === ''", timeout=WAIT_MS)
        except TimeoutError:
            raise AssertionError(f"the focus is {self.page.evaluate(ASTRAY)}") from None

    def ask(self, words: str) -> None:
        """Write and send; the caret stays where it is."""
        self.reach(text(self.page), "Shift+Tab")
        self.write(words)
        expect(self.page.locator(".composer__send")).to_be_enabled()
        self.press("Enter")
        self.stands_on(text(self.page))

    def begin(self, words: str = PIECES, answers: int = 1) -> None:
        """Ask something, and see the answer through; then there are so many."""
        self.ask(words)
        wait_ended(self.page, answers)

    def open_way(self, entry: str, message: str = ".message--assistant") -> None:
        """Choose something in the menu of the last message of this kind, from below it."""
        self.choose(way(self.page, "more", message), "Shift+Tab")
        self.choose(self.page.get_by_role("menuitem", name=entry), "ArrowDown")
