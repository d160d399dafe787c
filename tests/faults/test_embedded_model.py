"""The embedded model killed or hung, through the whole server: a typed failure, and the next question is answered."""

import asyncio
import os
import signal

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


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_model_that_dies_or_hangs_costs_its_answers_and_no_more(house, server, fault):
    async with house.browser(server.url) as browser, house.browser(server.url, "bob") as other:
        asked = await browser.ask(TELL, parameters={"max_tokens": 600})
        await browser.until(lambda: browser.text(asked["message_id"]), seconds=60)
        child = await the_child(house)
        os.kill(child.pid, fault)
        if fault == signal.SIGKILL:
            assert await browser.end_of(asked["generation_id"]) == "failed"
            assert browser.ended[asked["generation_id"]]["error"]["code"].startswith("provider.")
        else:
            await other.send("ping", request_id="alive")
            await other.until(lambda: other.frames[-1].get("request_id") == "alive")
            assert await browser.stop(asked["generation_id"]) == "stopped"
            os.kill(child.pid, signal.SIGKILL)
        assert browser.text(asked["message_id"])
        again = await other.ask("Say hello.", parameters={"max_tokens": 8})
        assert await other.end_of(again["generation_id"], seconds=60) == "completed"
        assert (await the_child(house)).pid != child.pid


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
