"""A megabyte made to keep a regular expression busy: whatever reads text from outside is through it quickly."""

import json
import time

import pytest

from chat.history.titles import from_first_words
from chat.providers.openai_wire import CompletionReader
from chat.providers.redaction import excerpt
from chat.providers.streams import clean_text
from chat.providers.thoughts import ThoughtSplitter
from chat.web.plain import plain_parts
from chat.web.sources import pieces

SIZE = 1_000_000
SECONDS = 0.1  # of the processor, the best of three
PIECE = 500
BAIT = {
    "letters": "a",
    "spaces": " ",
    "line ends": "\n",
    "tags that do not open": "<",
    "thoughts in thoughts": "<think>",
    "half a closing tag": "</thin",
    "brackets": "[](",
    "addresses": "http://a",
    "at signs": "://@",
    "credentials": "bearer ",
    "labels": "password=",
    "keys": "sk-a",
    "half tokens": "eyJaaaaaaaa.",
    "ideographs": "语",
    "backticks": "`",
    "fences": "```\n",
    "fences that do not close": "~~~ a`\n```` b\n",
    "bars": "|\n",
    "a table now and then": "a\n|b\n",
}


def thoughts(text):
    splitter = ThoughtSplitter()
    for start in range(0, len(text), PIECE):
        splitter.feed(text[start : start + PIECE])
    splitter.finish()


def events(text):
    reader = CompletionReader(2 * SIZE)
    pieces = (text[start : start + PIECE] for start in range(0, len(text), PIECE))
    for piece in pieces:
        list(reader.feed(b"data: " + json.dumps({"choices": [{"delta": {"content": piece}}]}).encode() + b"\n\n"))


@pytest.mark.parametrize("name", BAIT)
@pytest.mark.parametrize("read", [from_first_words, clean_text, excerpt, thoughts, events, plain_parts, pieces])
def test_a_megabyte_of_bait_is_read_within_100_ms(read, name):
    text = (BAIT[name] * (SIZE // len(BAIT[name]) + 1))[:SIZE]
    spent = []
    for _ in range(3):
        begun = time.process_time()
        read(text)
        spent.append(time.process_time() - begun)
        if spent[-1] < SECONDS:
            return
    pytest.fail(f"{min(spent):.2f} s")
