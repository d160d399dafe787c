"""The embedded model killed or hung, through the whole server: a typed failure, and the next question is answered."""

import asyncio
import os
import signal
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager

import psutil
import pytest

from chat.models import Connection, Generation
from tests.embedded.asking import children
from tests.upstream.record import Answer

TELL = "Tell me a long story about a fox."


@pytest.fixture
async def server(house, weights):
    """A server with the real model."""
    await house.rows(Connection.objects.update, enabled=False)
    await house.rows(Connection.objects.filter(kind="embedded").update, enabled=True)
    yield await house.start(EMBEDDED_WEIGHTS=str(weights))
    for child in children(house.site.var / "run"):
        child.kill()
        child.wait(10)


async def the_child(house):
    (child,) = await asyncio.to_thread(children, house.site.var / "run")
    return child


@asynccontextmanager
async def two_people(house, server):
    """A page with an answer that has begun, another person's page, and the model's process."""
    async with house.browser(server.url) as browser, house.browser(server.url, "bob") as other:
        asked = await browser.ask(TELL, parameters={"max_tokens": 600})
        await browser.until(lambda: browser.text(asked["message_id"]), seconds=60)
        yield browser, asked, other, await the_child(house)


async def check_its_row(house, browser, asked, status):
    """The row has ended so, with the text that its reader is shown, no more and no less.

    The model keeps no record of what it sends: for the invariants, which see these rows too, what is shown is one.
    """
    rows = Generation.objects.select_related("message__parent")
    row = await house.rows(rows.get, id=asked["generation_id"])
    text, end = browser.text(asked["message_id"]), browser.ended[asked["generation_id"]]
    assert (row.status, row.position, row.message.content) == (status, len(text), text)
    assert row.error_code == end.get("error", {"code": ""})["code"]
    question = {"role": "user", "content": row.message.parent.content}
    house.upstream.answers.append(Answer("embedded", {}, {"messages": [question]}, content=[text], ended=status))


async def check_it_was_cut(house, browser, asked, status):
    """The answer ends so, and what had come of it is shown and stored."""
    assert await browser.end_of(asked["generation_id"], seconds=120) == status
    assert browser.text(asked["message_id"])
    await check_its_row(house, browser, asked, status)


async def check_it_was_replaced(house, other, child):
    """The next question is answered, by another process."""
    again = await other.ask("Say hello.", parameters={"max_tokens": 8})
    assert await other.end_of(again["generation_id"], seconds=60) == "completed"
    await check_its_row(house, other, again, "completed")
    assert (await the_child(house)).pid != child.pid


async def test_a_model_that_dies_costs_its_answers_and_no_more(house, server):
    async with two_people(house, server) as (browser, asked, other, child):
        os.kill(child.pid, signal.SIGKILL)
        await check_it_was_cut(house, browser, asked, "failed")
        assert browser.ended[asked["generation_id"]]["error"]["code"].startswith("provider.")
        await check_it_was_replaced(house, other, child)


@pytest.mark.slow
async def test_a_model_that_hangs_is_stopped_and_found_by_the_next_question(house, server):
    async with two_people(house, server) as (browser, asked, other, child):
        os.kill(child.pid, signal.SIGSTOP)
        await other.send("ping", request_id="alive")
        await other.until(lambda: other.frames[-1].get("request_id") == "alive")
        await browser.stop(asked["generation_id"])
        await check_it_was_cut(house, browser, asked, "stopped")
        await check_it_was_replaced(house, other, child)


@pytest.mark.slow
async def test_a_model_that_hangs_in_an_answer_is_found_and_the_answer_fails(house, server):
    async with two_people(house, server) as (browser, asked, other, child):
        os.kill(child.pid, signal.SIGSTOP)
        await check_it_was_cut(house, browser, asked, "failed")
        assert browser.ended[asked["generation_id"]]["error"]["code"].startswith("provider.")
        await check_it_was_replaced(house, other, child)


async def test_20_questions_at_once_are_all_answered_or_refused_in_words(house, server):
    async with AsyncExitStack() as stack:
        browsers = [await stack.enter_async_context(house.browser(server.url)) for _ in range(20)]
        asked = await asyncio.gather(*(browser.ask(TELL, parameters={"max_tokens": 8}) for browser in browsers))
        ends = Counter()
        for browser, begun in zip(browsers, asked, strict=True):
            status = await browser.end_of(begun["generation_id"], seconds=90)
            code = browser.ended[begun["generation_id"]].get("error", {"code": ""})["code"]
            ends[status, code, browser.text(begun["message_id"]) != ""] += 1
            await check_its_row(house, browser, begun, status)
    assert ends.keys() <= {("completed", "", True), ("failed", "provider.unavailable", False)}
    assert ends["completed", "", True] >= 10
    assert psutil.pid_exists(server.process.pid)
    assert len(await asyncio.to_thread(children, house.site.var / "run")) == 1
