"""A model that is gone: what was written for it goes to no other until somebody says so."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, pick, reload, wait_ended

pytestmark = pytest.mark.browser

PRIVATE = """
from chat.models import Connection
Connection.objects.create(name="Private", kind="openai_compatible", base_url="{url}/v1",
                          model_ids=["secret-1"], position=50)
"""
GONE = "secret-1 is not available; pick another."


@pytest.fixture
def page(visit, site):
    """A conversation with a model of a connection of its own."""
    site.shell(PRIVATE.format(url=site.upstream.url))
    page = visit("/")
    pick(page, "secret-1")
    ask(page, "A private matter")
    wait_ended(page)
    yield page
    remove(site)


def picker(page):
    return page.locator(".model-chip__choice")


def remove(site):
    site.shell("from chat.models import Connection; Connection.objects.filter(name='Private').delete()")


def send(page):
    return page.get_by_role("button", name="Send")


def test_a_lost_model_is_replaced_by_none_until_one_is_picked(page, site):
    remove(site)
    asked = len(site.upstream.log())
    reload(page)

    expect(page.locator(".composer__count")).to_have_text(GONE)
    expect(picker(page)).to_have_text("Pick a model")
    page.get_by_label("Your message").fill("More of it")
    page.get_by_label("Your message").press("Enter")
    expect(send(page)).to_be_disabled()
    expect(page.get_by_label("Your message")).to_have_value("More of it")
    assert len(site.upstream.log()) == asked

    pick(page, "scripted-1")
    expect(page.locator(".composer__count")).to_have_text("")
    send(page).click()
    wait_ended(page, 2)
    assert site.upstream.log()[-1]["body"]["messages"][-1]["content"] == "More of it"


def test_a_model_that_goes_while_the_page_is_open_costs_no_text(page, site):
    remove(site)
    asked = len(site.upstream.log())
    ask(page, "More of it")

    expect(page.locator(".notice-line")).to_contain_text("This model is not available any more. Pick another one.")
    expect(page.get_by_label("Your message")).to_have_value("More of it")
    expect(page.locator(".composer__count")).to_have_text(GONE)
    expect(send(page)).to_be_disabled()
    assert len(site.upstream.log()) == asked
