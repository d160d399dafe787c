"""The house finds what is wrong with a server, its rows or its visitors: a planted fault for each."""

import asyncio
import os
import signal
from datetime import timedelta

import pytest
from django.utils import timezone

from chat.models import Generation, Message
from tests.faults.tcp_relay import TcpRelay
from tests.upstream.record import Answer


@pytest.fixture
async def answered(house):
    """A completed answer, and the page that showed it."""
    server = await house.start()
    async with house.browser(server.url) as browser:
        asked = await browser.ask("Hello")
        assert await browser.end_of(asked["generation_id"]) == "completed"
    assert await house.problems() == []
    return browser, asked


async def the_problem(house):
    """The one problem that there is."""
    (problem,) = await house.problems(seconds=0)
    return problem


async def test_what_is_wrong_in_the_rows_is_found(house, answered):
    text = house.upstream.last.text
    forgeries = [
        # model, wrong, right, problem
        (Message, {"content": "x" * len(text)}, {"content": text}, "was never sent"),
        (Generation, {"position": 1}, {"position": len(text)}, "positions up to 1"),
    ]
    for model, wrong, right, words in forgeries:
        rows = model.objects if model is Generation else model.objects.filter(role="assistant")
        await house.rows(rows.update, **wrong)
        assert words in " ".join(await house.problems(seconds=0))
        await house.rows(rows.update, **right)
        assert await house.problems() == []


async def test_an_answer_that_never_ends_is_found(house, answered):
    lease = timezone.now() + timedelta(hours=1)
    await house.rows(Generation.objects.update, status="running", lease_until=lease)
    assert "still runs" in await the_problem(house)
    await house.rows(Generation.objects.update, status="completed", lease_until=None)
    house.upstream.answers.append(Answer("openai", {}, {}))
    assert "is still asked for" in await the_problem(house)
    house.upstream.answers.pop()


async def test_text_that_was_shown_and_is_not_stored_is_found(house, answered):
    browser, asked = answered
    browser.shown[asked["message_id"]]["content"] += "."
    assert "more was shown" in await the_problem(house)
    browser.shown[asked["message_id"]]["content"] = house.upstream.last.text


async def test_an_end_that_is_told_twice_or_never_is_found(house, answered):
    browser, asked = answered
    browser.frames.append(browser.ended[asked["generation_id"]])
    assert "2 ends" in await the_problem(house)
    browser.frames.pop()
    async with house.browser(house.servers[0].server.url) as again:
        again.running[asked["generation_id"]] = asked["message_id"]
        await house.hear_ends(again, seconds=0)
        assert "never told" in await the_problem_besides_its_socket(house)
        again.running.clear()
    again.problems.clear()


async def the_problem_besides_its_socket(house):
    (problem,) = [each for each in await house.problems(seconds=0) if "socket is still open" not in each]
    return problem


async def test_a_socket_that_was_cut_unexpectedly_is_found(house, answered):
    async with TcpRelay(house.servers[0].server.port) as relay:
        async with house.browser(relay.url) as browser, house.browser(relay.url, may_be_cut=True) as knows:
            relay.cut()
            await asyncio.gather(*(each.until(lambda each=each: each.closes) for each in (browser, knows)))
            await browser.until(lambda: browser.is_connected)
    assert "nobody expected" in (await house.problems())[0]
    browser.problems.clear()
    assert await house.problems() == []


async def test_a_socket_that_is_left_open_is_found(house, answered):
    _, writer = await asyncio.open_connection("127.0.0.1", house.servers[0].server.port)
    writer.write(b"GET / HTTP/1.1\r\n")
    async with asyncio.timeout(20):
        while not await house.problems(seconds=0):
            await asyncio.sleep(0.02)
    assert "socket is still open" in await the_problem(house)
    writer.close()


async def test_a_server_that_holds_more_than_before_is_found(house, answered):
    (lodger,) = house.servers
    base = lodger.base
    for field, less in (("memory", house.headroom + 2**20), ("descriptors", 100), ("threads", 100)):
        lodger.base = type(base)(**vars(base) | {field: getattr(base, field) - less})
        assert "a server holds" in await the_problem(house)
    lodger.base = base


async def test_a_server_that_dies_is_found(house, answered):
    (lodger,) = house.servers
    os.kill(lodger.server.process.pid, signal.SIGKILL)
    async with asyncio.timeout(20):
        while lodger.is_alive:
            await asyncio.sleep(0.02)
    assert "ended by itself, with -9" in await the_problem(house)
    lodger.server.kill()
    assert await house.problems() == []
