"""AiChatOnline's wire, and each row of the table of faults that the known implementation had."""

import asyncio
import logging
import re
from typing import Any

import aiohttp
import pytest

from chat.providers.aichatonline import AiChatOnline
from chat.providers.budgets import Budgets
from tests.providers.asking import Outcome, ask, scripted
from tests.upstream import ForwardProxy, Upstream


async def ask_site(upstream: Upstream, messages: Any = None, **options: Any) -> Outcome:
    return await ask(AiChatOnline, messages or scripted(), base_url=upstream.url, **options)


async def test_the_requests_are_those_of_a_browser_on_the_site(upstream: Upstream) -> None:
    await ask_site(upstream)
    (method, path, id_headers), (chat_method, chat_path, headers) = upstream.requests
    assert (method, chat_method, chat_path) == ("GET", "POST", "/aichatonline/api/chat/gpt")
    assert re.fullmatch(r"/api/v1/user/getUniqueId\?canvas=-[a-z0-9]{10}", path)
    assert "UniqueId" not in id_headers
    assert headers["UniqueId"] == "scripted-unique-id"
    for sent in (id_headers, headers):
        assert re.search(r"X11; Linux .*Firefox/", sent["User-Agent"])
        assert sent["Accept-Language"]
        assert sent["Referer"] == f"{upstream.url}/chatgpt/chat/"
        assert sent["Content-Type"] == "application/json"
        assert sent["Origin"] == upstream.url
        assert sent["Alt-Used"] == "aichatonline.org"
        assert sent["Connection"] == "keep-alive"
        assert [sent[f"Sec-Fetch-{name}"] for name in ("Dest", "Mode", "Site")] == ["empty", "cors", "same-origin"]
        assert sent["TE"] == "trailers"


async def test_only_encodings_that_can_be_decoded_here_are_advertised(upstream: Upstream) -> None:
    await ask_site(upstream)
    decodable = {"gzip", "deflate"}
    decodable |= {"br"} if aiohttp.compression_utils.HAS_BROTLI else set()
    decodable |= {"zstd"} if aiohttp.compression_utils.HAS_ZSTD else set()
    assert set(re.split(r",\s*", upstream.last.headers["Accept-Encoding"])) <= decodable


async def test_each_conversation_has_an_id_of_its_own(upstream: Upstream) -> None:
    await ask_site(upstream)
    await ask_site(upstream)
    ids = [answer.body["conversationId"] for answer in upstream.answers]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"[a-z0-9]{10}", each) for each in ids)
    assert set(upstream.last.body) == {"conversationId", "prompt"}


async def test_several_messages_become_a_line_each(upstream: Upstream) -> None:
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": "Hi."},
        {"role": "user", "content": "And now?"},
    ]
    await ask_site(upstream, messages)
    assert upstream.last.body["prompt"] == "System: Be brief.\nUser: Hello\nAssistant: Hi.\nUser: And now?\nAssistant:"


async def test_no_message_at_all_is_refused_before_anything_is_sent(upstream: Upstream) -> None:
    outcome = await ask(AiChatOnline, [], base_url=upstream.url)
    assert outcome.code == "provider.misconfigured"
    assert not upstream.requests


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ({"code": 200}, "provider.bad_response"),
        ({"data": None}, "provider.bad_response"),
        ({"data": "a\r\nX-Injected: 1"}, "provider.bad_response"),
        ([], "provider.bad_response"),
        ("text", "provider.bad_response"),
    ],
)
async def test_an_answer_without_a_usable_id_is_a_bad_response(upstream: Upstream, token: Any, code: str) -> None:
    upstream.token = token
    outcome = await ask_site(upstream)
    assert outcome.code == code
    assert not upstream.answers


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ({"status": 401}, "provider.unauthorized"),
        ({"status": 429, "headers": {"Retry-After": "120"}}, "provider.rate_limited"),
        ({"status": 302, "headers": {"Location": "https://elsewhere.example/"}}, "provider.redirected"),
        ({"status": 500}, "provider.unavailable"),
        ({"html": True}, "provider.bad_response"),
        ({"stall_headers": True}, "provider.timeout_first_delta"),
        ({"hang_up": True}, "provider.connection_failed"),
    ],
)
async def test_a_fault_while_fetching_the_id_is_a_typed_error(
    upstream: Upstream, script: dict[str, Any], code: str
) -> None:
    upstream.token_script = type(upstream.token_script).from_fields(script)
    outcome = await ask_site(upstream, tries=1, budgets=Budgets(first_delta=0.2))
    assert outcome.code == code
    assert not upstream.answers


async def test_a_busy_id_service_is_asked_again(upstream: Upstream) -> None:
    upstream.token_script.status, upstream.token_script.fail_times = 503, 1
    upstream.token_script.headers = {"Retry-After": "0"}
    upstream.token_script.body = '{"data": "second-try"}'
    outcome = await ask_site(upstream)
    assert outcome.error is None
    assert upstream.last.headers["UniqueId"] == "second-try"


async def test_stop_works_while_the_id_is_fetched(upstream: Upstream) -> None:
    upstream.token_script.stall_headers = True
    task = asyncio.create_task(ask_site(upstream))
    while not upstream.requests:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_changed_schema_is_an_error_with_an_excerpt_and_not_an_empty_answer(upstream: Upstream) -> None:
    outcome = await ask_site(upstream, scripted(body='{"result": {"text": "hello"}}\n'))
    assert outcome.code == "provider.bad_response"
    assert outcome.error and outcome.error.status == 200
    assert "result" in outcome.error.excerpt


async def test_odd_lines_are_counted_in_the_log(upstream: Upstream, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "chat.providers.aichatonline"):
        outcome = await ask_site(upstream, scripted(chunks=4, odd_after=1))
    assert outcome.error is None
    assert [record.getMessage() for record in caplog.records] == ["AiChatOnline: 1 odd lines skipped among 4 good ones"]


async def test_no_cookie_is_kept_and_one_session_serves_all(upstream: Upstream) -> None:
    await ask_site(upstream, scripted(chunks=1, headers={"Set-Cookie": "who=someone; Path=/"}))
    await ask_site(upstream)
    assert "Cookie" not in upstream.last.headers


@pytest.mark.parametrize("credentials", [False, True])
async def test_both_requests_go_through_the_proxy(
    upstream: Upstream, proxy: ForwardProxy, guarded_proxy: ForwardProxy, credentials: bool
) -> None:
    used = guarded_proxy if credentials else proxy
    outcome = await ask_site(upstream, proxy=used.url)
    assert (outcome.text, outcome.error) == (upstream.last.text, None)
    assert [(seen.method, seen.status) for seen in used.passed] == [("GET", 0), ("POST", 0)]
    assert "Proxy-Authorization" not in upstream.last.headers


async def test_create_async_joins_the_content(upstream: Upstream) -> None:
    text = await AiChatOnline.create_async("", scripted(), base_url=upstream.url)
    assert text == upstream.last.text
