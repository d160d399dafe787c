"""Faults below HTTP, and proxies: names, ports, TLS, credentials, redirects, Retry-After. Loopback only."""

import asyncio
import email.utils
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from chat.providers import faults
from chat.providers.budgets import Budgets
from chat.providers.openai_compatible import OpenAICompatible
from chat.providers.session import session, use_connector
from tests.providers.asking import Outcome, ask, scripted
from tests.upstream import ForwardProxy, Upstream
from tests.upstream.tls import self_signed


async def ask_at(base_url: str, **options: Any) -> Outcome:
    return await ask(OpenAICompatible, scripted(), base_url=base_url, **({"tries": 1} | options))


@pytest.fixture
def connector() -> Iterator[Any]:
    """Lets a test say how connectors are made."""
    previous = use_connector(aiohttp.TCPConnector)
    yield use_connector
    use_connector(previous)


class NoSuchName(AbstractResolver):
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        raise OSError(None, "Name or service not known")

    async def close(self) -> None:
        return


async def test_a_name_that_does_not_exist_is_a_dns_failure(connector: Any) -> None:
    connector(lambda: aiohttp.TCPConnector(resolver=NoSuchName()))
    outcome = await ask_at("http://service.invalid/v1")
    assert outcome.code == "provider.dns_failed"


async def test_a_proxy_whose_name_does_not_exist_is_a_proxy_failure(connector: Any) -> None:
    connector(lambda: aiohttp.TCPConnector(resolver=NoSuchName()))
    outcome = await ask_at("http://127.0.0.1:9/v1", proxy="http://me:pw-canary@proxy.invalid:3128")
    assert outcome.code == "provider.proxy_failed"
    assert "pw-canary" not in repr(outcome.error)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_closed_port_is_a_failed_connection_and_tried_again() -> None:
    outcome = await ask_at(f"http://127.0.0.1:{closed_port()}/v1", tries=2)
    assert outcome.code == "provider.connection_failed"
    assert outcome.error and outcome.error.retryable


async def test_a_proxy_that_is_not_there_is_a_proxy_failure() -> None:
    outcome = await ask_at("http://127.0.0.1:9/v1", proxy=f"http://127.0.0.1:{closed_port()}")
    assert outcome.code == "provider.proxy_failed"


async def test_a_connection_that_is_never_accepted_ends_at_the_connect_budget() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        filler = [socket.socket() for _ in range(3)]
        for each in filler:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        outcome = await ask_at(f"http://127.0.0.1:{full.getsockname()[1]}/v1", budgets=Budgets(connect=0.2))
        for each in filler:
            each.close()
    assert outcome.code == "provider.timeout_connect"


async def test_what_is_no_http_at_all_is_a_bad_response() -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"SSH-2.0-OpenSSH_9.6\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(babble, "127.0.0.1", 0) as server:
        outcome = await ask_at(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1")
    assert outcome.code == "provider.bad_response"


@pytest.fixture
async def secure(nothing_left_over: None, tmp_path: Path) -> Any:
    """A service over TLS whose certificate nobody trusts yet, and where that certificate is."""
    context, certificate = self_signed(tmp_path)
    async with Upstream(ssl_context=context) as running:
        yield running, certificate


async def test_a_certificate_nobody_trusts_is_a_tls_failure(secure: Any) -> None:
    outcome = await ask_at(secure[0].base_url)
    assert outcome.code == "provider.tls_failed"
    assert not secure[0].requests


async def test_a_server_without_tls_behind_https_is_a_tls_failure(upstream: Upstream) -> None:
    outcome = await ask_at(upstream.base_url.replace("http:", "https:"))
    assert outcome.code == "provider.tls_failed"


@pytest.mark.parametrize("tunnel", [False, True])
async def test_tls_works_directly_and_through_a_tunnel(
    secure: Any, connector: Any, guarded_proxy: ForwardProxy, tunnel: bool
) -> None:
    upstream, certificate = secure
    trusting = ssl.create_default_context(cafile=str(certificate))
    connector(lambda: aiohttp.TCPConnector(ssl=trusting))
    outcome = await ask_at(upstream.base_url, proxy=guarded_proxy.url if tunnel else None)
    assert (outcome.text, outcome.error) == (upstream.last.text, None)
    assert [seen.method for seen in guarded_proxy.passed] == (["CONNECT"] if tunnel else [])
    assert "Proxy-Authorization" not in upstream.last.headers


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_refuses_the_credentials_is_a_proxy_failure(
    upstream: Upstream, guarded_proxy: ForwardProxy, scheme: str
) -> None:
    url = guarded_proxy.url.replace("proxy-pass-canary", "wrong-pass-canary")
    outcome = await ask_at(upstream.base_url.replace("http:", f"{scheme}:"), proxy=url)
    assert outcome.code == "provider.proxy_failed"
    assert outcome.error and outcome.error.status == 407
    assert "canary" not in f"{outcome.error!r} {outcome.error}"
    assert not upstream.requests


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "127.0.0.1:8080", "http://"])
async def test_a_proxy_of_another_kind_is_a_misconfiguration(upstream: Upstream, proxy: str) -> None:
    outcome = await ask_at(upstream.base_url, proxy=proxy)
    assert outcome.code == "provider.misconfigured"


