"""A service with many models: they are searched by name and by what they can do, and one that fails says so."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, last_answer, pick, reload, wait_ended
from tests.upstream.threaded import threaded_upstream

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNT = 120
LIBRARY = """
from chat.models import Connection
Connection.objects.create(name="Library", kind="openai_compatible", base_url="{url}/v1", position=50)
"""
REMOVE = "from chat.models import Connection; Connection.objects.filter(name='Library').delete()"
LISTED = [
    {"id": f"model-{number:03}", "context_length": 8192, "capabilities": ["vision"] if number % 40 == 7 else []}
    for number in range(COUNT)
]


@pytest.fixture
def library(site):
    """A service of its own, in the middle of what the site offers."""
    with threaded_upstream() as service:
        service.models = {"data": [*LISTED, {"id": "Ёлка-Été", "capabilities": {"tools": True}}]}
        site.shell(LIBRARY.format(url=service.base_url.removesuffix("/v1")))
        yield service
        site.shell(REMOVE)


def opened(page):
    page.locator(".model-chip__choice").click()
    expect(page.get_by_role("combobox", name="Search models")).to_be_focused()
    return page.get_by_role("option")


def test_models_are_found_by_name_by_ability_and_by_connection(visit, library):
    page = visit("/")
    search = page.get_by_role("combobox", name="Search models")
    options = opened(page)
    assert options.count() < COUNT  # what nobody has looked at is not drawn
    search.fill("library 11")
    expect(options).to_have_count(11)
    assert options.all_inner_texts()[0].startswith("model-011")
    search.fill("VISION library")
    expect(options).to_have_count(3)
    expect(options.first).to_contain_text("model-007")
    expect(options.first).to_contain_text("images")
    expect(options.first).to_contain_text("8K context")
    search.fill("images library")
    expect(options).to_have_count(3)
    search.fill("елка ete")
    expect(options).to_have_count(1)
    expect(options.first).to_contain_text("tools")
    search.fill("nothing of this kind")
    expect(options).to_have_count(0)
    expect(page.get_by_role("dialog", name="Pick a model")).to_contain_text("No model matches.")
    search.fill("model-119")
    search.press("Enter")
    expect(page.locator(".model-chip__choice")).to_contain_text("model-119")
    ask(page, "A question")
    wait_ended(page)
    assert library.answers[-1].body["model"] == "model-119"
    reload(page)
    expect(page.locator(".model-chip__choice")).to_contain_text("model-119")


def test_all_of_them_come_as_the_list_is_gone_through(visit, library):
    page = visit("/")
    options = opened(page)
    last = options.filter(has_text="Ёлка-Été")
    expect(last).to_have_count(0)
    for _ in range(COUNT):
        if last.count():
            break
        page.keyboard.press("PageDown")
    expect(last).to_be_attached()
    last.click()
    expect(page.locator(".model-chip__choice")).to_contain_text("Ёлка-Été")


def test_a_service_that_fails_is_marked_in_the_list_and_at_the_chip(visit, library):
    page = visit("/")
    pick(page, "model-005")
    library.script(status=500)
    ask(page, "A question")
    expect(last_answer(page).locator(".ending")).to_be_visible()
    reload(page)
    expect(page.locator(".model-chip .health-dot--failing")).to_be_visible()
    options = opened(page)
    expect(options.filter(has_text="model-005").locator(".model-option__health--failing")).to_contain_text("since")
    expect(options.filter(has_text="scripted-1").locator(".model-option__health--failing")).to_have_count(0)
    page.keyboard.press("Escape")
    library.script()
    last_answer(page).locator(".ending").get_by_role("button", name="Retry").click()
    wait_ended(page)
    reload(page)
    expect(page.locator(".model-chip .health-dot--failing")).to_have_count(0)
