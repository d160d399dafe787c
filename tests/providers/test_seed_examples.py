"""Both examples of the document that the provider layer grew from, run as written there, through a real proxy.

Only the proxy's address is put in, and the class that they find under its name has a local server's URL.
"""

import asyncio

import aiohttp
import pytest

from chat.providers.aichatonline import AiChatOnline
from tests.upstream import ForwardProxy, Upstream

GRAB_TOKEN = """\
import asyncio
from aiohttp import ClientSession

async def main():
    async with ClientSession() as session:
        token = await AiChatOnline.grab_token(session, 'http://proxy:8080')
        print(f'Token: {token}')

if __name__ == "__main__":
    asyncio.run(main())
"""

CREATE_ASYNC_GENERATOR = """\
import asyncio
from aiohttp import ClientSession

async def main():
    messages = [{'role': 'user', 'content': 'Hello, how are you?'}]
    async for chunk in await AiChatOnline.create_async_generator('gpt-4o-mini', messages, proxy='http://proxy:8080'):
        print(chunk, end='')

if __name__ == "__main__":
    asyncio.run(main())
"""


async def run_as_script(source: str, upstream: Upstream, proxy_url: str) -> None:
    program = compile(source.replace("http://proxy:8080", proxy_url), "example", "exec")
    names = {"__name__": "__main__", "AiChatOnline": AiChatOnline.at(upstream.url)}
    await asyncio.to_thread(exec, program, names)


async def test_the_token_example_prints_the_token(
    upstream: Upstream, guarded_proxy: ForwardProxy, capsys: pytest.CaptureFixture[str]
) -> None:
    await run_as_script(GRAB_TOKEN, upstream, guarded_proxy.url)
    assert capsys.readouterr().out == "Token: scripted-unique-id\n"
    assert [(seen.method, seen.status) for seen in guarded_proxy.passed] == [("GET", 0)]


async def test_the_streaming_example_prints_the_answer(
    upstream: Upstream, guarded_proxy: ForwardProxy, capsys: pytest.CaptureFixture[str]
) -> None:
    await run_as_script(CREATE_ASYNC_GENERATOR, upstream, guarded_proxy.url)
    assert capsys.readouterr().out == upstream.last.text != ""
    assert upstream.last.body["prompt"] == "Hello, how are you?"
    assert [(seen.method, seen.status) for seen in guarded_proxy.passed] == [("GET", 0), ("POST", 0)]


async def test_the_document_s_attributes_and_bases_are_there() -> None:
    assert [base.__name__ for base in AiChatOnline.__bases__] == ["AsyncGeneratorProvider", "ProviderModelMixin"]
    assert AiChatOnline.site_url == "https://aichatonline.org"
    assert AiChatOnline.url == "https://aichatonlineorg.erweima.ai"
    assert AiChatOnline.api_endpoint == "/aichatonline/api/chat/gpt"
    assert AiChatOnline.working is False
    assert AiChatOnline.default_model == "gpt-4o-mini"
    assert AiChatOnline.get_models() == ["gpt-4o-mini"]


async def test_grab_token_itself_raises_aiohttp_s_error(upstream: Upstream) -> None:
    upstream.token_script.status = 403
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientResponseError) as raised:
            await AiChatOnline.at(upstream.url).grab_token(session, None)  # type: ignore[arg-type]
    assert raised.value.status == 403
