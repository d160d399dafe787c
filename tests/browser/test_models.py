"""A model that is gone: what was written for it goes to no other until somebody says so."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, pick, reload, wait_ended, wait_running

pytestmark = pytest.mark.browser

PRIVATE = """
from chat.models import Connection
Connection.objects.create(name="Private", kind="openai_compatible", base_url="{url}/v1",
                          model_ids=["secret-1"], position=50)
"""
GONE = "secret-1 is not available; pick another."
CHANGE = "from chat.models import Connection; Connection.objects.filter(name='Private').update({})"
BACK_LATER = """
from datetime import timedelta
from django.db.models import F
from chat.models import Generation
Generation.objects.update(ended_at=F("ended_at") - timedelta(hours=1))  # nothing tries it by itself any more
"""
RUNS = '!{"chunks": 60, "hold_after": 20}'


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


def test_a_waiting_message_says_that_its_model_is_gone_and_goes_out_when_that_is_back(page, site):
    ask(page, RUNS)
    wait_running(page, "word5")
    ask(page, "Afterwards")
    state = page.locator(".queue__state")
    expect(state).to_have_text("Goes out when the answer is complete")
    site.shell(CHANGE.format("enabled=False"))
    site.upstream.go()

    gone = "Waits: This model is not available any more. Pick another one."
    expect(page.locator(".queue__item").locator(state)).to_have_text(gone)
    reload(page)
    expect(state).to_have_text(gone)

    site.shell(BACK_LATER + CHANGE.format("enabled=True"))
    page.get_by_role("button", name="Send now").click()
    wait_ended(page, 3)
    expect(state).to_have_count(0)
    assert site.upstream.log()[-1]["body"]["messages"][-1]["content"] == "Afterwards"


def test_what_is_too_long_to_wait_for_a_model_is_refused_where_it_was_written(page, site):
    site.shell(CHANGE.format("context_size=400"))
    ask(page, RUNS)
    wait_running(page, "word5")
    long, told = "x" * 1_900, page.locator(".notice-line")
    ask(page, long)
    expect(told).to_contain_text("The message has 1,900 characters; secret-1 has room for about")
    expect(page.get_by_label("Your message")).to_have_value(long)

    ask(page, "Short")
    waiting, field = page.locator(".queue__item"), page.get_by_label("Waiting message", exact=True)
    expect(told).to_have_count(0)
    waiting.get_by_role("button", name="Edit the waiting message").click()
    field.fill(long)
    field.press("Enter")
    expect(told).to_contain_text("The message has 1,900 characters")
    expect(field).to_have_value(long)
    field.press("Escape")
    expect(waiting).to_contain_text("Short")
    site.upstream.go()
    wait_ended(page, 3)
