"""The markdown of a message as a page without JavaScript shows it: the source, its code and tables in one width."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from chat.web.plain import plain_parts

OPENING = re.compile(
    r"^ {0,3}(?:(?P<fence>`{3,})[^`\n]*|(?P<tildes>~{3,})[^\n]*)(?:\n|\Z)"
    r"|^(?P<table>(?:[^\S\n]*+\|[^\n]*+(?:\n|\Z))++)",
    re.MULTILINE,
)
MARKS = ("```", "~~~", "|")  # without these there is neither
MOST_CHANGES = 1_000  # between prose and columns: with more of them a page would be all elements


@dataclass(frozen=True)
class Piece:
    """Lines that belong together; `is_aligned` where their columns mean something."""

    text: str
    is_aligned: bool


def pieces(text: str) -> list[Piece]:
    """The whole text in pieces, in its order: together they are every character of it, and none is too long."""
    marked = any(mark in text for mark in MARKS)
    blocks = list(islice(_blocks(text), MOST_CHANGES + 1)) if marked else []
    if not 0 < len(blocks) <= MOST_CHANGES:
        blocks = [Piece(text, is_aligned=False)]
    return [Piece(part, block.is_aligned) for block in blocks for part in plain_parts(block.text)]


def _blocks(text: str) -> Iterator[Piece]:
    """What is between fenced blocks and tables, and they, as they follow each other."""
    begin = 0
    while opening := OPENING.search(text, begin):
        if opening.start() > begin:
            yield Piece(text[begin : opening.start()], is_aligned=False)
        begin = opening.end() if opening["table"] else _fence_end(text, opening)
        yield Piece(text[opening.start() : begin], is_aligned=True)
    if begin < len(text):
        yield Piece(text[begin:], is_aligned=False)


def _fence_end(text: str, opening: re.Match[str]) -> int:
    """Where the fenced block ends that begins there: with the text, where nothing closes it."""
    fence = opening["fence"] or opening["tildes"]
    closes = re.compile(rf"^ {{0,3}}{fence[0]}{{{len(fence)},}}[^\S\n]*(?:\n|\Z)", re.MULTILINE)
    closing = closes.search(text, opening.end())
    return closing.end() if closing else len(text)
