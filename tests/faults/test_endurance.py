"""Hours in minutes: many sockets on many streams, and people who come and go. ENDURANCE_SECONDS makes it shorter."""

import asyncio
import os
import random
import time
from contextlib import AsyncExitStack
from functools import partial

import aiohttp
import pytest

from chat.models import Message
from tests.faults.memory import MEGABYTE, Held
from tests.live_server import USERS

STREAMS = 50
READERS = 10  # of each stream: 500 sockets
VISITORS = 20
# Seven threads, which begin when first needed, keep a connection each, with 8 MB of pages at most, which fill as the
# database grows; a counted server keeps few. In ten minutes 9,000 to 13,000 visits fit, after which 5 MB were seen:
# what stays behind of each is 1.8 kB at most, or it is found.
THREADS = 7
PAGE_CACHES = THREADS * 8 * MEGABYTE
LEFT_BEHIND = 16 * MEGABYTE

pytestmark = pytest.mark.slow


def seconds(usual):
    return float(os.environ.get("ENDURANCE_SECONDS", usual))


def endless(name, delay):
    return f'!{{"drip": "deltas", "delay_ms": {delay}, "pieces": ["{name} "]}}'


async def test_500_sockets_on_50_streams_lose_nothing(house):
    house.headroom = 2 * PAGE_CACHES
    server = await house.start()
    async with AsyncExitStack() as stack:

        async def visit(number):
            return await stack.enter_async_context(house.browser(server.url, USERS[number % len(USERS)]))

        readers = [[await visit(number) for _ in range(READERS)] for number in range(STREAMS)]
        asked = [await group[0].ask(endless(f"stream {number}", 200)) for number, group in enumerate(readers)]
        until = time.monotonic() + seconds(300)
        for group, begun in zip(readers, asked, strict=True):
            for browser in group[1:]:
                await browser.show(begun["conversation_id"])
        while (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(left, 1.0))  # how long it goes on is what is tested
            assert all(browser.closes == [] for group in readers for browser in group)
        for group, begun in zip(readers, asked, strict=True):
            assert await group[0].stop(begun["generation_id"]) == "stopped"
            for browser in group:
                assert await browser.end_of(begun["generation_id"]) == "stopped"
        rows = await house.rows(lambda: dict(Message.objects.filter(role="assistant").values_list("id", "content")))
        texts = {str(key): content for key, content in rows.items()}
        for group, begun in zip(readers, asked, strict=True):
            assert {browser.text(begun["message_id"]) for browser in group} == {texts[begun["message_id"]]}
            assert all(browser.closes == [] for browser in group)
    print(f"{sum(map(len, texts.values()))} characters in {STREAMS} streams, to {STREAMS * READERS} sockets")


async def come_and_go(house, server, dice, name, until):
    """One person after the other, until it is time: asks, leaves in the middle, comes back, stops, reads a page."""
    count = 0
    while time.monotonic() < until:
        user = dice.choice(USERS)
        count += 1
        async with house.browser(server.url, user) as leaving:
            asked = await leaving.ask(endless(f"{name} {count}", dice.choice((5, 20))))
            await leaving.until(partial(leaving.text, asked["message_id"]))
        async with house.browser(server.url, user) as browser:
            await browser.show(asked["conversation_id"])
            await browser.stop(asked["generation_id"])
        await house.forget(leaving, browser)
        async with aiohttp.ClientSession(headers=house.site.cookie(user)) as session:
            async with session.get(server.url + dice.choice(("/", "/api/conversations"))) as response:
                assert response.status == 200
                await response.read()
    return count


async def churn(house, server, seed, duration):
    until = time.monotonic() + duration
    visits = [
        come_and_go(house, server, random.Random(seed + number), f"{seed} {number}", until)
        for number in range(VISITORS)
    ]
    return sum(await asyncio.gather(*visits))


async def test_people_who_come_and_go_leave_nothing_behind(house):
    house.headroom = 64 * MEGABYTE  # since the start; more closely below, since everything has been used once
    server = await house.start_counted()
    idle = await server.tasks()
    duration = seconds(600)
    await churn(house, server, 0, duration / 4)
    base = Held.by(server.process.pid)
    visits = await churn(house, server, 1_000, duration)
    until = time.monotonic() + 90  # idle connections are closed after 75 s
    while (now := Held.by(server.process.pid)).more_than(base, THREADS) and time.monotonic() < until:
        await asyncio.sleep(0.2)
    tasks = await server.tasks_once(idle, max(0.0, until - time.monotonic()))
    print(f"{visits} visits: {base} before, {now} after, {tasks.total()} tasks")
    assert tasks == idle
    assert not now.more_than(base, THREADS)
    assert now.memory - base.memory < LEFT_BEHIND
