"""SIGTERM: everybody is told, what runs ends within the grace or is interrupted with its text, the exit is clean."""

import asyncio
import time

import aiohttp
import pytest

from chat.models import Generation, Message
from tests.faults.lag import Lag, keeps_the_interval, lost_ns
from tests.faults.test_kills import endless

GRACE = "5.5"  # of which 3 s are kept for storing


async def row_of(house, asked):
    return await house.rows(Generation.objects.select_related("message").get, id=asked["generation_id"])


async def ended(server):
    return await asyncio.to_thread(server.wait)


async def test_answers_end_within_the_grace_or_are_interrupted(house):
    server = await house.start(SHUTDOWN_GRACE_SECONDS=GRACE)
    async with (
        house.browser(server.url, "bob") as idle,
        house.browser(server.url) as short,
        house.browser(server.url, "admin") as long,
    ):
        briefly = await short.ask('!{"chunks": 200, "delay_ms": 5, "hold_after": 190}')
        for_ever = await long.ask("!forever")
        await long.until(lambda: long.text(for_ever["message_id"]))
        for browser in (idle, short, long):
            browser.comes_back = False
        server.terminate()
        await idle.until(lambda: idle.closes)
        assert short.status(briefly["generation_id"]) == "running"
        house.upstream.go()
        await short.until(lambda: short.closes)
        assert short.status(briefly["generation_id"]) == "completed"
        assert long.status(for_ever["generation_id"]) == "running"
        await long.until(lambda: long.closes)
        assert long.status(for_ever["generation_id"]) == "interrupted"
    assert await ended(server) == 0
    for browser in (idle, short, long):
        assert browser.closes == [1012]
        assert browser.heard.count("server.draining") == 1
    assert (await row_of(house, briefly)).message.content == house.upstream.answers[0].text
    interrupted = await row_of(house, for_ever)
    assert interrupted.status == "interrupted"
    assert interrupted.message.content == long.text(for_ever["message_id"])
    assert "Traceback" not in house.site.log.read_text()


async def test_a_question_that_comes_too_late_is_refused_and_asked_again_after_the_restart(house):
    server = await house.start(SHUTDOWN_GRACE_SECONDS=GRACE)
    async with house.browser(server.url) as browser:
        asked = await browser.ask("!forever")
        await browser.until(lambda: browser.text(asked["message_id"]))
        browser.comes_back = False
        server.terminate()
        await browser.until(lambda: "server.draining" in browser.heard)
        late = await browser.deliver("message.send", content="Too late?")
        refused = await browser.until(lambda: next((f for f in browser.frames if f["type"] == "error"), None))
        assert (refused["code"], refused["request_id"]) == ("server.draining", late)
        await browser.until(lambda: browser.closes)
    assert await ended(server) == 0
    assert await house.rows(Message.objects.filter(content="Too late?").count) == 0
    server = await house.start()
    async with house.browser(server.url) as browser:
        again = await browser.ask("Too late?", client_id=late)
        assert await browser.end_of(again["generation_id"]) == "completed"


async def test_a_process_that_was_never_asked_anything_says_goodbye_too(house):
    server = await house.start(SHUTDOWN_GRACE_SECONDS=GRACE)
    async with house.browser(server.url) as browser:
        browser.comes_back = False
        server.terminate()
        await browser.until(lambda: browser.closes)
        assert browser.heard == ["session.ready", "server.draining"]
        assert browser.closes == [1012]
    assert await ended(server) == 0


async def probed(session, url):
    async with session.get(url) as response:
        return response.status, await response.json()


async def test_a_draining_process_lets_nobody_in_and_tells_the_connections_that_it_has(house):
    server = await house.start(SHUTDOWN_GRACE_SECONDS="20")
    only = aiohttp.TCPConnector(limit=1)
    async with aiohttp.ClientSession(connector=only) as kept, aiohttp.ClientSession() as new:
        async with house.browser(server.url) as browser:
            running = await browser.ask("!forever")
            assert await probed(kept, f"{server.url}/readyz") == (200, {"status": "ok"})
            browser.comes_back = False
            server.terminate()
            await browser.until(lambda: "server.draining" in browser.heard)
            for path in ("healthz", "readyz", ""):
                with pytest.raises(aiohttp.ClientConnectorError):
                    await new.get(f"{server.url}/{path}")
            assert await probed(kept, f"{server.url}/healthz") == (200, {"status": "ok"})
            unready = {"status": "unavailable", "missing": "draining"}
            assert await probed(kept, f"{server.url}/readyz") == (503, unready)
            assert await browser.stop(running["generation_id"]) == "stopped"
            await browser.until(lambda: browser.closes)
    assert await ended(server) == 0


async def test_a_second_signal_does_not_wait_and_the_next_start_finds_the_text(house):
    server = await house.start(SHUTDOWN_GRACE_SECONDS="600")
    async with house.browser(server.url) as browser, Lag(house.rows, house.upstream, server.process.pid) as lag:
        asked = await browser.ask(endless(5, "twice"))
        await browser.until(lambda: len(browser.text(asked["message_id"])) > 5_000)
        browser.comes_back = False
        server.terminate()
        await browser.until(lambda: "server.draining" in browser.heard)
        again = time.time_ns()
        server.terminate()
        await browser.until(lambda: browser.closes)
        assert browser.closes == [1012]
    assert await ended(server) == 0
    await house.upstream.last.wait_ended()
    await house.start()
    row = await row_of(house, asked)
    assert row.status == "interrupted"
    assert lost_ns(house.upstream.last.content, len(row.message.content), again) <= lag.allowed_ns(again)
    assert keeps_the_interval(lag.gaps)
