"""The source of a message in pieces: nothing is lost, and what has columns is known by its fences and bars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.web.sources import pieces


@pytest.mark.parametrize(
    ("text", "aligned"),
    [
        ("plain", []),
        ("```\ncode\n```\nplain", ["```\ncode\n```\n"]),
        ("```\nnever closed", ["```\nnever closed"]),
        ("````\n```\n````\nplain", ["````\n```\n````\n"]),
        ("~~~\n```\n~~~\nplain", ["~~~\n```\n~~~\n"]),
        ("```py\n```py\n```\nplain", ["```py\n```py\n```\n"]),
        ("```inline``` words\nplain", []),
        ("    ```\nplain", []),
        ("a\n | b |\nc", [" | b |\n"]),
    ],
)
def test_fences_and_tables_are_aligned(text, aligned):
    assert [piece.text for piece in pieces(text) if piece.is_aligned] == aligned


@given(st.text(alphabet="`~| a\n\r\u2028", max_size=60))
def test_the_pieces_are_the_whole_text(text):
    assert "".join(piece.text for piece in pieces(text)) == text


def test_a_text_that_is_made_to_change_with_each_line_does_not_fill_a_page_with_elements():
    text = "| a\nb\n" * 20_000
    shown = pieces(text)
    assert "".join(piece.text for piece in shown) == text
    assert len(shown) < 100
