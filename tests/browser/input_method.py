"""Who writes with an input method: its keys are its own until the composition has ended."""

from playwright.sync_api import Locator, Page, expect

WORDS = "scripted-2"
CONTROL = 2
PROCESSED = 229  # the key code of what an input method takes for itself


class InputMethod:
    """Composes in what has the focus, as the system tells the browser."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def compose(self, words: str) -> None:
        caret = {"selectionStart": len(words), "selectionEnd": len(words)}
        self._session.send("Input.imeSetComposition", {"text": words, **caret})

    def press(self, key: str, modifiers: int = 0) -> None:
        """A key that the page hears of, and that is not for it."""
        told = {"key": key, "code": key, "modifiers": modifiers, "windowsVirtualKeyCode": PROCESSED}
        self._session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **told})
        self._session.send("Input.dispatchKeyEvent", {"type": "keyUp", **told})

    def end(self, words: str) -> None:
        """The composition becomes text."""
        self._session.send("Input.insertText", {"text": words})


def compose_and_press(page: Page, field: Locator, key: str) -> None:
    """Compose WORDS in this field, where neither Escape nor the key does anything meanwhile; then press the key."""
    expect(field).to_be_focused()
    field.select_text()
    method, modifiers = InputMethod(page), CONTROL if key.startswith("Control") else 0
    for begun in ("scr", WORDS):
        method.compose(begun)
    method.press("Escape")
    method.press("Enter", modifiers)
    expect(field).to_have_value(WORDS)
    method.end(WORDS)
    method.press("Enter", modifiers)  # Safari tells of it when the composition has ended
    expect(field).to_have_value(WORDS)
    expect(field).to_be_focused()
    page.keyboard.press(key)
