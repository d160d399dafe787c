"""Slow queries of some people do not keep others from connecting, nor from their first page."""

import asyncio
import time
from contextlib import AsyncExitStack
from statistics import median

import aiohttp

from chat.models import Message, User
from tests import making

SIBLINGS = 2_500  # versions of one question: a snapshot names them all
SLOW = 200


def much_edited(username):
    """A conversation that takes long to read."""
    owner = User.objects.get(username=username)
    row = making.conversation(owner, "one", "two")
    now = row.created_at
    rows = [
        Message(conversation=row, owner=owner, role="user", content="version", created_at=now) for _ in range(SIBLINGS)
    ]
    Message.objects.bulk_create(rows, batch_size=1_000)
    return str(row.id)


async def timed(awaitable):
    begun = time.monotonic()
    await awaitable
    return time.monotonic() - begun


async def first_page(server, cookie):
    async with aiohttp.ClientSession(headers=cookie) as session, session.get(server.url + "/") as response:
        assert response.status == 200
        assert "Scripta" in await response.text()


async def connected(house, server):
    async with house.browser(server.url, "bob") as browser:
        assert browser.heard[0] == "session.ready"


async def test_200_slow_queries_keep_nobody_out_and_no_stop_back(house):
    conversation_id = await house.rows(much_edited, "alice")
    server = await house.start()
    async with AsyncExitStack() as stack:
        answered = await stack.enter_async_context(house.browser(server.url, "bob"))
        asked = await answered.ask("!forever")
        slow = [await stack.enter_async_context(house.browser(server.url)) for _ in range(SLOW)]
        opening = [asyncio.create_task(browser.show(conversation_id, seconds=120)) for browser in slow]
        await asyncio.wait(opening, return_when=asyncio.FIRST_COMPLETED)
        connecting = [await timed(connected(house, server)) for _ in range(3)]
        begun = time.monotonic()
        await answered.send("generation.stop", generation_id=asked["generation_id"])
        assert await house.upstream.last.wait_ended() == "client_closed"
        stopping = time.monotonic() - begun
        pages = [await timed(first_page(server, house.site.cookie("bob"))) for _ in range(3)]
        waiting = sum(not task.done() for task in opening)
        await asyncio.gather(*opening)
        await answered.end_of(asked["generation_id"])
    print(f"connecting {connecting}, stopping {stopping}, pages {pages}, then {waiting} of {SLOW} still waited")
    assert waiting > 0
    assert median(connecting) < 1.5
    assert stopping < 1.5
    assert median(pages) < 3
