"""The page speaks the language of its reader: words, numbers, lengths of time, months and hours."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.chatting import ANSWER, reload
from tests.browser.english import english
from tests.browser.test_accessibility import AXE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEFT = """() => {
  const of = (selector) => document.querySelector(selector);
  of(".composer__text").placeholder = "Left as a placeholder";
  of(".composer__send").ariaLabel = "Left as a label";
  of(".topbar__settings").title = "Left as a title";
  of(".list__day").textContent = "Left as a heading";
  of(".composer__count").append("Left");
  of(".topbar").append(Object.assign(new Image(), { alt: "Left as an image", width: 9, height: 9 }));
  document.title = `Left of the tab ${of(".topbar__title").textContent}`;
  of(".composer__stop").append("What nobody sees");
}"""
FOUND = [
    "Left", "Left as a heading", "Left as a label", "Left as a placeholder", "Left as a title", "Left as an image",
    "Left of the tab",
]  # fmt: skip
LONG_AGO = """
from datetime import UTC, datetime
from chat.models import User
from tests.making import conversation, generation
alice = User.objects.get(username="alice")
row = conversation(alice, "A question", "An answer", title="Long ago", updated_at=datetime(2025, 8, 10, tzinfo=UTC))
generation(row.head, finish_reason="stop", model_id="scripted-1", connection_name="Scripted", omitted_messages=1234,
           input_tokens=12_345, output_tokens=2_001, first_delta_ms=3_210, duration_ms=125_000)
print(row.id)
"""
ENGLISH = {
    "locale": "en-US",
    "month": "August",
    "figures": ["3.2 s", "2 min 5 s", "16.4 tokens/s", "12,345 tokens", "2,001 tokens", "1,234"],
    "count": "2,001 characters; the limit is 2,000. Shorten it by 1.",
    "plain": ["first words after 3.2 s", "125.0 s in all", "2,001 tokens", "1,234 earlier messages left out"],
    "since": r" \(since \d{1,2}:\d\d\s[AP]M\)$",
}
RUSSIAN = {
    "locale": "ru-RU",
    "month": "Август",
    "figures": ["3,2 с", "2 мин 5 с", "16,4 токенов/с", "12 345 токенов", "2 001 токен", "1 234"],
    "count": "2 001 знак при пределе 2 000. Сократите на 1.",
    "plain": ["первые слова через 3,2 с", "всего 125,0 с", "2 001 токен", "не учтено 1 234 более ранних сообщения"],
    "since": r" \(с \d\d:\d\d\)$",
}
IN_BOTH = pytest.mark.parametrize("said", [ENGLISH, RUSSIAN], ids=lambda said: said["locale"])


@pytest.fixture(scope="module")
def long_ago(site):
    """A conversation of August 2025 whose answer took much of everything."""
    return f"/c/{site.shell(LONG_AGO)}/"


def unbroken(text):
    """With every blank the same: numbers have one of their own, which keeps them on a line."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_what_is_left_in_english_is_found_wherever_it_stands(visit, rivers):
    page = visit(rivers, locale="ru-RU", **AXE)
    expect(page.locator(".message--assistant .prose").first).to_be_visible()
    expect(page.locator(".model-chip__choice")).to_be_visible()
    assert english(page) == []
    page.evaluate(LEFT)

    assert sorted(english(page)) == FOUND
    assert [fault for fault in violations(page) if fault.startswith("English: ")]
    other = visit(rivers)
    assert english(other) == []


@IN_BOTH
def test_numbers_lengths_of_time_and_months(visit, long_ago, said):
    page = visit("/offline/", locale=said["locale"])
    page.clock.set_fixed_time("2025-10-20T12:00:00")
    page.goto(long_ago)
    page.locator(".figures").click()
    expect(page.locator(".figures__table")).to_be_visible()
    shown = [unbroken(text) for text in page.locator(".figures__table dd").all_inner_texts()]
    assert [text for text in shown if text in said["figures"]] == said["figures"]
    page.keyboard.press("Escape")

    expect(page.locator(".list__day", has=page.locator("+ * .list__item--current"))).to_have_text(said["month"])
    page.locator(".composer__text").fill("x" * 2_001)
    expect(page.locator(".composer__count--over")).to_be_visible()
    count = page.locator(".composer__count").inner_text()
    assert unbroken(count) == said["count"]
    assert (count.count("\u00a0") + count.count("\u202f") > 0) == (said is RUSSIAN), "no number is broken"


@IN_BOTH
def test_the_same_without_scripts(visit, long_ago, said):
    page = visit(long_ago, locale=said["locale"], java_script_enabled=False)
    assert unbroken(page.locator(".remark").inner_text()).split(" · ")[1:] == said["plain"]


@IN_BOTH
def test_the_hour_since_which_a_model_fails(visit, said):
    page = visit("/", locale=said["locale"])
    page.locator(".composer__text").fill("!broken")
    page.locator(".composer__text").press("Enter")
    expect(page.locator(f"{ANSWER} .ending--failed")).to_be_visible()
    reload(page)
    page.locator(".model-chip__choice").click()
    failing = page.locator(".model-option__health--failing").first
    expect(failing).to_have_text(re.compile(said["since"]))
