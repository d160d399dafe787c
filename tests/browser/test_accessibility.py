"""Nobody is shut out: axe finds nothing on any page, in any state, theme or language."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults, violations
from tests.browser.chatting import ask, last_answer, leave, pick, wait_ended, wait_running
from tests.browser.wire import Wire

pytestmark = pytest.mark.browser

# The Russian page has the same elements with other words: `make test-slow` looks at it, and at the rarer states.
LOCALES = ["en-US", pytest.param("ru-RU", marks=pytest.mark.slow)]
RUSSIAN = pytest.param("ru-RU", violations, marks=pytest.mark.slow)
OUTSIDE = """
import json
from django.test import RequestFactory
from django.utils.translation import override
from django.views import csrf, defaults
from django.shortcuts import render
from chat.web.forms import SetupForm
request, error = RequestFactory().get("/"), Exception()
with override({language!r}):
    forms = [SetupForm(), SetupForm({{"username": "a b", "password": "1", "password_again": "2"}})]
    pages = [defaults.bad_request(request, error), defaults.permission_denied(request, error)]
    pages += [csrf.csrf_failure(request), defaults.server_error(request)]
    pages += [render(request, name) for name in ("429.html", "account/account_inactive.html")]
    pages += [render(request, "setup.html", {{"form": form, "token": "t"}}) for form in forms]
print(json.dumps([page.content.decode() for page in pages]))
"""
AXE = {"bypass_csp": True}
"""axe sets styles of its own to measure contrasts."""


@pytest.mark.parametrize("locale", LOCALES)
def test_entrance_pages(visit, site, locale):
    page = visit("/accounts/login/", user=None, locale=locale, **AXE)
    found = faults(page)
    page.locator("[name=login]").fill("nobody")
    page.locator("[name=password]").fill("wrong")
    page.locator("[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    for path in ("/nowhere/", "/offline/"):
        page.goto(path)
        found += faults(page)
    signed_in = visit("/accounts/password/change/", locale=locale, **AXE)
    found += faults(signed_in)
    signed_in.goto("/accounts/logout/")
    assert found + faults(signed_in) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_conversation_and_what_opens_over_it(visit, rivers, locale):
    page = visit(rivers, locale=locale, **AXE)
    expect(page.locator(".message--assistant .prose").first).to_be_visible()
    found = faults(page)

    page.locator(".list__item--current .list__more-button").click()
    expect(page.get_by_role("menu")).to_be_visible()
    found += faults(page)
    page.keyboard.press("Escape")
    for shortcut in ("Control+Comma", "Control+Slash"):
        page.keyboard.press(shortcut)
        expect(page.get_by_role("dialog")).to_be_visible()
        found += faults(page)
        page.keyboard.press("Escape")
    page.locator(".account__name").click()
    assert found + faults(page) == []


def test_a_new_conversation_an_answer_on_its_way_and_a_toast(visit):
    page = visit("/", **AXE)
    found = faults(page)
    ask(page, "!forever")
    wait_running(page)
    found += faults(page)
    page.get_by_role("button", name="Stop").click()
    wait_ended(page)
    page.keyboard.press("Control+Shift+Backspace")
    expect(page.locator(".toast")).to_be_visible()
    assert found + faults(page) == []


def test_a_phone_with_its_list_open(visit, rivers):
    page = visit(rivers, width=360, height=740, has_touch=True, **AXE)
    page.get_by_role("button", name="Conversations").click()
    expect(page.get_by_role("link", name="New conversation").first).to_be_visible()

    assert faults(page) == []


@pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
def test_refusals_failures_and_the_first_start(visit, site, locale, check):
    """None of them can be had from a site that is well and set up."""
    page = visit("/offline/", user=None, locale=locale, **AXE)
    found = []
    for html in json.loads(site.shell(OUTSIDE.format(language=locale[:2]))):
        page.set_content(html)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        found += check(page)
    assert found == []


def listed(page, answer, name):
    """Choose what has this icon from the menu of an answer."""
    answer.hover()
    answer.locator('[data-way="more"]').click()
    expect(page.get_by_role("menu")).to_be_visible()
    page.get_by_role("menuitem").filter(has=page.locator(f'use[href$="#{name}"]')).click()


@pytest.mark.parametrize(
    ("locale", "rating", "check"),
    [("en-US", "up", faults), pytest.param("ru-RU", "down", violations, marks=pytest.mark.slow)],
)
def test_what_opens_at_a_message(visit, rivers, locale, rating, check):
    page = visit(rivers, locale=locale, **AXE)
    answer, question = page.locator(".message--assistant").first, page.locator(".message--user").first
    expect(answer.locator("math")).to_be_visible()  # what is drawn later moves what is being pressed
    expect(answer.locator("code span").first).to_be_attached()
    found = []
    for opens, opened in (
        (lambda: answer.locator(f'[data-way="{rating}"]').click(), ".note"),
        (lambda: answer.locator('[data-way="more"]').click(), ".menu"),
        (lambda: listed(page, answer, "fork"), ".fork"),
        (lambda: listed(page, answer, "models"), ".model-option"),
        (lambda: answer.locator(".figures").click(), ".figures__table"),
        (lambda: question.locator('[data-way="edit"]').click(), ".editor__text"),
    ):
        opens()
        expect(page.locator(opened).first).to_be_visible()
        found += check(page)
        if opened != ".editor__text":
            page.keyboard.press("Escape")
            expect(page.locator(opened)).to_have_count(0)
    page.locator(".editor__text").fill("Put aside")
    page.keyboard.press("Escape")
    expect(page.locator(".toast")).to_be_visible()
    assert found + check(page) == []


@pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
def test_what_opens_at_the_composer(visit, locale, check):
    page = visit("/", locale=locale, **AXE)
    dialog = page.get_by_role("dialog")
    page.locator(".model-chip__choice").click()
    expect(page.get_by_role("option").first).to_be_visible()
    found = check(page)
    page.keyboard.press("Escape")
    page.locator(".topbar__settings").click()
    dialog.locator("[name=temperature]").fill("7")
    dialog.locator("[type=submit]").click()
    expect(dialog.locator("[aria-invalid=true]")).to_have_count(1)
    found += check(page)
    page.keyboard.press("Escape")
    page.locator(".composer__text").press_sequentially("/")
    expect(page.get_by_role("option").first).to_be_visible()
    found += check(page)
    page.get_by_role("option").last.click()
    dialog.locator(".button--primary").click()
    dialog.locator("[type=submit]").click()
    expect(dialog.locator("[aria-invalid=true]")).to_have_count(2)
    found += check(page)
    page.keyboard.press("Escape")
    page.locator(".topbar__temporary").click()
    expect(page.locator(".temporary__words")).to_be_visible()
    assert found + check(page) == []


@pytest.mark.slow
def test_columns_on_their_way_and_what_waits_behind_them(visit):
    page = visit("/", **AXE)
    pick(page, "scripted-2", column=1)
    ask(page, "!forever")
    wait_running(page)
    found = faults(page)
    ask(page, "Afterwards")
    expect(page.locator(".queue__item")).to_have_count(1)
    found += faults(page)
    page.get_by_role("button", name="Edit the waiting message").click()
    found += violations(page)
    page.keyboard.press("Escape")
    page.locator(".composer__stop").click()
    wait_ended(page, 2)
    expect(page.locator(".queue__state--waits")).to_be_visible()
    expect(last_answer(page).locator(".ending")).to_be_visible()
    found += faults(page)
    page.get_by_role("button", name="Delete the waiting message").click()
    expect(page.locator(".toast")).to_be_visible()
    assert found + violations(page) == []


def test_without_javascript(visit, rivers):
    """axe itself needs scripts: the same HTML is given to a page that has them, and none of the site's."""
    html = visit(rivers, java_script_enabled=False).content()
    page = visit("/offline/", user=None, **AXE)
    page.route("**/js/**", lambda route: route.abort())
    page.set_content(html)

    assert faults(page) == []


