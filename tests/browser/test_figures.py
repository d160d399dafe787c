"""What the page says that an answer took: the figures of the service and of the clock, not any others."""

import json
import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, drawn, last_answer, reload, wait_ended, wait_running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNITS = {"ms": 0.001, "s": 1.0}
THOUGHTS = "First the springs."
ANSWER = ["By ", "going ", "down", "hill ", "to ", "the sea."]
DIALECTS = {
    "reasoning_content": {"reasoning": THOUGHTS, "pieces": ANSWER, "hold_after": 0},
    "reasoning": {"reasoning": THOUGHTS, "reasoning_field": "reasoning", "pieces": ANSWER, "hold_after": 0},
    "think": {"pieces": ["<th", "ink>First ", "the springs.</thi", "nk>\n", *ANSWER], "hold_after": 4},
}


def bounds(text):
    """The seconds between which a time lies that is told in these words."""
    number, unit = re.search(r"([\d.]+) (ms|s)\b", text).groups()
    half = {"ms": 0.5, "s": 0.05}[unit]
    return (float(number) - half) * UNITS[unit], (float(number) + half) * UNITS[unit]


def figures(page):
    """What the panel of the last answer says, by the names of its rows."""
    last_answer(page).locator(".figures").click()
    panel = page.locator(".figures-panel")
    names, values = panel.locator("dt").all_inner_texts(), panel.locator("dd").all_inner_texts()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    return dict(zip(names, values, strict=True))


def test_the_footer_has_the_services_tokens_and_the_clocks_times(page, site):
    site.upstream.script(pieces=["two words "] * 40, delay_ms=20, first_delay_ms=400)
    began = time.monotonic()
    ask(page, "How many?")
    wait_ended(page)
    elapsed = time.monotonic() - began

    told = figures(page)
    assert (told["Written"], told["Read"]) == ("40 tokens", "7 tokens")
    first, whole = bounds(told["First words after"]), bounds(told["Time in all"])
    assert first[1] >= 0.4
    assert whole[1] >= 0.4 + 39 * 0.02
    assert first[1] < whole[0] < elapsed
    speed = float(re.fullmatch(r"([\d.]+) tokens/s", told["Speed"]).group(1))
    assert 40 / (whole[1] - first[0]) - 0.05 <= speed <= 40 / (whole[0] - first[1]) + 0.05
    line = last_answer(page).locator(".figures")
    for part in ("40 tokens", told["Speed"], f"first words after {told['First words after']}"):
        expect(line).to_contain_text(part)
    reload(page)
    assert figures(page) == told


@pytest.mark.parametrize("dialect", DIALECTS)
def test_thoughts_say_how_long_they_took(page, site, dialect):
    began = time.monotonic()
    ask(page, "!" + json.dumps({"delay_ms": 200, **DIALECTS[dialect]}))
    summary, thoughts = page.locator(".reasoning__summary"), page.locator(".reasoning__text")
    expect(thoughts).to_have_text(THOUGHTS)
    came = time.monotonic()
    expect(summary).to_have_text(re.compile(r"Thinking … [1-9]"))
    thought = time.monotonic() - came
    site.upstream.go()
    wait_running(page, "By")
    until_answer = time.monotonic() - began
    wait_ended(page)

    expect(summary).to_have_text(re.compile(r"Thought for \d"))
    for _ in range(2):
        words = summary.inner_text()
        told = bounds(words)
        assert told[1] >= thought
        assert told[0] <= until_answer
        assert figures(page)["Thinking"] == words.removeprefix("Thought for ")
        reload(page)
        expect(drawn(page)).to_have_text("".join(ANSWER))
        expect(thoughts).not_to_be_visible()
        summary.click()
        expect(thoughts).to_have_text(THOUGHTS)
        expect(summary).to_have_text(words)
