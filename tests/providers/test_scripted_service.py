"""The scripted service as a process of its own, as benchmarks and browser tests use it."""

import asyncio
import sys
from contextlib import aclosing

import aiohttp
import pytest

from chat.providers.openai_compatible import OpenAICompatible
from tests.providers.asking import ask, scripted
from tests.upstream.server import Upstream


async def test_it_serves_and_shows_its_log() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.upstream", "--delay-ms", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        url = (await process.stdout.readline()).decode().split()[-1]
        outcome = await ask(OpenAICompatible, scripted(), base_url=f"{url}/v1")
        async with aiohttp.ClientSession() as session, session.get(f"{url}/_log") as response:
            log = await response.json()
    finally:
        process.terminate()
        await process.communicate()
    assert outcome.error is None
    assert [(entry["text"], entry["ended"]) for entry in log] == [(outcome.text, "completed")]
    assert log[0]["body"]["model"] == "scripted-1"


@pytest.mark.parametrize(("holds", "counts"), [(2, [2]), ([1, 3], [1, 3]), ([2, 4], [2, 4])])
async def test_an_answer_holds_until_it_is_told_to_go_on(
    upstream: Upstream, holds: int | list[int], counts: list[int]
) -> None:
    held = scripted(chunks=4, hold_after=holds)
    left = ["".join(f"word{number} " for number in range(count)) for count in counts]
    stream = OpenAICompatible.create_async_generator("m", held, base_url=upstream.base_url)
    text = ""
    async with aclosing(stream):
        async for chunk in stream:
            text += chunk if isinstance(chunk, str) else ""
            if left and text == left[0]:
                assert upstream.last.text == left.pop(0)
                async with aiohttp.ClientSession() as session:
                    await session.post(f"{upstream.url}/_go")
    assert left == []
    assert text == upstream.last.text == "word0 word1 word2 word3 "
