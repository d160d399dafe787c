"""The end of an answer is followed while it is written, until the reader leaves it, and again once they are back."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, wait_ended
from tests.browser.test_layout import PLACE_AT_REST
from tests.browser.test_signs import HIDE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLACE = "(node) => node.scrollTop"
FROM_END = "(node) => node.scrollHeight - node.clientHeight - node.scrollTop"
ABOVE = "A paragraph.\n\n" * 40
RUNNING = ".message--running .prose"


@pytest.fixture
def page(visit):
    return visit("/", height=500)


@pytest.fixture
def frame(page):
    """What scrolls."""
    return page.locator(".stage__scroll")


@pytest.fixture
def latest(page):
    return page.get_by_role("button", name="Jump to latest")


@pytest.fixture
def holding(page, site, frame):
    """`holding(100, 150)` asks for an answer that stops at these words.

    They come so slowly that a wheel, while which nothing moves, does not lead far from the end.
    """

    def ask_for(*holds):
        pieces = [ABOVE, *(f"word{number} " for number in range(holds[-1] + 20))]
        site.upstream.script(pieces=pieces, delay_ms=20, hold_after=[hold + 1 for hold in holds])
        ask(page, "Write")
        expect(page.locator(RUNNING)).to_contain_text("word9")
        page.wait_for_function("() => document.querySelector('.stage__scroll').scrollTop > 200")
        frame.hover()

    return ask_for


def wheel(page, frame, way):
    """Turn the wheel; where the page stands then."""
    page.mouse.wheel(0, way)
    return frame.evaluate(PLACE_AT_REST)


def follows(page, frame, words):
    """The last of these many words has come, with more to come, and is in view at the end of the page."""
    expect(page.locator(RUNNING)).to_contain_text(f"word{words - 1}")
    frame.evaluate(PLACE_AT_REST)
    return frame.evaluate(FROM_END) < 2


def is_followed_to_its_end(page, site, frame, words):
    """What comes up to these words, where it holds once more, and what comes then."""
    site.upstream.go()
    assert follows(page, frame, words)
    site.upstream.go()
    wait_ended(page)
    assert frame.evaluate(FROM_END) < 2


def test_a_wheel_of_four_pixels_leaves_the_end_while_text_comes(page, site, frame, latest, holding):
    holding(600, 700)
    page.mouse.wheel(0, -4)
    expect(latest).to_be_visible()
    place = frame.evaluate(PLACE)
    before = page.locator(RUNNING).inner_text()
    assert "word599" not in before  # it was written when the reader left

    expect(page.locator(RUNNING)).to_contain_text("word599")
    site.upstream.go()
    expect(page.locator(RUNNING)).to_contain_text("word699")
    assert frame.evaluate(PLACE) == place
    site.upstream.go()
    wait_ended(page)
    assert frame.evaluate(PLACE) == place
    assert frame.evaluate(FROM_END) > 100


def test_who_comes_within_sixty_pixels_of_the_end_follows_it_again(page, site, frame, latest, holding):
    holding(50, 100, 150)
    expect(page.locator(RUNNING)).to_contain_text("word49")
    wheel(page, frame, -300)
    expect(latest).to_be_visible()
    wheel(page, frame, frame.evaluate(FROM_END) - 70)
    assert frame.evaluate(FROM_END) == pytest.approx(70, abs=1)
    expect(latest).to_be_visible()
    place = frame.evaluate(PLACE)
    site.upstream.go()
    expect(page.locator(RUNNING)).to_contain_text("word99")
    assert frame.evaluate(PLACE_AT_REST) == place

    wheel(page, frame, frame.evaluate(FROM_END) - 50)
    expect(latest).not_to_be_visible()
    is_followed_to_its_end(page, site, frame, 150)


def test_who_jumps_to_the_latest_while_text_comes_follows_it(page, site, frame, latest, holding):
    holding(50, 150)
    wheel(page, frame, -150)
    expect(latest).to_be_visible()
    expect(page.locator(RUNNING)).to_contain_text("word49")
    latest.click()
    expect(latest).not_to_be_visible()
    is_followed_to_its_end(page, site, frame, 150)


def test_a_hidden_tab_is_at_the_end_when_the_reader_comes_back(page, site, frame, latest, holding):
    holding(50, 100, 150)
    expect(page.locator(RUNNING)).to_contain_text("word49")
    page.evaluate(HIDE, True)
    site.upstream.go()
    expect(page.locator(RUNNING)).to_contain_text("word99")
    page.evaluate(HIDE, False)
    assert follows(page, frame, 100)

    wheel(page, frame, -300)
    expect(latest).to_be_visible()
    place = frame.evaluate(PLACE)
    page.evaluate(HIDE, True)
    site.upstream.go()
    expect(page.locator(RUNNING)).to_contain_text("word149")
    page.evaluate(HIDE, False)
    assert frame.evaluate(PLACE_AT_REST) == place  # who had left the end is where they were


JUMP = """(button) => {
  const frame = document.querySelector(".stage__scroll");
  button.click();
  return frame.scrollHeight - frame.clientHeight - frame.scrollTop;
}"""


def test_the_way_back_is_a_jump_where_nobody_sees_it(page, site, frame, latest, holding):
    holding(50)
    expect(page.locator(RUNNING)).to_contain_text("word49")
    for hidden in (False, True):
        wheel(page, frame, -300)
        expect(latest).to_be_visible()
        page.evaluate(HIDE, hidden)
        left = latest.evaluate(JUMP)
        assert left < 2 if hidden else left > 200
        frame.evaluate(PLACE_AT_REST)
        assert frame.evaluate(FROM_END) < 2
    site.upstream.go()
    wait_ended(page)
