"""Classes written for gpt4free's contract, through the one door."""

import asyncio

import pytest

from chat.providers import registry
from chat.providers.base import FinishReason, Reasoning, Usage
from tests.providers import foreign_example
from tests.providers.asking import ask, scripted


async def test_every_value_becomes_one_of_ours_or_nothing() -> None:
    outcome = await ask(foreign_example.ForeignValues, scripted())
    assert outcome.error is None
    assert outcome.chunks == [Reasoning("hm\ufffd"), "a\ufffdb\ufffdc", Usage(3, 4), FinishReason("stop")]


async def test_an_exception_keeps_the_part_and_becomes_typed_without_the_key() -> None:
    outcome = await ask(foreign_example.ForeignRaises, scripted(), api_key="canary-0123")
    assert (outcome.text, outcome.code) == ("partial", "provider.rate_limited")
    assert "canary-0123" not in repr(outcome.error)
    assert outcome.error and outcome.error.__suppress_context__


async def test_an_exception_yielded_as_a_value_is_an_error_and_not_text() -> None:
    outcome = await ask(foreign_example.ForeignYieldsException, scripted())
    assert (outcome.text, outcome.code) == ("", "provider.failed")


async def test_silence_is_no_success() -> None:
    outcome = await ask(foreign_example.ForeignSilent, scripted())
    assert outcome.code == "provider.empty_answer"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the class ignores GeneratorExit
async def test_a_class_that_swallows_cancellation_is_left_at_its_next_chunk() -> None:
    received: list[str] = []
    read = asyncio.Event()

    async def reading() -> None:
        async for chunk in registry.stream(foreign_example.ForeignSwallows, "m", scripted()):
            received.append(str(chunk))
            read.set()

    task = asyncio.create_task(reading())
    await read.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(received) <= 2


class Careless:
    """Takes our own chunks, fills them with anything, and lets a task of its own be cancelled."""

    @classmethod
    async def create_async_generator(cls, model, messages, proxy=None, **kwargs):
        yield Usage(-1, 2**70)
        yield FinishReason("stop\ud800")
        yield Reasoning("hm\x00")
        yield "partial"
        work = asyncio.create_task(asyncio.sleep(60))
        await asyncio.sleep(0)
        work.cancel()
        await work


async def test_our_own_chunks_are_made_storable_and_a_cancellation_of_its_own_is_an_error() -> None:
    outcome = await ask(Careless, scripted())
    assert outcome.chunks == [Usage(), FinishReason("stop\ufffd"), Reasoning("hm\ufffd"), "partial"]
    assert outcome.code == "provider.failed"


async def test_the_example_imports_nothing_of_ours() -> None:
    assert not {"chat", "chatsite"} & set(vars(foreign_example))
