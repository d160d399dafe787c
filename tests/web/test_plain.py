"""Long texts of the page as the server writes it: in parts, with nothing lost."""

import re
from html import unescape

import pytest

from chat.web.plain import plain_parts
from tests.making import conversation

TEXTS = {
    "lines": "some words of a line\n" * 3_000,
    "words": "some words " * 5_000,
    "a long word": f"before {'w' * 5_000} after",
    "brackets": "[" * 40_000,
    "tags": "<b>" * 20_000,
    "words without spaces": "水" * 40_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_long_text_is_parted(text):
    parts = plain_parts(text)

    assert "".join(parts) == text
    assert len(parts) > 1
    assert all(0 < len(part) <= 16_000 for part in parts)


def test_no_part_has_a_long_word():
    parts = plain_parts(TEXTS["a long word"])

    assert max(len(word) for part in parts for word in part.split()) == 500


@pytest.mark.parametrize("text", ["", "A line.\n\nAnother.", "some words " * 1_000, "水" * 2_000])
def test_a_text_of_usual_length_is_one(text):
    assert plain_parts(text) == [text]


def test_a_page_has_all_of_a_long_answer_in_parts(page, anna):
    row = conversation(anna, "A question?", TEXTS["tags"])

    html = page.get(f"/c/{row.id}/").content.decode()

    parts = re.findall(r'<span class="plain-part" dir="auto">([^<]*)</span>', html)
    assert unescape("".join(parts)) == TEXTS["tags"]
    assert len(parts) == len(plain_parts(TEXTS["tags"]))
