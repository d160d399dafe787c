"""A temporary conversation leaves nothing on the disk, and is gone with its process."""

import asyncio

from chat.models import Generation, Message
from tests.faults.test_kills import kill

ASKED = "canary-of-the-question"
ANSWERED = "canary-of-the-answer"


def files_with(house, *words):
    """Files of the site, its log among them, that hold any of these words."""
    paths = [house.site.log, *(path for path in house.site.var.rglob("*") if path.is_file() and not path.is_symlink())]
    return [path.name for path in paths if any(word.encode() in path.read_bytes() for word in words)]


async def answered(house, server, content, status, **fields):
    """Ask on a page of its own, to the end; returns the ids of the answer."""
    async with house.browser(server.url) as browser:
        asked = await browser.ask(content, **fields)
        assert await browser.end_of(asked["generation_id"]) == status
    return asked


async def test_nothing_of_it_is_on_the_disk_and_nothing_is_left_after_a_kill(house):
    house.upstream.script(pieces=[ANSWERED, " and more"])
    server = await house.start()
    await answered(house, server, "kept, so that words would be found", "completed")
    assert files_with(house, ANSWERED)
    house.upstream.script(pieces=[ASKED.upper(), " and more"])
    asked = await answered(house, server, ASKED, "completed", temporary=True)
    house.upstream.script(pieces=[ASKED.upper()], no_end_mark=True, no_finish=True)
    await answered(house, server, ASKED, "failed", temporary=True)
    async with house.browser(server.url) as browser:
        running = await browser.ask("!forever", temporary=True)
        await browser.until(lambda: browser.text(running["message_id"]))
        assert files_with(house, ASKED, ASKED.upper()) == []
        browser.comes_back = False
        await kill(server)
    await house.upstream.last.wait_ended()
    server = await house.start()
    assert files_with(house, ASKED, ASKED.upper()) == []
    assert (await house.rows(Message.objects.count), await house.rows(Generation.objects.count)) == (2, 1)
    async with house.browser(server.url) as browser:
        await browser.send("conversation.open", conversation_id=asked["conversation_id"])
        refused = await browser.until(lambda: next((f for f in browser.frames if f["type"] == "error"), None))
        assert refused["code"] == "conversation.not_found"


async def test_a_shutdown_tells_how_it_ended_and_leaves_without_a_word(house):
    server = await house.start(SHUTDOWN_GRACE_SECONDS="3.5")
    async with house.browser(server.url) as browser:
        asked = await browser.ask("!forever", temporary=True)
        await browser.until(lambda: browser.text(asked["message_id"]))
        browser.comes_back = False
        server.terminate()
        await browser.until(lambda: browser.closes)
        assert browser.status(asked["generation_id"]) == "interrupted"
        assert browser.closes == [1012]
    assert await asyncio.to_thread(server.wait) == 0
    assert "Traceback" not in house.site.log.read_text()
    assert await house.rows(Message.objects.count) == 0
