"""A person who has a keyboard and no pointer: all is reached with keys, and the focus is never lost on the way."""

from playwright.sync_api import Locator, Page, TimeoutError, expect

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
  return "";
}"""


class Keyboard:
    """The keys of `page`. Wherever they lead, the focus has to be on something, in view and marked."""

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
