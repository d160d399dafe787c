"""OpenAICompatible against a server that is not ours: llama.cpp's."""

import pytest

from chat.providers.base import FinishReason, Usage
from chat.providers.embedded import supervisor
from chat.providers.errors import ContextTooLongError, UnauthorizedError
from chat.providers.openai_compatible import OpenAICompatible
from tests.embedded.asking import STORY, question


@pytest.fixture
async def server(shared):
    """Address and key of a running llama.cpp server, as an administrator would enter them."""
    endpoint = await supervisor().ensure_running()
    return {"base_url": endpoint.base_url, "api_key": endpoint.key}


async def answer(server, text=STORY, **options):
    model = (await OpenAICompatible.list_models(**server))[0].model_id
    return [
        chunk async for chunk in OpenAICompatible.create_async_generator(model, question(text), **server, **options)
    ]


async def test_models_are_listed_with_their_context_size(server, shared):
    (model,) = await OpenAICompatible.list_models(**server)

    assert model.model_id == shared.model_id
    assert model.context_size == shared.context_size


async def test_answer_ends_with_its_reason_and_usage(server):
    *pieces, finish, usage = await answer(server, max_tokens=10)

    assert len(pieces) > 3
    assert finish == FinishReason("length")
    assert isinstance(usage, Usage)
    assert usage.output_tokens == 10


async def test_stop_sequence_ends_the_answer_before_it(server):
    whole = "".join(map(str, await answer(server, max_tokens=24, temperature=0.0, seed=1)))
    mark = whole.split()[3]

    chunks = await answer(server, max_tokens=24, temperature=0.0, seed=1, stop=[mark])

    assert "".join(map(str, chunks)) == whole.partition(mark)[0]
    assert FinishReason("stop") in chunks


async def test_wrong_key_is_unauthorized(server):
    wrong = server | {"api_key": "wrong"}
    with pytest.raises(UnauthorizedError):
        await OpenAICompatible.list_models(**wrong)
    with pytest.raises(UnauthorizedError):
        [chunk async for chunk in OpenAICompatible.create_async_generator("any", question("Hi"), **wrong)]


async def test_too_long_a_question_is_named_as_such(server):
    with pytest.raises(ContextTooLongError) as caught:
        await answer(server, "the quick brown fox " * 1500)
    assert not caught.value.retryable


async def test_many_answers_one_after_another_on_connections_the_server_closes(server):
    for _ in range(20):
        assert await answer(server, "Say hello.", max_tokens=2, temperature=0.0)
