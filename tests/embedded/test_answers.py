"""Embedded: answers of the real model in its child process."""

import asyncio
import os
import time

import psutil
import pytest

from chat.providers.base import FinishReason, Usage
from chat.providers.embedded import DEFAULT_SYSTEM_PROMPT, Embedded, unavailable, with_system_prompt
from chat.providers.errors import ContextTooLongError, ModelNotSupportedError
from chat.providers.llama import endpoint as endpoints
from chat.providers.llama.errors import BusyError
from tests.embedded.asking import STORY, ask, first_chunk, get, question, until


async def test_answer_arrives_in_pieces_with_its_end_and_usage(shared):
    chunks = await ask(STORY, max_tokens=12)

    *pieces, finish, usage = chunks
    assert len(pieces) >= 5
    assert all(isinstance(piece, str) and piece for piece in pieces)
    assert finish == FinishReason("length")
    assert isinstance(usage, Usage)
    assert usage.output_tokens == 12
    assert usage.input_tokens > 0


async def test_create_async_joins_the_content(shared):
    assert await Embedded.create_async("", question("Say hello."), max_tokens=8)


async def test_awaited_or_not_and_with_unknown_options_it_answers(shared):
    plain = Embedded.create_async_generator("", question("Say hello."), max_tokens=4, no_such_option=object())
    awaited = await Embedded.create_async_generator(
        "", question("Say hello."), proxy="http://127.0.0.1:1", max_tokens=4
    )

    assert [chunk async for chunk in plain]
    assert [chunk async for chunk in awaited]


async def test_answer_never_read_starts_nothing(own):
    config = own()
    stream = Embedded.create_async_generator("", question(STORY))
    await stream.aclose()

    assert not config.run_dir.exists()


async def test_leaving_an_answer_frees_its_slot(shared):
    stream = Embedded.create_async_generator("", question(STORY), max_tokens=2000)
    await first_chunk(stream)
    assert await busy_slots(shared) == 1

    await stream.aclose()

    await until(lambda: nothing_busy(shared), seconds=3)


async def test_cancelling_the_task_frees_its_slot(shared):
    begun = asyncio.Event()

    async def read():
        async for _ in Embedded.create_async_generator("", question(STORY), max_tokens=2000):
            begun.set()

    task = asyncio.create_task(read())
    await asyncio.wait_for(begun.wait(), 30)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await until(lambda: nothing_busy(shared), seconds=3)


async def test_trailing_assistant_message_is_continued_without_being_repeated(shared):
    messages = [*question("Count to ten."), {"role": "assistant", "content": "one, two, three, four"}]

    stream = Embedded.create_async_generator("", messages, max_tokens=8)
    text = "".join([str(chunk) async for chunk in stream])

    assert Embedded.continues_prefix
    assert text
    assert not text.startswith("one, two, three, four")


async def test_message_that_cannot_fit_is_refused_with_the_numbers(shared):
    with pytest.raises(ContextTooLongError) as caught:
        await ask("the quick brown fox " * 1500)

    assert caught.value.code == "provider.context_too_long"
    assert not caught.value.retryable
    assert f"{shared.context_size:,} tokens" in caught.value.message
    assert "6,0" in caught.value.message
    assert await ask()


async def test_each_conversation_may_have_the_context_size_that_is_reported(shared):
    (model,) = await Embedded.list_models()
    await ask()
    status, slots = await get(shared, "/slots")

    assert status == 200
    assert {slot["n_ctx"] for slot in slots} == {model.context_size}
    assert model.context_size >= 2048


async def test_twenty_questions_at_once_are_all_answered(shared):
    answers = await asyncio.gather(*[ask(f"What is {number} and one?", max_tokens=6) for number in range(20)])

    assert all(isinstance(answer[0], str) and isinstance(answer[-1], Usage) for answer in answers)
    assert await busy_slots(shared) == 0


async def test_more_than_the_queue_holds_are_refused_at_once(own):
    config = own(queue=3)
    await ask()
    started = time.monotonic()

    async def timed(number):
        try:
            return await ask(f"Tell me about {number}.", max_tokens=24)
        except BusyError as error:
            assert (error.code, error.retryable, error.retry_after) == ("provider.busy", True, 5.0)
            return time.monotonic() - started

    results = await asyncio.gather(*[timed(number) for number in range(20)])

    refused = [result for result in results if isinstance(result, float)]
    assert len(refused) == 20 - config.slots - config.queue
    assert max(refused) < 0.5
    assert await ask()


async def test_a_stranger_without_the_key_gets_nothing(shared):
    await ask()
    endpoint = endpoints.current(shared.run_dir)

    for path in ("/v1/models", "/slots", "/props", "/metrics"):
        status, _ = await get(shared, path, key="wrong")
        assert status == 401, path

    child = psutil.Process(endpoint.pid)
    assert endpoint.key not in " ".join(child.cmdline()) + " ".join(child.environ().values())
    assert endpoint.key not in repr(endpoint)
    assert {connection.laddr.ip for connection in child.net_connections() if connection.status == "LISTEN"} == {
        "127.0.0.1"
    }
    for file in shared.run_dir.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file.name


async def test_child_has_a_session_of_its_own_and_gives_way_to_the_site(shared):
    await ask()
    pid = endpoints.current(shared.run_dir).pid

    assert os.getsid(pid) == pid
    assert os.getsid(pid) != os.getsid(0)
    assert psutil.Process(pid).nice() > psutil.Process().nice()


async def test_only_its_own_model_is_known(shared):
    (only,) = Embedded.get_models()

    assert Embedded.get_model("") == Embedded.get_model(only) == only
    assert unavailable() is None
    with pytest.raises(ModelNotSupportedError):
        [chunk async for chunk in Embedded.create_async_generator("another", question("Hello"))]


@pytest.mark.parametrize("messages", [question("Hi"), [{"role": "system", "content": ""}, *question("Hi")]])
def test_default_system_prompt_is_added_where_there_is_none(messages):
    before = [dict(message) for message in messages]

    assert with_system_prompt(messages) == [{"role": "system", "content": DEFAULT_SYSTEM_PROMPT}, *question("Hi")]
    assert messages == before


def test_given_system_prompt_is_kept():
    messages = [{"role": "system", "content": "Be brief."}, *question("Hi")]

    assert with_system_prompt(messages) == messages


async def busy_slots(config):
    _, slots = await get(config, "/slots")
    return sum(slot["is_processing"] for slot in slots)


async def nothing_busy(config):
    return await busy_slots(config) == 0
