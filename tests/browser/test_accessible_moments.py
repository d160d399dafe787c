"""axe finds nothing either in what is seen for a moment, seldom, or by few."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.chatting import ANSWER, listens, wait_ended
from tests.browser.test_accessibility import AXE, DRAWN, RUSSIAN
from tests.browser.test_accessible_failures import IN_BOTH
from tests.browser.test_refused_saves import refusing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

THINKING = {"reasoning": "First I look at the question. Then I look again.", "hold_after": 0}
CODE = "\n```python\nlong = " + " + ".join(f"word_{number}" for number in range(60)) + "\n```\n"
LEAVING = """
from chat.models import Connection
scripted = Connection.objects.get(name="Scripted")
scripted.pk, scripted.name, scripted.model_ids, scripted.position = None, "Workshop", ["workshop-1"], 40
scripted.save(force_insert=True)
"""
LEAVES = "from chat.models import Connection; Connection.objects.filter(name='Workshop').delete()"


def send(page, text):
    page.locator(".composer__text").fill(text)
    page.locator(".composer__text").press("Enter")


@IN_BOTH
def test_an_answer_that_still_thinks_and_who_reads_along(visit, site, locale, check):
    page = visit("/", locale=locale, **AXE)
    send(page, "!" + json.dumps(THINKING))
    summary = page.locator(".reasoning--running .reasoning__summary")
    expect(summary).to_be_visible()
    found = check(page)
    summary.click()
    expect(page.locator(".reasoning__text")).to_contain_text("look again.")
    expect(summary).to_contain_text("…")
    found += check(page)
    site.upstream.go()
    wait_ended(page)
    expect(page.locator(".reasoning__text")).to_be_visible()
    assert found + check(page) == []


@IN_BOTH
def test_the_source_of_a_diagram_and_code_that_is_wrapped(visit, locale, check):
    page = visit("/", locale=locale, **AXE)
    send(page, "!" + json.dumps({"text": DRAWN + CODE}))
    wait_ended(page)
    expect(page.locator(".code__diagram")).to_be_visible(timeout=30_000)
    diagram = page.locator(f"{ANSWER} .code--diagram")
    diagram.locator("[aria-pressed]").first.click()
    expect(diagram.locator("pre")).to_be_visible()
    page.locator(".code__wrap").last.click()
    expect(page.locator("html.wraps-code")).to_be_attached()
    assert check(page) == []


@IN_BOTH
def test_a_conversation_that_is_deleted_in_another_tab(visit, locale, check):
    page = visit("/", locale=locale, **AXE)
    send(page, "A question")
    wait_ended(page)
    page.locator(".composer__text").fill("What is being written there")
    other = visit(page.url, locale=locale)
    other.keyboard.press("Control+Shift+Backspace")
    expect(page.locator(".notice-line")).not_to_have_count(0)
    expect(page.locator(".notice-line__text")).to_be_visible()
    assert check(page) == []


@IN_BOTH
def test_what_waits_for_a_model_that_is_gone_when_its_turn_comes(visit, site, locale, check):
    site.shell(LEAVING)
    page = visit("/", locale=locale, **AXE)
    page.locator(".model-chip__choice").click()
    page.get_by_role("option", name="workshop-1").click()
    expect(page.locator(".model-chip__choice")).to_contain_text("workshop-1")
    send(page, '!{"chunks": 60, "hold_after": 30}')
    expect(page.locator(f"{ANSWER}.message--running .prose")).to_contain_text("word5")
    send(page, "Afterwards")
    expect(page.locator(".queue__item")).to_have_count(1)
    site.shell(LEAVES)
    site.upstream.go()
    expect(page.locator(".queue__item .queue__state--waits")).to_be_visible()
    found = check(page)
    page.reload()
    listens(page)
    expect(page.locator(".composer__count--over")).to_be_visible()
    assert found + check(page) == []


@IN_BOTH
def test_notifications_that_the_browser_refuses_and_a_preference_that_is_not_kept(visit, locale, check):
    page = visit("/", locale=locale, permissions=["clipboard-read"], **AXE)  # and no other
    page.keyboard.press("Control+Comma")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("switch").last.click()
    expect(dialog.locator(".switch__problem")).not_to_be_empty()
    found = check(page)
    with refusing(page, "PATCH", "preferences"):
        dialog.locator("[value=large]").check(force=True)
        expect(dialog.get_by_role("alert").filter(has_text=".")).to_be_visible()
        found += check(page)
    assert found == []


@pytest.mark.parametrize(("locale", "check"), [("en-US", faults), RUSSIAN])
def test_large_text(visit, rivers, locale, check):
    page = visit(rivers, locale=locale, **AXE)
    page.keyboard.press("Control+Comma")
    with page.expect_response("**/api/preferences"):
        page.locator("[value=large]").check()
    expect(page.locator("html[data-text-size=large]")).to_be_attached()
    found = check(page)
    page.keyboard.press("Escape")
    found += check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert found + check(page) == []


@IN_BOTH
def test_earlier_messages_and_conversations_without_scripts(visit, long_one, locale, check):
    """axe itself needs scripts: the same HTML is given to a page that has them, and none of the site's."""
    shown = visit("/offline/", user=None, locale=locale, **AXE)
    shown.route("**/js/**", lambda route: route.abort())
    found = []
    for user, path, way in [("alice", long_one, ".thread__older a"), ("bob", "/", ".list__more a")]:
        page = visit(path, user=user, locale=locale, java_script_enabled=False)
        address = page.url
        page.locator(way).click()
        page.wait_for_url(lambda url, address=address: url != address)
        shown.set_content(page.content())
        expect(shown.get_by_role("heading", level=1)).to_be_visible()
        found += check(shown)
    assert found == []
