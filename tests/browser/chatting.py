"""What a person does and sees in a conversation, in the words of the tests."""

from playwright.sync_api import Locator, Page, expect

ANSWER = "scripta-message.message--assistant"  # not what the server has written before the modules began


def ask(page: Page, text: str) -> None:
    """Write a message and send it with Enter."""
    composer = page.get_by_label("Your message")
    composer.fill(text)
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


def leave(page: Page) -> None:
    """Go to an empty page, for a new conversation."""
    page.get_by_role("link", name="New conversation").first.click()
    expect(page.locator(".message")).to_have_count(0)


def answers(page: Page) -> Locator:
    return page.locator(ANSWER)


def last_answer(page: Page) -> Locator:
    return page.locator(ANSWER).last


def written(page: Page) -> str:
    """The text of the last answer, drawn: until the renderer has come it stands there as it was sent."""
    drawn = last_answer(page).locator(".prose:not(.message__plain)")
    expect(drawn).to_be_visible()
    return drawn.inner_text()


def wait_running(page: Page, text: str = "") -> None:
    """Until the last answer is being written and shows `text`."""
    expect(page.locator(f"{ANSWER}.message--running .prose").last).to_contain_text(text or "A short answer")


def wait_ended(page: Page, count: int = 1) -> None:
    """Until there are so many answers and none is being written."""
    expect(answers(page)).to_have_count(count)
    expect(page.locator(".message--running, .message--pending")).to_have_count(0)
