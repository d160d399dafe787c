"""The markdown of a message as a page without JavaScript shows it: the source, its code and tables in one width."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from chat.web.plain import plain_parts

FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)")
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
    """Lines of one kind that follow each other, however long."""
    for is_aligned, lines in groupby(_lines(text), key=lambda pair: pair[0]):
        yield Piece("".join(line for _, line in lines), is_aligned)


def _lines(text: str) -> Iterator[tuple[bool, str]]:
    """Each line, with its end, and whether it belongs to a fenced block or a table."""
    opened = ""
    for line in text.splitlines(keepends=True):
        found = FENCE.match(line)
        if not opened:
            opens = found and not (found["fence"][0] == "`" and "`" in found["info"])
            opened = found["fence"] if found and opens else ""
            yield bool(opened) or line.lstrip().startswith("|"), line
        else:
            closes = found and found["fence"].startswith(opened) and not found["info"].strip()
            opened = "" if closes else opened
            yield True, line
