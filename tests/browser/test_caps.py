"""Code is coloured and formulas are drawn up to a length: just below it they are, just above it they are text."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STORED = """
from tests.making import conversation
from chat.models import User
print(conversation(User.objects.get(username="alice"), "How long may it be?", {answer!r}).id)
"""
LINE = 'value = call(1, "text")  # words\n'
MATH_FORMS = {"in a line": "Look: ${}$ it is.", "displayed": "$$\n{}\n$$", "in a fence": "```math\n{}\n```"}


def of_length(length, piece, end):
    """So many characters: `piece` again and again, and `end`."""
    return (piece * (length // len(piece) + 1))[: length - len(end)] + end


def showing(visit, site, *texts):
    """A stored answer of these texts, each with a line below it, drawn."""
    answer = "\n\n".join(f"{text}\n\nBelow {number}." for number, text in enumerate(texts))
    page = visit(f"/c/{site.shell(STORED.format(answer=answer))}/")
    expect(drawn(page).get_by_text(f"Below {len(texts) - 1}.")).to_be_attached()
    return drawn(page)


def test_code_is_coloured_up_to_fifty_thousand_characters(visit, site):
    # The longer one stands first: blocks are coloured in their order.
    fences = [f"```python\n{of_length(length, LINE, 'end')}\n```" for length in (51_000, 49_000)]
    answer = showing(visit, site, *fences)

    blocks = answer.locator(".code code")
    expect(blocks).to_have_count(2)
    expect(blocks.last.locator("[class^=hljs-]").first).to_be_attached()
    expect(blocks.first.locator("[class^=hljs-]")).to_have_count(0)
    assert [len(text) for text in blocks.all_text_contents()] == [51_001, 49_001]  # with the end of the last line


@pytest.mark.parametrize("form", MATH_FORMS)
def test_a_formula_is_drawn_up_to_ten_thousand_characters(visit, site, form):
    texts = [MATH_FORMS[form].format(of_length(length, "x + ", "y")) for length in (10_100, 9_900)]
    answer = showing(visit, site, *texts)

    expect(answer.locator("math")).to_have_count(1)
    expect(answer.locator("math mi")).to_have_count(9_900 // 4 + 1)
    expect(answer.locator("math mi").last).to_have_text("y")
    assert answer.inner_text().count("x + x") > 1_000