DRAWN = """Look:

```mermaid
flowchart LR
  A[River] --> B[Sea]
```

Rivers end in the sea[^1].

[^1]: Or in a lake.
"""


@pytest.mark.slow
def test_what_an_answer_draws_and_what_goes_wrong_around_it(visit):
    page = visit("/offline/", **AXE)
    wire = Wire(page)
    page.goto("/")
    expect(page.locator(".model-chip__choice")).to_be_visible()
    ask(page, "!" + json.dumps({"text": DRAWN}))
    wait_ended(page)
    expect(page.locator(".code__diagram")).to_be_visible(timeout=15_000)
    found = faults(page)

    wire.refuse_next("message.send")
    ask(page, "Refused")
    expect(page.locator(".notice-line")).to_be_visible()
    found += faults(page)

    page.locator(".list__item--current .list__more-button").click()
    page.get_by_role("menuitem", name="Rename").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += faults(page)
    page.keyboard.press("Escape")

    leave(page)
    wire.refuse_next("conversation.open", times=9)
    page.locator(".list__link").first.click()
    expect(page.locator(".failure__title")).to_be_visible(timeout=30_000)
    found += faults(page)

    wire.is_down = True
    wire.cut()
    expect(page.locator(".banner__line")).to_be_visible()
    found += faults(page)
    page.evaluate("""() => {
      Object.defineProperty(navigator, "onLine", { get: () => false });
      dispatchEvent(new Event("offline"));
    }""")
    expect(page.locator(".banner__line")).to_contain_text("You are offline")
    assert found + violations(page) == []


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("document.querySelector('.topbar__sidebar').before(document.createElement('button'))", "button-name"),
        ("document.querySelector('.account__label').style.color = '#ccc'", "color-contrast"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ],
)
def test_a_planted_fault_is_found(visit, rivers, planted, rule):
    page = visit(rivers, **AXE)
    expect(page.locator(".list__more-button").first).to_be_attached()
    colour = (
        "document.querySelector('.list__link').animate([{ color: '#ccc' }, { color: '#ccc' }], { fill: 'forwards' })"
    )
    page.evaluate(f"() => {{ const button = document.querySelector('.topbar__settings'); {planted}; {colour}; }}")

    assert [fault for fault in violations(page) if fault.startswith(rule)]
