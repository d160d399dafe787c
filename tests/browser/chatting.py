"""What a person does and sees in a conversation, in the words of the tests."""

from playwright.sync_api import Locator, Page, expect

ANSWER = "scripta-message.message--assistant"  # not what the server has written before the modules began
BEGIN_MS = 20_000


def hears_keys(page: Page, language: str = "") -> None:
    """Until the page hears keys, whether or not it has a connection; in this language, if it has just changed."""
    html = f"html[lang={language}]" if language else "html"
    expect(page.locator(f"{html} > body[data-begun]")).to_be_attached(timeout=BEGIN_MS)


def listens(page: Page) -> None:
    """Until the page hears keys and is connected."""
    hears_keys(page)
    expect(page.locator("body[data-link=open]")).to_be_attached(timeout=BEGIN_MS)
    page.evaluate("() => document.fonts.ready.then(() => null)")  # with another font everything moves


def reload(page: Page) -> None:
    """Load the page anew, until it listens."""
    page.reload()
    listens(page)


def ask(page: Page, text: str) -> None:
    """Write a message and send it as soon as it may be: with Enter, or with the button where Enter makes a line.

    Without a connection it waits for one.
    """
    hears_keys(page)
    composer = page.get_by_label("Your message")
    composer.fill(text)
    button = page.locator(".composer__send")
    expect(button).to_be_enabled()
    if composer.get_attribute("enterkeyhint") == "enter":
        button.click()
    else:
        composer.press("Enter")


def pick(page: Page, model: str, column: int = 0) -> None:
    """Pick a model, or with `column` another one beside those that are picked."""
    chips = page.locator(".model-chip__choice")
    expect(chips.first).to_be_visible()
    (chips.nth(column) if column < chips.count() else page.get_by_label("Ask another model beside it")).click()
    page.get_by_role("option", name=model).click()
    expect(chips.nth(column)).to_contain_text(model)


def edit(page: Page, text: str) -> None:
    """Ask the first question in other words."""
    page.locator(".message--user").first.hover()
    page.get_by_role("button", name="Edit").first.click()
    editor = page.get_by_label("Edit", exact=True).and_(page.locator("textarea"))
    editor.fill(text)
    editor.press("Control+Enter")


def menu(page: Page, message: Locator, label: str) -> None:
    """Choose something in the menu of a message."""
    message.hover()
    message.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name=label).click()


def leave(page: Page) -> None:
    """Go to an empty page, for a new conversation."""
    listens(page)
    page.get_by_role("link", name="New conversation").first.click()
    expect(page.locator(".message")).to_have_count(0)


def answers(page: Page) -> Locator:
    return page.locator(ANSWER)


def last_answer(page: Page) -> Locator:
    return page.locator(ANSWER).last


def drawn(page: Page) -> Locator:
    """The text of the last answer, drawn: until the renderer has come it stands there as it was sent."""
    return last_answer(page).locator(".prose:not(.message__plain)")


def written(page: Page) -> str:
    """What is drawn of the last answer now: the end of an answer may come before the rest of its text is drawn."""
    expect(drawn(page)).to_be_visible()
    return drawn(page).inner_text()


def words(count: int) -> str:
    """What an answer of so many chunks says."""
    return " ".join(f"word{number}" for number in range(count))


def wait_running(page: Page, text: str = "") -> None:
    """Until the last answer is being written and shows `text`."""
    expect(page.locator(f"{ANSWER}.message--running .prose").last).to_contain_text(text or "A short answer")


def wait_ended(page: Page, count: int = 1) -> None:
    """Until there are so many answers and none is being written."""
    expect(answers(page)).to_have_count(count)
    expect(page.locator(".message--running, .message--pending")).to_have_count(0)
