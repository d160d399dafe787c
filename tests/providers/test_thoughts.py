"""Thoughts in tags: told from the answer however the text was cut, and nothing else is touched."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.providers.aichatonline import AiChatOnline
from chat.providers.base import Reasoning
from chat.providers.openai_compatible import OpenAICompatible
from chat.providers.thoughts import ThoughtSplitter
from tests.providers.asking import ask, scripted
from tests.upstream import Upstream

CASES = [
    ("<think>so</think>this", "so", "this"),
    ("<thinking>so</thinking>this", "so", "this"),
    ("<reasoning>so</reasoning>this", "so", "this"),
    ("<thought>so</thought>this", "so", "this"),
    ("[THINK]so[/THINK]this", "so", "this"),
    ("◁think▷so◁/think▷this", "so", "this"),
    ("[1] this", "", "[1] this"),
    ("[THIN] no", "", "[THIN] no"),
    (" \n<think>\nso\nit is\n</think>\n\n# This", "so\nit is\n", "# This"),
    ("<think>\n\n</think>\n\nthis", "", "this"),
    ("<think>one</think>\n<think>two</think>\n    code", "onetwo", "    code"),
    ("<think>a < b, </thin> </thinking> </reasoning></think>c", "a < b, </thin> </thinking> </reasoning>", "c"),
    ("<think>Ёжик 🦔</think>туман", "Ёжик 🦔", "туман"),
    ("<think>never closed </thi", "never closed </thi", ""),
    ("", "", ""),
    (" \n ", "", " \n "),
    ("  indented <think>text</think>", "", "  indented <think>text</think>"),
    ("The tag <think> opens.", "", "The tag <think> opens."),
    ("<thin", "", "<thin"),
    ("<thinks>no</thinks>", "", "<thinks>no</thinks>"),
    ("< think>no</think>", "", "< think>no</think>"),
    ("<THINK>no</THINK>", "", "<THINK>no</THINK>"),
    ("</think>no", "", "</think>no"),
    ("`<think>`", "", "`<think>`"),
    ("<think>so</think>say <think>this</think>", "so", "say <think>this</think>"),
]


def split(*pieces: str) -> tuple[str, str]:
    splitter = ThoughtSplitter()
    found = [part for piece in pieces for part in splitter.feed(piece)] + splitter.finish()
    reasoning = "".join(part.text for part in found if isinstance(part, Reasoning))
    return reasoning, "".join(part for part in found if isinstance(part, str))


@pytest.mark.parametrize(("text", "reasoning", "content"), CASES)
def test_every_cut_gives_the_same(text: str, reasoning: str, content: str) -> None:
    assert split(text) == (reasoning, content)
    assert split(*text) == (reasoning, content)
    for first in range(len(text) + 1):
        for second in range(first, len(text) + 1):
            assert split(text[:first], text[first:second], text[second:]) == (reasoning, content)


@given(st.lists(st.sampled_from(["<think>", "</think>", "<", "think>", "</", "\n", " ", "a", "<thinking>"])))
@settings(max_examples=300, deadline=None)
def test_any_pieces_give_what_the_whole_gives_and_begun_content_is_untouched(pieces: list[str]) -> None:
    assert split(*pieces) == split("".join(pieces))
    assert split("x", *pieces) == ("", "x" + "".join(pieces))


def test_content_and_thoughts_are_held_back_no_longer_than_they_may_be_a_tag() -> None:
    splitter = ThoughtSplitter()
    assert splitter.feed("<") == []
    assert splitter.feed("b") == ["<b"]
    splitter = ThoughtSplitter()
    assert splitter.feed("<think>so </") == [Reasoning("so ")]
    assert splitter.feed("b") == [Reasoning("</b")]


def test_endless_space_is_content_and_not_looked_through_for_ever() -> None:
    splitter = ThoughtSplitter()
    assert [part for _ in range(1000) for part in splitter.feed("\n")] == []
    assert splitter.feed("\n") == ["\n" * 1001]
    assert splitter.begun
    assert split("\n" * 1000 + "<think>so</think>") == ("so", "")
    assert split("\n" * 1001 + "<think>") == ("", "\n" * 1001 + "<think>")


@pytest.mark.parametrize("provider", [OpenAICompatible, AiChatOnline])
@pytest.mark.parametrize("cut", [{}, {"split": "bytes"}, {"pieces": list("<think>so</think>\nthis")}])
async def test_every_provider_tells_them_apart(upstream: Upstream, provider: type[Any], cut: dict[str, Any]) -> None:
    base_url = upstream.url if provider is AiChatOnline else upstream.base_url
    outcome = await ask(provider, scripted(text="<think>so</think>\nthis", **cut), base_url=base_url)
    assert (outcome.reasoning, outcome.text, outcome.error) == ("so", "this", None)


async def test_what_is_held_back_is_given_out_when_the_service_fails(upstream: Upstream) -> None:
    script = scripted(pieces=["<think>so", "</thi"], no_end_mark=True, no_finish=True)
    outcome = await ask(OpenAICompatible, script, base_url=upstream.base_url)
    assert (outcome.reasoning, outcome.code) == ("so</thi", "provider.incomplete")


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
async def test_reasoning_of_its_own_may_come_at_any_time(upstream: Upstream, field: str) -> None:
    deltas: list[dict[str, str]] = [{field: "a"}, {"content": "b"}, {field: "c", "content": "d"}, {field: "e"}]
    lines = [json.dumps({"choices": [{"delta": delta}]}) for delta in deltas]
    body = "".join(f"data: {line}\n\n" for line in (*lines, "[DONE]"))
    outcome = await ask(OpenAICompatible, scripted(body=body), base_url=upstream.base_url)
    assert outcome.chunks == [Reasoning("a"), "b", Reasoning("c"), "d", Reasoning("e")]
