"""Parts a long text for the page, which lays them out one by one, as static/js/page/plain-text.js does with a text."""

import re
from collections.abc import Iterator

LENGTH = 16_000  # characters
LONGEST_WORD = 500  # of one part: what a browser needs to lay out a word is quadratic
# Letters of scripts that write without spaces make no word.
_LETTER = r"[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]"
_LONG_WORD = re.compile(rf"(?<!{_LETTER}){_LETTER}{{{LONGEST_WORD + 1}}}")  # from where it begins: linear


def plain_parts(text: str) -> list[str]:
    """What makes up `text`: the text itself where neither it nor a word of it is long."""
    return list(_parts(text)) if len(text) > LONGEST_WORD else [text]


def _parts(text: str) -> Iterator[str]:
    begin = 0
    while begin < len(text):
        end = begin + _length(text[begin : begin + LENGTH + 1])
        yield text[begin:end]
        begin = end


def _length(text: str) -> int:
    """Of the first part of `text`."""
    if word := _LONG_WORD.search(text, 0, LENGTH):
        return word.start() or LONGEST_WORD
    if len(text) <= LENGTH:
        return len(text)
    places = (text.rfind(space, 0, LENGTH) + 1 for space in "\n ")
    return next((place for place in places if place > LENGTH / 2), LENGTH)
