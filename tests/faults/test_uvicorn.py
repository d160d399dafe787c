"""The same application under uvicorn, as far as uvicorn goes: it closes the sockets first, then lets answers end."""

import asyncio
import signal

import pytest

from chat.models import Generation
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


async def test_answers_end_within_the_grace_or_are_interrupted(house, uvicorn):
    server = await uvicorn(SHUTDOWN_GRACE_SECONDS="5")
    async with house.browser(server.url) as browser, house.browser(server.url, "bob") as other:
        briefly = await browser.ask('!{"chunks": 150, "delay_ms": 5}')
        for_ever = await other.ask("!forever")
        await other.until(lambda: other.text(for_ever["message_id"]))
        browser.comes_back = other.comes_back = False
        server.terminate()
        await asyncio.gather(*(each.until(lambda each=each: each.closes) for each in (browser, other)))
        assert browser.closes == other.closes == [1012]
        assert browser.status(briefly["generation_id"]) == "running"
    assert await asyncio.to_thread(server.wait) in (0, -signal.SIGTERM)
    rows = await house.rows(lambda: {str(row.id): row for row in Generation.objects.select_related("message")})
    assert rows[briefly["generation_id"]].status == "completed"
    assert rows[briefly["generation_id"]].message.content == house.upstream.answers[0].text
    interrupted = rows[for_ever["generation_id"]]
    assert interrupted.status == "interrupted"
    assert interrupted.message.content.startswith(other.text(for_ever["message_id"]))


async def test_what_a_killed_uvicorn_leaves_behind_is_ended_at_the_next_start(house, uvicorn):
    server = await uvicorn()
    async with house.browser(server.url) as browser:
        asked = await browser.ask("!forever")
        await browser.until(lambda: len(browser.text(asked["message_id"])) > 20)
        server.kill()
        second = await uvicorn()
        assert await house.rows(Generation.objects.filter(status="running").count) == 0
        async with house.browser(second.url) as again:
            await again.show(asked["conversation_id"])
            assert again.status(asked["generation_id"]) == "interrupted"
