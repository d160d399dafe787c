"""The decoders, cut at every position, against what a plain reading of the whole gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.providers.errors import TooLargeError
from chat.providers.streams import (
    JsonLines,
    LineSplitter,
    NotJson,
    ServerSentEvent,
    ServerSentEvents,
    clean_text,
    decode_json,
)

LIMIT = 1_000


def lines_of(chunks: list[bytes]) -> list[str]:
    splitter = LineSplitter(LIMIT)
    lines = [line for chunk in chunks for line in splitter.feed(chunk)]
    last = splitter.finish()
    return lines if last is None else [*lines, last]


def events_of(chunks: list[bytes]) -> list[ServerSentEvent]:
    decoder = ServerSentEvents(LIMIT)
    return [event for chunk in chunks for event in decoder.feed(chunk)] + decoder.finish()


def test_lines_end_at_lf_crlf_and_cr_and_nowhere_else() -> None:
    text = "a\nb\r\nc\rd\u2028e\u0085f\x0bg\x0ch\x1ci\n\n\r\r\nend"
    assert lines_of([text.encode()]) == ["a", "b", "c", "d\u2028e\u0085f\x0bg\x0ch\x1ci", "", "", "", "end"]


@pytest.mark.parametrize(
    "text", ["Ёжик 🦔\r\nв тумане\r\n\r\n👩‍👩‍👧\rq\u2028\n", "\r\n\r\n", "\ufeffdata: x\n\n", "\r\r\n\n\r"]
)
def test_every_cut_gives_the_same_lines(text: str) -> None:
    data = text.encode()
    whole = lines_of([data])
    for first in range(len(data) + 1):
        for second in range(first, len(data) + 1):
            assert lines_of([data[:first], data[first:second], data[second:]]) == whole
    assert lines_of([bytes([byte]) for byte in data]) == whole


@given(st.lists(st.sampled_from([b"\r", b"\n", b"a", b"\xd0", b"\x91", b"", b"\xff"]), max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_bytes_in_any_cut_give_the_same_lines(chunks: list[bytes]) -> None:
    whole = b"".join(chunks)
    expected = [line.decode("utf-8", "replace") for line in whole.splitlines()]
    assert lines_of(chunks) == expected


def test_bad_utf8_becomes_replacement_characters() -> None:
    assert lines_of([b"a\xffb\xd0\n\xc3(\n"]) == ["a\ufffdb\ufffd", "\ufffd("]


@pytest.mark.parametrize("size", [1, 7, LIMIT, 10 * LIMIT])
def test_a_line_over_the_limit_is_refused_however_it_comes(size: int) -> None:
    data = b"x" * LIMIT
    assert lines_of([data[start : start + size] for start in range(0, LIMIT, size)]) == ["x" * LIMIT]
    long = data + b"x"
    with pytest.raises(TooLargeError):
        lines_of([long[start : start + size] for start in range(0, len(long), size)])
    with pytest.raises(TooLargeError):
        lines_of([long + b"\n"])


EVENTS = (
    "\ufeffdata: one\n\n"
    ": comment\n\n"
    "data:no space\ndata:  two spaces\n\n"
    "event: ping\nid: 42\nretry: 5\ndata\n\n"
    "event: lost\n\n"
    "unknown: field\ndata: Ё\u2028🦔: x\r\n\r\n"
    "data: [DONE]\n"
)


def test_events_follow_the_standard() -> None:
    assert events_of([EVENTS.encode()]) == [
        ServerSentEvent("one"),
        ServerSentEvent("no space\n two spaces"),
        ServerSentEvent("", "ping", "42"),
        ServerSentEvent("Ё\u2028🦔: x", id="42"),
        ServerSentEvent("[DONE]", id="42"),
    ]


def test_every_cut_gives_the_same_events() -> None:
    data = EVENTS.encode()
    whole = events_of([data])
    for cut in range(len(data) + 1):
        assert events_of([data[:cut], data[cut:]]) == whole
    assert events_of([bytes([byte]) for byte in data]) == whole


def test_the_data_of_one_event_is_bounded_too() -> None:
    decoder = ServerSentEvents(LIMIT)
    with pytest.raises(TooLargeError):
        for _ in range(LIMIT):
            decoder.feed(b"data: xxxxxxxx\n")


def test_json_lines_keep_what_is_no_json_apart() -> None:
    decoder = JsonLines(LIMIT)
    values = decoder.feed('{"a": "Ё"}\n\n  \nbroken{\r\n[1]\rtr'.encode())
    values.append(decoder.finish())
    assert [value.text if isinstance(value, NotJson) else value for value in values] == [
        {"a": "Ё"}, "broken{", [1], "tr",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "1" * 10_000, '{"a": \x00}'])
def test_hostile_json_is_never_more_than_no_json(text: str) -> None:
    assert isinstance(decode_json(text), NotJson)


def test_text_is_storable_everywhere() -> None:
    assert clean_text("plain") == "plain"
    assert clean_text("a\x00b") == "a\ufffdb"
    assert clean_text("\ud83d|\udd94|🦔|Ё") == "\ufffd|\ufffd|🦔|Ё"
