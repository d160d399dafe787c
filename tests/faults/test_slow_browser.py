"""Browsers that stop reading: the server holds the answers once, and goes on when they do."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from chat.generation.reader import WINDOW_CHARACTERS
from tests.faults.memory import MEGABYTE, Peak

ANSWERS = 100
PIECES = ["0123456789abcde\n" * 256] * 244  # 4 kB each, 1 MB together: just below the limit of an answer
SIZE = sum(map(len, PIECES))
# 100 requests with their buffers, and what the allocator keeps. With every frame sent, it would be the answers again.
SLACK = 32 * MEGABYTE


async def all_sent(upstream):
    async with asyncio.timeout(60):
        while len(upstream.answers) < ANSWERS or any(each.ended is None for each in upstream.answers):
            await asyncio.sleep(0.05)
    assert {each.ended for each in upstream.answers} == {"completed"}


@pytest.mark.slow
async def test_100_answers_of_1_mb_are_held_once_while_nobody_reads(house):
    server = await house.start()
    house.headroom = ANSWERS * SIZE + SLACK  # the allocator keeps what was given back
    house.upstream.script(pieces=PIECES, first_delay_ms=500)
    async with AsyncExitStack() as stack:
        browsers = [await stack.enter_async_context(house.browser(server.url)) for _ in range(ANSWERS)]
        peak = Peak(server.process.pid)
        asked = []
        for number, browser in enumerate(browsers):
            asked.append(await browser.ask(f"number {number}"))
            browser.stop_reading()
        await all_sent(house.upstream)
        assert peak.growth() < ANSWERS * (SIZE + WINDOW_CHARACTERS) + SLACK
        print(f"grown by {peak.growth() / MEGABYTE:.0f} MB for {ANSWERS * SIZE / MEGABYTE:.0f} MB of answers")
        for browser, begun in zip(browsers, asked, strict=True):
            assert browser.text(begun["message_id"]) != "".join(PIECES)
            browser.read_on()
        for browser, begun in zip(browsers, asked, strict=True):
            assert await browser.end_of(begun["generation_id"], seconds=60) == "completed"
            assert browser.text(begun["message_id"]) == "".join(PIECES)
            assert browser.closes == []
