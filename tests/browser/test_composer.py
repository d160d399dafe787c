"""What stands around the text: drafts, prompts, instructions, the queue, columns, the temporary chat."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, drawn, last_answer, pick, reload, wait_ended, wait_running, words

pytestmark = pytest.mark.browser

WAITING = ".queue__item:not(.queue__item--coming)"


def text(page):
    return page.get_by_label("Your message")


def saved(page, content):
    """The next draft of this text that the server has taken."""

    def is_taken(response):
        asked = response.request
        is_draft = response.url.endswith("/draft") and asked.method == "POST"
        return is_draft and asked.post_data_json["content"] == content

    return page.expect_response(is_taken)


def asked_last(site):
    """The questions of the last request to the service."""
    return [message["content"] for message in site.upstream.log()[-1]["body"]["messages"] if message["role"] == "user"]


def test_up_in_an_empty_field_changes_the_last_question(page):
    ask(page, "The first wording")
    wait_ended(page)
    text(page).press("ArrowUp")
    editor = page.get_by_label("Edit", exact=True).and_(page.locator("textarea"))
    expect(editor).to_be_focused()
    expect(editor).to_have_value("The first wording")
    editor.press("Escape")
    expect(editor).to_have_count(0)


def test_a_draft_is_on_every_device_until_it_is_sent(page, visit):
    ask(page, "A first question")
    wait_ended(page)
    other = visit(page.url)
    with saved(page, "Half a thought"):
        text(page).fill("Half a thought")
    expect(text(other)).to_have_value("Half a thought")

    text(other).fill("Another thought")
    with saved(page, "Half a thought, and more"):
        text(page).fill("Half a thought, and more")
    expect(text(other)).to_have_value("Another thought")

    reload(page)
    expect(text(page)).to_have_value(re.compile("Half a thought, and more|Another thought"))
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    with saved(page, ""):
        text(page).press("Enter")
    wait_ended(page, 2)
    later = visit(page.url)
    expect(answers(later)).to_have_count(2)
    expect(later.locator(".model-chip__choice")).to_be_visible()
    expect(text(later)).to_have_value("")


def test_a_draft_of_a_new_conversation_survives_a_closed_page(visit):
    page = visit("/")
    expect(page.locator(".model-chip__choice")).to_be_visible()
    with saved(page, "Not sent yet"):
        text(page).fill("Not sent yet")
    other = visit("/")
    expect(text(other)).to_have_value("Not sent yet")
    with saved(other, ""):
        text(other).fill("")


def test_a_prompt_is_written_found_and_filled_in(page, site):
    text(page).press_sequentially("/")
    page.get_by_role("option", name="Write and change prompts").click()
    page.get_by_role("button", name="New prompt").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Give it a name.")).to_be_visible()
    page.get_by_label("Name").fill("explain")
    page.get_by_label("Text", exact=True).fill("Explain {{what}} to {{whom}}")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".prompts__item")).to_have_count(1)
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".prompts-panel")).to_have_count(0)

    text(page).press_sequentially("/exp")
    expect(page.get_by_role("option", name="explain")).to_be_visible()
    text(page).press("Enter")
    text(page).press_sequentially("tides")
    text(page).press("Tab")
    text(page).press_sequentially("a child")
    text(page).press("Enter")
    wait_ended(page)
    assert site.upstream.log()[-1]["body"]["messages"][-1]["content"] == "Explain tides to a child"


def test_instructions_go_out_with_the_first_message_and_are_kept(page, site):
    settings = page.get_by_role("button", name="Instructions and parameters")
    settings.click()
    page.get_by_label("System prompt").fill("Answer in verse.")
    page.get_by_label("Temperature").fill("7")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("A number from 0 to 2.")).to_be_visible()
    page.get_by_label("Temperature").fill("0.4")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".settings-panel")).to_have_count(0)
    ask(page, "Why is the sky blue?")
    wait_ended(page)
    asked = site.upstream.log()[-1]["body"]
    assert asked["messages"][0] == {"role": "system", "content": "Answer in verse."}
    assert asked["temperature"] == 0.4

    reload(page)
    settings.click()
    expect(page.get_by_label("System prompt")).to_have_value("Answer in verse.")
    page.get_by_role("button", name="Clear all").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".settings-panel")).to_have_count(0)
    ask(page, "And now?")
    wait_ended(page, 2)
    asked = site.upstream.log()[-1]["body"]
    assert asked["messages"][0]["role"] == "user"
    assert "temperature" not in asked


def test_messages_wait_for_the_answer_in_their_order(page, site):
    ask(page, '!{"chunks": 80, "delay_ms": 20, "hold_after": 20}')
    wait_running(page, "word1")
    ask(page, "Second")
    waiting = page.locator(WAITING)
    expect(waiting).to_have_count(1)
    ask(page, "Third")
    expect(waiting).to_have_count(2)
    expect(page.get_by_role("button", name="Stop").last).to_be_enabled()
    waiting.first.get_by_role("button", name="Edit the waiting message").click()
    page.get_by_label("Waiting message", exact=True).fill("Second, in other words")
    page.get_by_label("Waiting message", exact=True).press("Enter")
    expect(waiting.first).to_contain_text("Second, in other words")
    site.upstream.go()

    expect(answers(page)).to_have_count(3)
    wait_ended(page, 3)
    expect(waiting).to_have_count(0)
    assert asked_last(site)[1:] == ["Second, in other words", "Third"]


def test_after_a_stop_the_queue_waits_until_it_is_told(page):
    ask(page, "!forever")
    wait_running(page)
    ask(page, "Afterwards")
    waiting = page.locator(WAITING)
    expect(waiting).to_have_count(1)
    page.locator(".composer__stop").click()
    expect(page.locator(".queue__state")).to_have_text("Waits: the answer was stopped")
    reload(page)
    expect(waiting).to_have_count(1)
    waiting.get_by_role("button", name="Send now").click()
    wait_ended(page, 2)
    expect(waiting).to_have_count(0)


@pytest.mark.slow
def test_a_waiting_message_that_is_sent_now_stops_the_answer(page, site):
    ask(page, "!forever")
    wait_running(page)
    ask(page, "Rather this")
    ask(page, "And this")
    waiting = page.locator(WAITING)
    expect(waiting).to_have_count(2)
    waiting.last.get_by_role("button", name="Send now").click()
    wait_ended(page, 3)
    expect(waiting).to_have_count(0)
    expect(answers(page).first.locator(".ending--stopped")).to_be_visible()
    assert asked_last(site)[1:] == ["And this", "Rather this"]


def test_a_waiting_message_that_is_deleted_can_be_put_back(page):
    ask(page, "!forever")
    wait_running(page)
    ask(page, "Perhaps not")
    page.get_by_role("button", name="Delete the waiting message").click()
    expect(page.locator(".queue__item")).to_have_count(0)
    page.get_by_role("button", name="Put it back").click()
    expect(text(page)).to_have_value("Perhaps not")
    page.locator(".composer__stop").click()
    wait_ended(page)


def test_two_models_answer_side_by_side_and_are_remembered(page, site):
    pick(page, "scripted-2", column=1)
    ask(page, "Both of you")
    wait_ended(page, 2)
    assert {entry["body"]["model"] for entry in site.upstream.log()[-2:]} == {"scripted-1", "scripted-2"}
    chips = page.locator(".model-chip__label")
    reload(page)
    expect(chips).to_have_text(["scripted-1", "scripted-2"])
    page.locator(".model-chip__choice").nth(1).press("Delete")
    expect(chips).to_have_text(["scripted-1"])


def test_a_temporary_chat_leaves_nothing_behind(page, site):
    page.get_by_role("button", name="Temporary chat").click()
    expect(page.locator(".temporary")).to_contain_text("Nothing of it is kept")
    ask(page, "A secret")
    wait_ended(page)
    assert page.url == f"{site.url}/"
    expect(page.locator(".list__item", has_text="A secret")).to_have_count(0)
    more = '!{"chunks": 30, "hold_after": 20}'
    ask(page, more)
    wait_running(page, "word5")
    site.upstream.go()
    wait_ended(page, 2)
    assert asked_last(site) == ["A secret", more]

    last_answer(page).hover()
    last_answer(page).get_by_role("button", name="Retry", exact=True).click()
    wait_running(page, "word5")
    assert asked_last(site) == ["A secret", more]
    site.upstream.go()
    wait_ended(page, 2)

    page.get_by_role("link", name="New conversation").first.click()
    page.get_by_role("button", name="Stay").click()
    expect(answers(page)).to_have_count(2)
    page.get_by_role("link", name="New conversation").first.click()
    page.get_by_role("button", name="Leave").click()
    expect(page.locator(".message")).to_have_count(0)
    count = "from chat.models import Message; print(Message.objects.filter(content__contains='secret').count())"
    assert site.shell(count) == "0"


def test_a_cut_temporary_chat_goes_on_where_it_was(page, wire, site):
    page.get_by_role("button", name="Temporary chat").click()
    ask(page, '!{"chunks": 60, "delay_ms": 30, "hold_after": 40}')
    wait_running(page, "word3")
    wire.cut()
    wire.wait_for(lambda: wire.sockets == 2)
    site.upstream.go()
    expect(drawn(page)).to_have_text(words(60))
    wait_ended(page)
    page.get_by_role("link", name="New conversation").first.click()
    page.get_by_role("button", name="Leave").click()


def test_what_is_sent_offline_goes_out_once(page, wire, site):
    before = len(site.upstream.log())
    wire.is_down = True
    wire.cut()
    ask(page, "Written in a tunnel")
    text(page).fill("And then")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    wire.restore()
    wait_ended(page)
    expect(text(page)).to_have_value("And then")
    assert len(site.upstream.log()) == before + 1
