"""What is particular to the chat completions dialect: its values, its variants, its lists of models."""

import json
from typing import Any

import pytest

from chat.providers.base import ModelInfo, Usage
from chat.providers.errors import ProviderError
from chat.providers.openai_compatible import OpenAICompatible
from tests.providers.asking import Outcome, ask, scripted
from tests.upstream import Upstream


async def ask_server(upstream: Upstream, options: dict[str, Any] | None = None, **script: Any) -> Outcome:
    return await ask(OpenAICompatible, scripted(**script), **({"base_url": upstream.base_url} | (options or {})))


async def test_parameters_and_key_reach_the_server(upstream: Upstream) -> None:
    options = {"temperature": 0.0, "top_p": 0.9, "max_tokens": 5, "stop": ["x"], "seed": 0, "api_key": "k-123"}
    await ask_server(upstream, options | {"unknown": 1})
    body = upstream.last.body
    assert {key: body[key] for key in ("temperature", "top_p", "max_tokens", "stop", "seed")} == {
        "temperature": 0.0, "top_p": 0.9, "max_tokens": 5, "stop": ["x"], "seed": 0,
    }  # fmt: skip
    assert (body["model"], body["stream"], body["stream_options"]) == ("scripted-1", True, {"include_usage": True})
    assert "unknown" not in body
    assert upstream.last.headers["Authorization"] == "Bearer k-123"


async def test_what_is_not_set_is_not_sent(upstream: Upstream) -> None:
    await ask_server(upstream, {"temperature": None})
    assert set(upstream.last.body) == {"model", "messages", "stream", "stream_options"}
    assert "Authorization" not in upstream.last.headers


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
async def test_reasoning_is_kept_apart_from_content(upstream: Upstream, field: str) -> None:
    outcome = await ask_server(upstream, reasoning="let me see", reasoning_field=field, text="It is so.")
    assert (outcome.reasoning, outcome.text, outcome.error) == ("let me see", "It is so.", None)


async def test_usage_and_finish_reason_are_given(upstream: Upstream) -> None:
    outcome = await ask_server(upstream, chunks=4, finish_reason="length")
    assert outcome.finish_reasons == ["length"]
    assert outcome.usage == [Usage(7, 4)]


def test_a_count_that_no_database_holds_is_not_known() -> None:
    largest = 2**31 - 1
    assert Usage.from_mapping({"prompt_tokens": largest, "completion_tokens": largest + 1}) == Usage(largest, None)


@pytest.mark.parametrize("script", [{"no_end_mark": True}, {"no_finish": True}, {"no_end_mark": True, "usage": False}])
async def test_either_end_mark_will_do(upstream: Upstream, script: dict[str, Any]) -> None:
    outcome = await ask_server(upstream, **script)
    assert (outcome.text, outcome.error) == (upstream.last.text, None)


async def test_a_whole_document_is_accepted_from_a_server_that_ignores_stream(upstream: Upstream) -> None:
    outcome = await ask_server(upstream, document=True)
    assert (outcome.text, outcome.error) == (upstream.last.text, None)
    assert outcome.finish_reasons == ["stop"]
    assert outcome.usage == [Usage(7, 0)]


async def test_a_document_with_an_error_is_an_error(upstream: Upstream) -> None:
    outcome = await ask_server(upstream, body=json.dumps({"error": {"message": "overloaded", "code": 503}}))
    assert outcome.code == "provider.unavailable"


async def test_a_server_that_refuses_stream_options_is_asked_without_and_remembered(upstream: Upstream) -> None:
    first = await ask_server(upstream, refuse_fields=["stream_options"])
    assert (first.error, len(upstream.answers)) == (None, 2)
    await ask_server(upstream, refuse_fields=["stream_options"])
    assert len(upstream.answers) == 3


async def test_any_other_refusal_is_not_asked_again(upstream: Upstream) -> None:
    outcome = await ask_server(upstream, status=400, body='{"error": {"message": "temperature is too high"}}')
    assert outcome.code == "provider.refused"
    assert outcome.error and "temperature is too high" in outcome.error.message
    assert len(upstream.answers) == 1


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (400, {"message": "too long", "code": "context_length_exceeded"}, "provider.context_too_long"),
        (400, {"message": "the request exceeds the available context size", "type": "exceed_context_size_error"},
         "provider.context_too_long"),
        (400, {"message": "This model's maximum context length is 4096 tokens."}, "provider.context_too_long"),
        (404, {"message": "model 'nope' not found"}, "provider.model_not_supported"),
        (404, {"message": "`nope` does not exist", "code": "model_not_found"}, "provider.model_not_supported"),
        (429, {"message": "You exceeded your current quota", "type": "insufficient_quota"}, "provider.quota_exceeded"),
    ],
)  # fmt: skip
async def test_the_server_s_words_say_more_than_its_status(
    upstream: Upstream, status: int, error: dict[str, str], code: str
) -> None:
    outcome = await ask_server(upstream, status=status, body=json.dumps({"error": error}))
    assert outcome.code == code
    assert outcome.error and error["message"] in outcome.error.message and not outcome.error.retryable


