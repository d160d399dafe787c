"""The socket breaks at bad moments: nothing that was written or asked is lost, and nothing is there twice."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, drawn, reload, wait_ended, wait_running, words, written

pytestmark = pytest.mark.browser

WORDS = words(80)
ASKING = '!{"chunks": 80, "delay_ms": 30, "hold_after": 60}'


def questions(page):
    return page.locator(".message--user .message__body")


def test_an_answer_that_is_cut_again_and_again_is_whole(page, wire, site):
    ask(page, ASKING)
    for count, word in enumerate(("word5", "word20", "word40"), start=1):
        wait_running(page, word)
        wire.cut()
        wire.wait_for(lambda count=count: len(wire.of("conversation.open")) == count)
    site.upstream.go()

    expect(drawn(page)).to_have_text(WORDS)
    wait_ended(page)
    assert wire.sockets == 4
    resumed = [command["positions"] for command in wire.of("conversation.open")]
    assert all(position > 0 for positions in resumed for position in positions.values())
    assert [len(positions) for positions in resumed] == [1, 1, 1]
    reload(page)
    expect(drawn(page)).to_have_text(WORDS)


def test_an_answer_that_ends_while_nobody_hears_is_whole(page, wire, site):
    ask(page, ASKING)
    wait_running(page, "word5")
    wire.is_down = True
    wire.cut()
    site.upstream.go()
    assert site.upstream.last_end() == "completed"
    wire.restore()

    expect(drawn(page)).to_have_text(WORDS)
    wait_ended(page)


def test_a_message_written_while_cut_off_is_sent_once(page, wire):
    ask(page, "How does a river find the sea?")
    wait_ended(page)
    wire.is_down = True
    wire.cut()
    expect(page.locator(".banner__line")).to_contain_text("The connection is interrupted")

    ask(page, "And the rain?")
    expect(page.locator(".message--pending")).to_contain_text("And the rain?")
    wire.restore()

    wait_ended(page, 2)
    expect(questions(page)).to_have_text(["How does a river find the sea?", "And the rain?"])
    expect(page.locator(".banner__line")).to_have_count(0)
    reload(page)
    expect(questions(page)).to_have_text(["How does a river find the sea?", "And the rain?"])


def test_a_message_whose_confirmation_is_lost_is_there_once(page, wire, site):
    def cut_before(event):
        if event["type"] == "message.created":
            wire.on_event = lambda _: None
            wire.cut()
            return False
        return None

    wire.on_event = cut_before
    ask(page, ASKING)
    wait_running(page, "word20")
    first, second = wire.of("message.send")
    assert first == second
    site.upstream.go()
    expect(drawn(page)).to_have_text(WORDS)
    wait_ended(page)

    expect(questions(page)).to_have_count(1)
    expect(page.locator(".siblings")).to_have_count(0)
    expect(page.locator(".list__link", has_text="chunks").first).to_be_visible()


def test_a_confirmation_that_comes_again_takes_no_text_away(page, wire, site):
    """In a conversation that exists the answer has grown, and the page shows it, before the question is confirmed."""
    ask(page, "How does a river find the sea?")
    wait_ended(page)

    def lose(event):
        if event["type"] in ("message.created", "generation.started", "generation.delta"):
            if event["type"] == "generation.delta" and event["to"] > 60:
                wire.on_event = lambda _: None
                wire.cut()
            return False
        return None

    wire.on_event = lose
    ask(page, ASKING)
    wait_running(page, "word20")
    assert written(page).startswith("word0 word1 word2 ")
    site.upstream.go()
    expect(drawn(page)).to_have_text(WORDS)
    wait_ended(page, 2)
    expect(questions(page)).to_have_count(2)
