"""A person signs in, asks, watches the answer arrive, and finds it again."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, drawn, last_answer, reload, wait_ended, wait_running, words, written
from tests.live_server import PASSWORD

pytestmark = pytest.mark.browser

HELD = '!{"chunks": 60, "delay_ms": 30, "hold_after": 40}'


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_signs_in_and_out(visit, scripts):
    page = visit("/", user=None, java_script_enabled=scripts)
    page.get_by_label("Name or e-mail address").fill("alice")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="What would you like to ask?")).to_be_visible()

    page.locator(".account__name").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_answer_arrives_piece_by_piece(visit, site):
    page = visit("/")

    ask(page, "!slow")

    wait_running(page)
    expect(page.locator(".message--user")).to_contain_text("!slow")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    first = written(page)
    expect(last_answer(page).locator(".prose")).not_to_have_text(first)
    assert page.url.startswith(f"{site.url}/c/")
    page.get_by_role("button", name="Stop").click()
    wait_ended(page)


def test_an_answer_is_drawn_as_what_it_means(visit):
    page = visit("/")

    ask(page, "How does a river find the sea?")
    wait_ended(page)

    answer = last_answer(page)
    expect(answer.get_by_role("heading", name="A short answer")).to_be_visible()
    expect(answer.locator("ol li")).to_have_count(3)
    expect(answer.locator("pre code")).to_contain_text("def flow(height):")
    expect(answer.locator("td.align-right").first).to_have_text("6,650 km")
    expect(answer.locator(".figures")).to_contain_text("scripted-1")
    expect(answer.locator(".figures")).to_contain_text("tokens")


def test_a_reload_shows_the_same(visit):
    page = visit("/")
    ask(page, "How does a river find the sea?")
    wait_ended(page)
    before = written(page)

    reload(page)

    expect(answers(page)).to_have_count(1)
    expect(last_answer(page).locator(".prose")).to_be_visible()
    assert written(page) == before
    expect(page).to_have_title("How does a river find the sea? · Scripta")


def test_a_reload_in_the_middle_goes_on(visit, site):
    page = visit("/")
    ask(page, HELD)
    wait_running(page, "word3")

    reload(page)
    site.upstream.go()

    expect(drawn(page)).to_have_text(words(60))
    wait_ended(page)
    assert site.upstream.last_end() == "completed"


def test_another_tab_shows_the_same_answer(visit, site):
    page = visit("/")
    ask(page, HELD)
    wait_running(page, "word3")
    other = visit(page.url)

    wait_running(other, "word3")
    site.upstream.go()

    for each in (page, other):
        expect(drawn(each)).to_have_text(words(60))
        wait_ended(each)
    expect(other.locator(".list__item--current")).to_have_count(1)


def test_reasoning_is_folded_away(visit):
    page = visit("/")
    ask(page, "!think")
    wait_ended(page)

    reasoning = last_answer(page).locator(".reasoning__text")
    expect(reasoning).not_to_be_visible()
    page.get_by_text("Thought for").click()
    expect(reasoning).to_have_text("First I look at the question. Then I look again.")


def test_thoughts_without_an_answer_are_called_so(visit):
    page = visit("/")
    ask(page, "!muse")
    wait_ended(page)

    answer = last_answer(page)
    expect(answer.locator(".ending__words")).to_have_text("The model thought and did not answer.")
    answer.get_by_text("Thought for").click()
    expect(answer.locator(".reasoning__text")).to_have_text("I look at the question, and at nothing else.")
    expect(answer.locator(".ending").get_by_role("button")).to_have_text(["Retry"])
    plain = visit(page.url, java_script_enabled=False)
    expect(plain.get_by_text("The model thought and did not answer.")).to_be_visible()


def test_the_text_can_be_read_without_javascript(visit):
    page = visit("/")
    ask(page, "How does a river find the sea?")
    wait_ended(page)

    plain = visit(page.url, java_script_enabled=False)

    expect(plain.locator(".message--assistant")).to_contain_text("by *going downhill*")
    expect(plain.get_by_label("Your message")).not_to_be_visible()
