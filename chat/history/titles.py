"""Titles of conversations."""

TITLE_LENGTH = 60


def from_first_words(text: str) -> str:
    """A title from the beginning of a first message: one line, cut at a word, at most 60 characters."""
    line = " ".join(text.split())
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[: TITLE_LENGTH - 1]
    words = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return f"{words.rstrip(' ,;:.-')}…"