@pytest.mark.parametrize("reason", ["content_filter", "length"])
async def test_an_answer_without_a_word_says_why(upstream: Upstream, reason: str) -> None:
    outcome = await ask_server(upstream, pieces=[], finish_reason=reason)
    assert outcome.code == {"content_filter": "provider.refused", "length": "provider.empty_answer"}[reason]
    assert outcome.finish_reasons == []


@pytest.mark.parametrize(
    "base_url",
    ["", "ftp://host/v1", "host/v1", "http://", "http://u:secret-pw@host/v1", "http://host/v1?x=1", "http://host/v1#f",
     "http://host:99999/v1"],
)  # fmt: skip
async def test_a_base_url_that_is_none_is_refused_before_connecting(base_url: str) -> None:
    outcome = await ask(OpenAICompatible, scripted(), base_url=base_url)
    assert outcome.code == "provider.misconfigured"
    assert "secret-pw" not in repr(outcome.error)


async def test_a_key_that_would_break_the_header_is_refused(upstream: Upstream) -> None:
    outcome = await ask_server(upstream, {"api_key": "a\r\nX-Injected: 1"})
    assert outcome.code == "provider.misconfigured"
    assert not upstream.requests


async def test_a_finished_answer_gives_its_connection_back_and_a_stopped_one_does_not(upstream: Upstream) -> None:
    await ask_server(upstream)
    stream = OpenAICompatible.create_async_generator("m", scripted(stall_after=2), base_url=upstream.base_url)
    await anext(stream)
    await stream.aclose()
    await ask_server(upstream)
    first, stopped, after = (answer.peer for answer in upstream.answers)
    assert first == stopped != after


@pytest.mark.parametrize(
    ("document", "models"),
    [
        ({"object": "list", "data": [{"id": "gpt-4o"}, {"id": "gpt-4o"}]}, [ModelInfo("gpt-4o")]),
        ({"data": [{"id": "llama", "meta": {"n_ctx_train": 8192}}]}, [ModelInfo("llama", 8192)]),
        ({"data": [{"id": "llama", "meta": {"n_ctx_train": 8192, "n_ctx": 4096}}]}, [ModelInfo("llama", 4096)]),
        ({"data": [{"id": "qwen", "max_model_len": 32768}]}, [ModelInfo("qwen", 32768)]),
        ({"data": [{"id": "lm", "max_context_length": 8192, "loaded_context_length": 4096}]}, [ModelInfo("lm", 4096)]),
        ({"data": [{"id": "or/x", "context_length": 128000}]}, [ModelInfo("or/x", 128000)]),
        ({"models": [{"name": "llama3:8b", "model": "llama3:8b"}]}, [ModelInfo("llama3:8b")]),
        ([{"id": "together/x", "context_length": 4096}, "bare"], [ModelInfo("together/x", 4096), ModelInfo("bare")]),
        ({"data": [None, {}, {"id": 7}, {"id": "ok", "meta": None, "max_model_len": True}]}, [ModelInfo("ok")]),
        ({"data": []}, []),
    ],
)
async def test_model_lists_of_many_dialects_are_read(
    upstream: Upstream, document: Any, models: list[ModelInfo]
) -> None:
    upstream.models = document
    assert await OpenAICompatible.list_models(upstream.base_url, "k-1", None) == models
    assert upstream.requests[-1][:2] == ("GET", "/v1/models")
    assert upstream.requests[-1][2]["Authorization"] == "Bearer k-1"


@pytest.mark.parametrize(
    ("said", "capabilities"),
    [
        ({"capabilities": ["completion", "tools", "thinking"]}, ("reasoning", "tools")),
        ({"capabilities": {"vision": True, "function_calling": True, "audio": False}}, ("tools", "vision")),
        ({"architecture": {"input_modalities": ["text", "image"]}}, ("vision",)),
        ({"supported_parameters": ["reasoning", "seed", "tools"]}, ("reasoning", "tools")),
        ({"capabilities": "vision", "architecture": [], "supported_parameters": [None, {}, 3]}, ()),
        ({}, ()),
    ],
)
async def test_what_a_model_can_do_is_read_in_many_dialects(
    upstream: Upstream, said: dict[str, Any], capabilities: tuple[str, ...]
) -> None:
    upstream.models = {"data": [{"id": "m", **said}]}
    assert await OpenAICompatible.list_models(upstream.base_url) == [ModelInfo("m", capabilities=capabilities)]


@pytest.mark.parametrize("document", ["text", {"nothing": 1}, None, 3])
async def test_what_is_no_model_list_is_a_bad_response(upstream: Upstream, document: Any) -> None:
    upstream.models = document
    with pytest.raises(ProviderError) as raised:
        await OpenAICompatible.list_models(upstream.base_url)
    assert raised.value.code == "provider.bad_response"
