"""What a person does with single messages, and with the answers of several models."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import (
    ANSWER,
    ask,
    drawn,
    edit,
    last_answer,
    leave,
    menu,
    reload,
    wait_ended,
    words,
)

pytestmark = pytest.mark.browser

ASKED = "How does a river find the sea?"
SEND_TO_BOTH = """async ({content}) => {
    const {items} = await (await fetch("/api/models")).json();
    const choices = items.filter(({connection}) => connection === "Scripted").slice(0, 2);
    document.dispatchEvent(new CustomEvent("scripta:send", {detail: {content, choices}}));
}"""


def asked(visit):
    page = visit("/")
    ask(page, ASKED)
    wait_ended(page)
    expect(drawn(page)).to_be_visible()  # what is drawn late moves what stands below it away from the pointer
    return page


def test_save_changes_the_words_in_place_in_every_tab(visit):
    page = asked(visit)
    other = visit(page.url)
    question = page.locator(".message--user")
    question.hover()
    question.get_by_role("button", name="Edit").click()
    question.get_by_label("Edit", exact=True).and_(page.locator("textarea")).fill("How does rain find the river?")
    page.keyboard.press("Control+s")

    for each in (page, other):
        expect(each.locator(".message--user .question")).to_have_text("How does rain find the river?")
        expect(each.locator(".message--user .message-bar__mark")).to_have_text("edited")
        expect(each.locator(ANSWER)).to_have_count(1)
    reload(page)
    expect(page.locator(".message--user .message-bar__mark")).to_have_text("edited")


@pytest.mark.slow
def test_an_answer_is_put_in_other_words_and_the_model_reads_these(visit, site):
    page = asked(visit)
    answer = last_answer(page)
    menu(page, answer, "Edit")
    editor = answer.get_by_label("Edit", exact=True).and_(page.locator("textarea"))
    expect(editor.locator("xpath=..").get_by_role("button")).to_have_text(["Cancel", "Save"])
    editor.fill("By **going down**.")
    editor.press("Control+s")
    expect(drawn(page).locator("strong")).to_have_text("going down")
    expect(answer.locator(".message-bar__mark")).to_have_text("edited")
    reload(page)
    expect(drawn(page)).to_have_text("By going down.")
    ask(page, "And then?")
    wait_ended(page, 2)
    assert [message["content"] for message in site.upstream.log()[-1]["body"]["messages"]][-2:] == [
        "By **going down**.",
        "And then?",
    ]


def test_an_edit_that_was_left_can_be_taken_up_again(visit):
    page = asked(visit)
    question = page.locator(".message--user")
    question.hover()
    question.get_by_role("button", name="Edit").click()
    page.locator("textarea.editor__text").fill("A better question")
    page.keyboard.press("Escape")
    expect(question.get_by_role("button", name="Edit")).to_be_focused()

    page.get_by_role("button", name="Go on editing").click()
    expect(page.locator("textarea.editor__text")).to_have_value("A better question")


def test_a_message_is_deleted_and_comes_back(visit):
    page = asked(visit)
    other = visit(page.url)
    expect(other.locator(ANSWER)).to_have_count(1)
    menu(page, last_answer(page), "Delete")
    for each in (page, other):
        expect(each.locator(ANSWER)).to_have_count(0)

    page.get_by_role("button", name="Undo").click()
    for each in (page, other):
        expect(each.locator(f"{ANSWER} .prose")).to_contain_text("A short answer")


def test_a_conversation_forks_from_a_message(visit):
    page = asked(visit)
    before = page.url
    edit(page, "Another wording")
    wait_ended(page)
    menu(page, last_answer(page), "New conversation from here")
    page.get_by_role("button", name="With other versions").click()

    page.wait_for_url(lambda url: url != before)
    expect(page.locator(".message--user .question")).to_have_text("Another wording")
    expect(page.locator(".message--user .siblings__count")).to_have_text("2/2")
    expect(page.locator(f"{ANSWER} .prose")).to_contain_text("A short answer")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scope", "questions"),
    [("Up to here The messages", ["1/1"]), ("With other versions", ["2/2"]), ("Everything", ["2/2", "1/1"])],
)
def test_a_fork_has_what_was_asked_for(visit, scope, questions):
    page = asked(visit)
    before = page.url
    edit(page, "Another wording")
    wait_ended(page)
    ask(page, "And then?")
    wait_ended(page, 2)
    menu(page, page.locator(ANSWER).first, "New conversation from here")
    page.get_by_role("button", name=scope).click()
    page.wait_for_url(lambda url: url != before)

    asked_here = page.locator(".message--user")
    expect(asked_here).to_have_count(len(questions))
    expect(asked_here.first.locator(".question")).to_have_text("Another wording")
    for question, versions in zip(asked_here.all(), questions, strict=True):
        count = question.locator(".siblings__count")
        expect(count).to_have_text(versions) if versions != "1/1" else expect(count).to_have_count(0)
    wait_ended(page, len(questions))
    page.goto(before)
    expect(asked_here).to_have_count(2)


def test_a_rating_and_its_note_are_kept(visit):
    page = asked(visit)
    answer = last_answer(page)
    answer.get_by_role("button", name="Bad answer").click()
    page.get_by_label("Your note").and_(page.locator("textarea")).fill("Rivers do not think.")
    page.get_by_role("button", name="Save").click()
    expect(answer.get_by_role("button", name="Bad answer")).to_have_attribute("aria-pressed", "true")

    reload(page)
    rated = last_answer(page).get_by_role("button", name="Bad answer")
    expect(rated).to_have_attribute("aria-pressed", "true")
    expect(rated).to_have_attribute("title", "Bad answer: Rivers do not think.")
    rated.click()
    expect(rated).to_have_attribute("aria-pressed", "false")
    expect(rated).to_have_attribute("title", "Bad answer")


def test_a_rating_that_is_refused_says_so_and_asks_for_no_note(visit):
    page = asked(visit)
    page.route("**/feedback", lambda route: route.abort())
    answer = last_answer(page)
    answer.get_by_role("button", name="Good answer").click()
    expect(page.locator(".toast")).to_contain_text("The rating is not saved. The server could not be reached.")
    expect(page.locator(".note")).to_have_count(0)

    page.unroute("**/feedback")
    page.get_by_role("button", name="Try again").click()
    expect(answer.get_by_role("button", name="Good answer")).to_have_attribute("aria-pressed", "true")


def test_a_press_keeps_the_figures_that_the_pointer_opened_and_the_next_closes_them(visit):
    page = asked(visit)
    line, panel = last_answer(page).locator(".figures"), page.locator(".figures-panel")
    line.hover()
    expect(panel).to_be_visible()
    line.click()
    expect(panel).to_be_focused()
    line.click()
    expect(panel).to_have_count(0)
    expect(line).to_be_focused()


def test_an_answer_is_tried_again_with_another_model(visit):
    page = asked(visit)
    menu(page, last_answer(page), "Retry with another model")
    page.get_by_role("option", name="scripted-2").click()

    wait_ended(page)
    expect(last_answer(page).locator(".siblings__count")).to_have_text("2/2")
    expect(last_answer(page).locator(".figures")).to_contain_text("scripted-2")
    page.keyboard.press("Escape")
    last_answer(page).get_by_role("button", name="Previous version").focus()
    page.keyboard.press("ArrowLeft")
    expect(last_answer(page).locator(".figures")).to_contain_text("scripted-1")
    expect(last_answer(page).get_by_role("button", name="Previous version")).to_be_focused()


def test_two_models_answer_side_by_side_and_one_is_gone_on_with(visit, site):
    page = visit("/")
    page.evaluate(SEND_TO_BOTH, {"content": '!{"chunks": 60, "delay_ms": 20, "hold_after": 40}'})
    columns = page.locator(f".turn--columns {ANSWER}")
    expect(columns).to_have_count(2)
    for number in (0, 1):
        expect(columns.nth(number).locator(".prose")).to_contain_text("word3")
    expect(page.locator(".message--running")).to_have_count(2)
    left, right = (column.bounding_box() for column in columns.all())
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    columns.nth(1).get_by_role("button", name="Stop").click()
    expect(columns.nth(1).locator(".ending")).to_contain_text("Stopped")
    site.upstream.go()
    wait_ended(page, 2)
    expect(columns.first.locator(".prose")).to_have_text(words(60))
    expect(columns.nth(1).locator(".prose")).not_to_contain_text("word40")

    columns.nth(1).get_by_role("button", name="Continue with this answer").click()
    expect(columns.nth(1)).to_contain_text("Goes on here")
    ask(page, "And then?")
    wait_ended(page, 3)
    reload(page)
    expect(page.locator(ANSWER)).to_have_count(3)
    expect(columns.nth(1)).to_contain_text("Goes on here")
    expect(columns.first).not_to_contain_text("Goes on here")


def test_a_conversation_that_cannot_be_opened_is_tried_again(page, wire):
    ask(page, "Hello")
    wait_ended(page)
    address = page.url
    leave(page)
    wire.refuse_next("conversation.open", times=6)
    page.locator(f'.list__link[href="{urlsplit(address).path}"]').click()

    failure = page.locator(".thread__failure")
    expect(failure).to_contain_text("Something went wrong on this server", timeout=30_000)
    failure.get_by_role("button", name="Try again").click()
    expect(page.locator(ANSWER)).to_have_count(1)
    expect(failure).not_to_be_visible()
