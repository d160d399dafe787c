"""axe finds nothing either in the prompt library, and in what opens on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults, violations
from tests.browser.test_accessibility import AXE, RUSSIAN, listed
from tests.browser.test_refused_saves import refusing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

IN_BOTH = pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
PHONE = {"width": 360, "height": 740, "has_touch": True}
PROMPTS = """
from django.utils import timezone
from chat.models import Prompt, User
alice, now = User.objects.get(username="alice"), timezone.now()
for name, content in {
    "explain": "Explain {{what}} to {{whom}}, with one example from daily life.",
    "proofread-what-i-have-written-before": "Correct spelling and grammar. Keep my words where they are right. " * 4,
}.items():
    Prompt.objects.get_or_create(owner=alice, name=name, defaults=dict(content=content, created_at=now, updated_at=now))
"""


@IN_BOTH
def test_prompts_are_found_written_changed_and_deleted(visit, site, locale, check):
    site.shell(PROMPTS)
    page = visit("/", locale=locale, **AXE)
    field, dialog, options = page.locator(".composer__text"), page.get_by_role("dialog"), page.get_by_role("option")
    field.press_sequentially("/")
    expect(options).to_have_count(3)
    found = check(page)
    field.press_sequentially("expl")
    expect(options).to_have_count(2)
    field.press("Enter")
    expect(page.locator(".prompt-list__hint")).not_to_be_empty()
    found += check(page)
    field.fill("")
    field.press_sequentially("/nothing")
    expect(options).to_have_count(0)
    found += check(page)
    field.fill("")
    field.press_sequentially("/")
    options.last.click()
    expect(dialog.locator(".prompts__item")).to_have_count(2)
    found += check(page)
    dialog.locator(".prompts__item").last.locator("button").first.click()
    expect(dialog.locator("[name=content]")).to_be_visible()
    found += check(page)
    dialog.locator("[name=name]").fill("explain")
    dialog.locator("[type=submit]").click()
    expect(dialog.locator("[aria-invalid=true]")).to_have_count(1)
    found += check(page)
    dialog.locator(".dialog__form .button:not(.button--primary)").click()
    with refusing(page, "DELETE", "prompts/*"):
        dialog.locator(".prompts__item").last.locator("button").last.click()
        expect(dialog.get_by_role("alert")).to_be_visible()
        found += check(page)
    dialog.locator(".prompts__item").last.locator("button").last.click()
    expect(dialog.locator(".prompts__removed")).to_be_visible()
    assert found + check(page) == []


@pytest.mark.parametrize(("locale", "rating", "check"), [("en-US", "up", faults), ("ru-RU", "down", violations)])
def test_what_opens_on_a_phone(visit, rivers, locale, rating, check):
    page = visit(rivers, locale=locale, **PHONE, **AXE)
    dialog = page.get_by_role("dialog")
    page.locator(".topbar__settings").tap()
    expect(dialog).to_be_visible()
    found = check(page)
    page.keyboard.press("Escape")
    page.locator(".topbar__sidebar").tap()
    expect(page.locator(".sidebar__close")).to_be_focused()
    page.locator(".list__more-button").first.tap()
    expect(page.get_by_role("menu")).to_be_visible()
    found += check(page)
    page.keyboard.press("Escape")
    page.locator(".account__name").tap()
    expect(page.locator(".account__ways")).to_be_visible()
    found += check(page)
    for action in ("preferences", "shortcuts"):
        if not page.locator(".account__ways").is_visible():
            page.locator(".account__name").tap()
        page.locator(f"[data-action={action}]").tap()
        expect(dialog).to_be_visible()
        found += check(page)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    page.locator(".sidebar__close").tap()

    answer = page.locator(".message--assistant").first
    for opens, opened in (
        (lambda: listed(page, answer, f"thumb-{rating}"), ".note"),
        (lambda: listed(page, answer, "fork"), ".fork"),
        (lambda: answer.locator(".figures").tap(), ".figures__table"),
        (lambda: page.locator('.message--user [data-way="edit"]').first.tap(), ".editor__text"),
    ):
        opens()
        expect(page.locator(opened).first).to_be_visible()
        found += check(page)
        page.keyboard.press("Escape")
    assert found == []
