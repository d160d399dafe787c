"""The embedded model killed or hung, through the whole server: a typed failure, and the next question is answered."""

import asyncio
import os
import signal
from contextlib import asynccontextmanager

import psutil
import pytest

from chat.models import Connection, Generation, Message
from tests.embedded.asking import children

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
    await house.rows(Generation.objects.all().delete)  # no scripted service has a record of these
    await house.rows(Message.objects.filter(role="assistant").delete)


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


async def check_it_was_replaced(house, other, child):
    """The next question is answered, by another process."""
    again = await other.ask("Say hello.", parameters={"max_tokens": 8})
    assert await other.end_of(again["generation_id"], seconds=60) == "completed"
    assert (await the_child(house)).pid != child.pid


async def test_a_model_that_dies_costs_its_answers_and_no_more(house, server):
    async with two_people(house, server) as (browser, asked, other, child):
        os.kill(child.pid, signal.SIGKILL)
        assert await browser.end_of(asked["generation_id"]) == "failed"
        assert browser.ended[asked["generation_id"]]["error"]["code"].startswith("provider.")
        assert browser.text(asked["message_id"])
        await check_it_was_replaced(house, other, child)


@pytest.mark.slow
async def test_a_model_that_hangs_is_stopped_and_found_by_the_next_question(house, server):
    async with two_people(house, server) as (browser, asked, other, child):
        os.kill(child.pid, signal.SIGSTOP)
        await other.send("ping", request_id="alive")
        await other.until(lambda: other.frames[-1].get("request_id") == "alive")
        assert await browser.stop(asked["generation_id"]) == "stopped"
        assert browser.text(asked["message_id"])
        await check_it_was_replaced(house, other, child)


@pytest.mark.slow
async def test_a_model_that_hangs_in_an_answer_is_found_and_the_answer_fails(house, server):
    async with two_people(house, server) as (browser, asked, other, child):
        os.kill(child.pid, signal.SIGSTOP)
        assert await browser.end_of(asked["generation_id"], seconds=120) == "failed"
        assert browser.ended[asked["generation_id"]]["error"]["code"].startswith("provider.")
        assert browser.text(asked["message_id"])
        await check_it_was_replaced(house, other, child)


async def test_20_questions_at_once_are_all_answered_or_refused_in_words(house, server):
    async with house.browser(server.url) as browser:
        asked = [await browser.deliver("message.send", content=TELL, parameters={"max_tokens": 8}) for _ in range(20)]
        ends = {}

        def all_ended():
            started = [browser.answer_to(client_id) for client_id in asked]
            ends.update({each["generation_id"]: browser.ended.get(each["generation_id"]) for each in started if each})
            return len(ends) == len(asked) and all(ends.values())

        await browser.until(all_ended, seconds=90)
        browser.problems.clear()  # one page, twenty conversations: it shows only the first
    for end in ends.values():
        assert end["status"] == "completed" or end["error"]["code"] == "provider.unavailable"
    assert sum(end["status"] == "completed" for end in ends.values()) >= 10
    assert psutil.pid_exists(server.process.pid)
    assert len(await asyncio.to_thread(children, house.site.var / "run")) == 1
