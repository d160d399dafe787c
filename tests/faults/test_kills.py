"""`kill -9` of the server: what was acknowledged is stored, and of a running answer little is lost."""

import asyncio
import random
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from chat.models import Generation, Message, Status
from tests.faults.lag import MILLISECOND, Lag, keeps_the_interval, lost_ns


def endless(delay, name):
    return f'!{{"stamp": true, "drip": "deltas", "delay_ms": {delay}, "pieces": ["{name} "]}}'


async def kill(server):
    """Returns the moment, in ns."""
    moment = time.time_ns()
    await asyncio.to_thread(server.kill)
    return moment


async def test_a_kill_in_mid_answer_costs_at_most_250_ms_and_the_answer_goes_on(house):
    server = await house.start()
    async with house.browser(server.url) as browser, Lag(house.rows, house.upstream, server.process.pid) as lag:
        asked = await browser.ask(endless(5, "once"))
        await browser.until(lambda: len(browser.text(asked["message_id"])) > 10_000)
        browser.comes_back = False
        killed = await kill(server)
    await house.upstream.last.wait_ended()
    server = await house.start()
    row = await house.rows(Generation.objects.select_related("message").get)
    assert row.status == "interrupted"
    lost = lost_ns(house.upstream.last.content, len(row.message.content), killed)
    allowed = lag.allowed_ns(killed)
    print(f"lost {lost / MILLISECOND:.0f} ms of {allowed / MILLISECOND:.0f}; {lag}")
    assert lost <= allowed
    assert lag.gaps
    assert keeps_the_interval(lag.gaps)
    async with house.browser(server.url) as again:
        await again.show(asked["conversation_id"])
        assert again.status(asked["generation_id"]) == "interrupted"
        partial = again.text(asked["message_id"])
        house.upstream.script(pieces=["and the rest."])
        client_id = await again.deliver("generation.continue", message_id=asked["message_id"])
        started = await again.until(lambda: next((f for f in again.frames if f.get("request_id") == client_id), None))
        assert await again.end_of(started["generation_id"]) == "completed"
        assert again.text(asked["message_id"]) == partial + "and the rest."
        client_id = await again.deliver("generation.retry", message_id=asked["message_id"])
        retried = await again.until(lambda: again.answer_to(client_id))
        await again.stop(retried["generation_id"])
    stored = await house.rows(Message.objects.get, id=asked["message_id"])
    assert stored.content == partial + "and the rest."
    assert retried["parent_id"] == asked["parent_id"]


@dataclass
class Life:
    """One life of a server: what it acknowledged as (message id, question), when it died, what that may cost."""

    questions: list[str]
    acknowledged: set[tuple[str, str]]
    killed: int
    allowed: int


async def lived(house, dice, name, answers):
    """A server that is killed at a random moment, with so many answers running or about to."""
    server = await house.start()
    questions = [endless(dice.randrange(4, 12), f"{name}-{number}") for number in range(answers)]
    async with AsyncExitStack() as stack:
        lag = await stack.enter_async_context(Lag(house.rows, house.upstream, server.process.pid))
        browsers = [await stack.enter_async_context(house.browser(server.url)) for _ in questions]
        asking = [
            asyncio.create_task(browser.ask(question)) for browser, question in zip(browsers, questions, strict=True)
        ]
        await until_shown(browsers, asking, dice.randrange(1, answers + 1), dice.randrange(0, 800 * answers))
        for browser in browsers:
            browser.comes_back = False
        killed = await kill(server)
        for task in asking:
            task.cancel()
        acknowledged = {
            (frame["message"]["id"], question)
            for browser, question in zip(browsers, questions, strict=True)
            for frame in browser.frames
            if frame["type"] == "message.created"
        }
    for answer in house.upstream.answers:
        await answer.wait_ended()
    return Life(questions, acknowledged, killed, lag.allowed_ns(killed))


async def until_shown(browsers, asking, told, characters):
    """Until so many questions are acknowledged, and the pages show so many characters."""
    async with asyncio.timeout(20):
        while (
            sum(task.done() for task in asking) < told
            or sum(len(texts["content"]) for browser in browsers for texts in browser.shown.values()) < characters
        ):
            await asyncio.sleep(0.002)


def check(life, answers):
    """Compares the rows after the restart with what was acknowledged, and with what the service sent.

    Returns the most that an answer has lost, in ns.
    """
    worst = 0
    sent = {answer.body["messages"][-1]["content"]: answer.content for answer in answers}
    rows = Message.objects.filter(parent__content__in=life.questions, role="assistant").select_related("parent")
    stored = {(str(row.id), row.parent.content) for row in rows}
    stored |= {(str(row.parent_id), row.parent.content) for row in rows}
    assert life.acknowledged <= stored
    for row in rows:
        generation = row.generations.get()
        deltas = sent.get(row.parent.content, [])
        assert generation.status == Status.INTERRUPTED
        assert generation.position == len(row.content)
        assert "".join(deltas).startswith(row.content)
        worst = max(worst, lost_ns(deltas, len(row.content), life.killed))
    assert worst <= life.allowed
    return worst


async def kill_again_and_again(house, seed, times, answers):
    dice = random.Random(seed)
    for number in range(times):
        life = await lived(house, dice, f"life {number}", answers)
        server = await house.start()
        worst = await house.rows(check, life, tuple(house.upstream.answers))
        print(f"lost {worst / MILLISECOND:.0f} ms of {life.allowed / MILLISECOND:.0f}")
        assert await house.problems() == []
        await asyncio.to_thread(server.kill)


async def test_5_kills_at_random_moments_lose_nothing_that_was_acknowledged(house):
    await kill_again_and_again(house, seed=5, times=5, answers=8)


@pytest.mark.slow
async def test_50_kills_under_20_answers_lose_nothing_that_was_acknowledged(house):
    await kill_again_and_again(house, seed=50, times=50, answers=20)