async def test_a_redirect_is_never_followed(upstream: Upstream) -> None:
    script = scripted(status=307, headers={"Location": f"{upstream.url}/v1/chat/completions"})
    outcome = await ask(OpenAICompatible, script, base_url=upstream.base_url, api_key="k-1")
    assert outcome.code == "provider.redirected"
    assert len(upstream.answers) == 1


async def test_the_environment_s_proxy_is_not_used(upstream: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
    assert (await ask_at(upstream.base_url)).error is None


async def test_retry_after_is_told_in_both_forms(upstream: Upstream) -> None:
    outcome = await ask(
        OpenAICompatible, scripted(status=429, headers={"Retry-After": "120"}), base_url=upstream.base_url
    )
    assert outcome.error and outcome.error.retry_after == 120
    assert len(upstream.answers) == 1, "a wait that long is the user's to decide"
    date = email.utils.formatdate(time.time() + 60, usegmt=True)
    assert faults.retry_after({"Retry-After": date}) == pytest.approx(60, abs=2)
    past = email.utils.formatdate(time.time() - 60, usegmt=True)
    assert faults.retry_after({"Retry-After": past}) == 0
    for nonsense in ("", "-3", "soon", "1e9", "nan", "9" * 500):
        assert faults.retry_after({"Retry-After": nonsense}) is None


async def test_tries_are_counted(upstream: Upstream) -> None:
    script = scripted(status=503, headers={"Retry-After": "0"})
    outcome = await ask(OpenAICompatible, script, base_url=upstream.base_url, tries=4)
    assert outcome.code == "provider.unavailable"
    assert len(upstream.answers) == 4


async def test_an_error_body_without_end_does_not_hold_the_error_up(upstream: Upstream) -> None:
    outcome = await ask(OpenAICompatible, scripted(status=400, body="x" * 10_000_000), base_url=upstream.base_url)
    assert outcome.code == "provider.refused"
    assert outcome.error and len(outcome.error.excerpt) <= 300


async def test_a_stopped_answer_s_connection_is_not_used_again(upstream: Upstream) -> None:
    stream = OpenAICompatible.create_async_generator("m", scripted(stall_after=1), base_url=upstream.base_url)
    await anext(stream)
    await stream.aclose()
    await upstream.last.wait_ended()
    assert (await ask_at(upstream.base_url)).text == upstream.last.text


async def test_a_loop_has_one_session_and_closes_it_when_it_shuts_down() -> None:
    async def two() -> tuple[aiohttp.ClientSession, aiohttp.ClientSession]:
        return session(), session()

    first, second = await asyncio.to_thread(lambda: asyncio.run(two()))
    assert first is second
    assert first.closed
    assert session() is not first
