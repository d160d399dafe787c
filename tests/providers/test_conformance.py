"""The conformance suite on our own providers and on a foreign class; and that its detectors can fail."""

import asyncio
from typing import Any

import pytest

from chat.providers.aichatonline import AiChatOnline
from chat.providers.base import AnswerStream, AsyncGeneratorProvider
from chat.providers.openai_compatible import OpenAICompatible
from tests.providers.asking import scripted
from tests.providers.conformance import ProviderConformance
from tests.providers.foreign_example import Foreign, ForeignCoroutine
from tests.providers.letting_go import assert_closed_at_once
from tests.upstream import Upstream


class TestOpenAICompatible(ProviderConformance):
    provider = OpenAICompatible


class TestAiChatOnline(ProviderConformance):
    provider = AiChatOnline
    end_mark = False

    def options(self, upstream: Upstream) -> dict[str, Any]:
        return {"base_url": upstream.url}


class TestForeignGenerator(ProviderConformance):
    provider = Foreign
    end_mark = False
    own_wire = False


class TestForeignCoroutine(ProviderConformance):
    provider = ForeignCoroutine
    end_mark = False
    own_wire = False


class Lingering(AsyncGeneratorProvider):
    """A planted fault: keeps reading in a task of its own when its reader has gone."""

    keeps_budgets = True
    tasks: set[asyncio.Task[None]] = set()

    @classmethod
    def create_async_generator(cls, model: str, messages: Any, proxy: str | None = None, **kwargs: Any) -> AnswerStream:
        queue: asyncio.Queue[str] = asyncio.Queue()

        async def pump() -> None:
            async for chunk in OpenAICompatible.create_async_generator(model, messages, proxy, **kwargs):
                queue.put_nowait(str(chunk))

        async def chunks() -> Any:
            cls.tasks.add(asyncio.create_task(pump()))
            while True:
                yield await queue.get()

        return AnswerStream(chunks())


async def test_the_suite_notices_a_provider_that_goes_on_after_stop(upstream: Upstream) -> None:
    stream = Lingering.create_async_generator("m", scripted(stall_after=3), base_url=upstream.base_url)
    await anext(stream)
    await stream.aclose()
    with pytest.raises(TimeoutError):
        await upstream.last.wait_ended(0.2)
    task = Lingering.tasks.pop()
    task.cancel()
    await asyncio.wait([task])
    with pytest.raises(AssertionError):
        await assert_closed_at_once(upstream, since=0.0)
