"""axe finds nothing either on the pages beside the conversations, whatever they have to say."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults, violations
from tests.browser.test_accessibility import AXE, RUSSIAN
from tests.live_server import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESCRIPTION = """(field) => (field.getAttribute("aria-describedby") ?? "").split(" ")
  .map((id) => document.getElementById(id)?.textContent.trim()).filter(Boolean).join(" ")"""


def submit(page, **fields):
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("main [type=submit]").click()


def test_what_is_wrong_with_a_field_is_said_with_it(visit):
    page = visit("/accounts/reauthenticate/", **AXE)
    submit(page, password="wrong")
    problem = page.locator(".field__error")
    expect(problem).to_be_visible()
    assert page.locator("[name=password]").evaluate(DESCRIPTION) == problem.inner_text().strip()


@pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
def test_a_password_is_asked_for_and_changed(visit, locale, check):
    page = visit("/accounts/reauthenticate/", locale=locale, **AXE)
    found = check(page)
    submit(page, password="wrong")
    expect(page.locator(".field__error")).to_be_visible()
    found += check(page)

    page.goto("/accounts/password/change/")
    submit(page, oldpassword="wrong", password1="1", password2="2")
    expect(page.locator(".field--wrong")).not_to_have_count(0)
    found += check(page)

    page = visit("/accounts/login/", user=None, locale=locale, **AXE)
    submit(page, login="bob", password=PASSWORD)
    expect(page.locator("body.chat")).to_be_attached()
    page.goto("/accounts/password/change/")
    submit(page, oldpassword=PASSWORD, password1=PASSWORD, password2=PASSWORD)
    expect(page.locator(".notice--success")).to_be_visible()
    assert found + check(page) == []


@pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
def test_what_is_not_open_to_who_asks(visit, locale, check):
    page = visit("/admin/", locale=locale, **AXE)
    expect(page.locator(".entrance__code")).to_have_text("403")
    found = check(page)
    page.goto("/c/00000000-0000-7000-8000-000000000000/")
    expect(page.locator(".entrance__code")).to_have_text("404")
    assert found + check(page) == []


ADMINISTRATION = (
    "", "chat/connection/", "chat/connection/add/", "chat/user/", "chat/user/add/", "chat/conversation/",
    "chat/generation/", "password_change/",
)  # fmt: skip


@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_the_administration(visit, locale):
    """The pages are Django's; what this site puts on them is looked at with them. They know two themes of their own."""
    page = visit("/admin/", user="admin", locale=locale, **AXE)
    found = []
    for path in ADMINISTRATION:
        page.emulate_media(color_scheme="light")
        page.goto(f"/admin/{path}")
        expect(page.locator("#content")).to_be_visible()
        found += [f"{path}: {fault}" for fault in violations(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{path} dark: {fault}" for fault in violations(page, "color-contrast")]
    assert found == []
