"""The same application under uvicorn: it drains before uvicorn closes the sockets."""

import asyncio
import signal

import aiohttp
import pytest

from chat.models import Generation
from tests.faults.test_shutdown import GRACE
from tests.process import ServerProcess


@pytest.fixture
def uvicorn(house):
    """Starts the site under uvicorn."""
    servers = []

    async def start(**environment):
        arguments = ["-m", "tests.faults.uvicorn_site"]
        environment = {"VAR_DIR": str(house.site.var), "DJANGO_SETTINGS_MODULE": "chatsite.settings"} | environment
        servers.append(await asyncio.to_thread(ServerProcess, arguments, environment, house.site.log))
        return servers[-1]

    yield start
    for server in servers:
        server.kill()


async def readiness(server):
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/readyz") as response:
        return response.status


async def welcome(server, cookie):
    """What a tab hears that connects: the types of the frames, and the code that it is closed with."""
    headers = {"Origin": server.url, **cookie}
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{server.url}/ws/", headers=headers) as socket:
        heard = [message.json()["type"] async for message in socket]
        return [*heard, socket.close_code]


async def test_answers_end_within_the_grace_or_are_interrupted(house, uvicorn):
    server = await uvicorn(SHUTDOWN_GRACE_SECONDS=GRACE)
    async with (
        house.browser(server.url, "bob") as idle,
        house.browser(server.url) as short,
        house.browser(server.url, "admin") as long,
    ):
        briefly = await short.ask('!{"chunks": 150, "delay_ms": 5, "hold_after": 140}')
        for_ever = await long.ask("!forever")
        await long.until(lambda: long.text(for_ever["message_id"]))
        assert await readiness(server) == 200
        for browser in (idle, short, long):
            browser.comes_back = False
        server.terminate()
        await idle.until(lambda: idle.closes)
        assert await readiness(server) == 503
        assert await welcome(server, house.site.cookie("bob")) == ["server.draining", 1012]
        assert short.status(briefly["generation_id"]) == "running"
        house.upstream.go()
        await short.until(lambda: short.closes)
        assert short.status(briefly["generation_id"]) == "completed"
        await long.until(lambda: long.closes)
        assert long.status(for_ever["generation_id"]) == "interrupted"
    assert await asyncio.to_thread(server.wait) in (0, -signal.SIGTERM)
    for browser in (idle, short, long):
        assert browser.closes == [1012]
        assert browser.heard.count("server.draining") == 1
    rows = await house.rows(lambda: {str(row.id): row for row in Generation.objects.select_related("message")})
    assert rows[briefly["generation_id"]].message.content == house.upstream.answers[0].text
    assert rows[for_ever["generation_id"]].message.content == long.text(for_ever["message_id"])


async def test_a_second_signal_does_not_wait_for_the_grace(house, uvicorn):
    server = await uvicorn(SHUTDOWN_GRACE_SECONDS="600")
    async with house.browser(server.url) as browser:
        asked = await browser.ask("!forever")
        await browser.until(lambda: browser.text(asked["message_id"]))
        browser.comes_back = False
        server.terminate()
        await browser.until(lambda: "server.draining" in browser.heard)
        server.terminate()
        await browser.until(lambda: browser.closes)
    assert await asyncio.to_thread(server.wait) in (0, -signal.SIGTERM)
    await house.start()
    assert await house.rows(Generation.objects.filter(status="interrupted").count) == 1


async def test_what_a_killed_uvicorn_leaves_behind_is_ended_at_the_next_start(house, uvicorn):
    server = await uvicorn()
    async with house.browser(server.url) as browser:
        asked = await browser.ask("!forever")
        await browser.until(lambda: len(browser.text(asked["message_id"])) > 20)
        browser.comes_back = False
        server.kill()
        second = await uvicorn()
        assert await house.rows(Generation.objects.filter(status="running").count) == 0
        async with house.browser(second.url) as again:
            await again.show(asked["conversation_id"])
            assert again.status(asked["generation_id"]) == "interrupted"
