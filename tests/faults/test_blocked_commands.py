"""A tab whose command waits for the database is still heard, and still bounded."""

from uuid import uuid4

from chat.generation.reader import WINDOW_FRAMES
from tests.faults.locked import locked

BOUND = 64  # unread frames
AHEAD = 8  # commands that are read all the same


async def test_a_tab_whose_message_waits_still_reads_is_there_and_stops(house):
    server = await house.start()
    async with house.browser(server.url) as browser:
        asked = await browser.ask("!forever")
        await browser.until(lambda: browser.text(asked["message_id"]))
        with locked(house.site.database):
            place = {"conversation_id": asked["conversation_id"], "parent_id": asked["message_id"]}
            waiting = await browser.deliver("message.send", content="And then?", **place)
            read = browser.heard.count("generation.delta")
            await browser.until(lambda: browser.heard.count("generation.delta") > read + 2 * WINDOW_FRAMES)
            await browser.send("ping")
            await browser.until(lambda: "pong" in browser.heard)
            await browser.send("generation.stop", generation_id=asked["generation_id"])
            assert await house.upstream.last.wait_ended() == "client_closed"
            assert waiting in browser.unanswered
        assert await browser.end_of(asked["generation_id"]) == "stopped"
        await browser.until(lambda: waiting not in browser.unanswered)
        assert browser.closes == []


async def refused(browser, times):
    """Commands that have to wait for the database before they are refused; their request_ids."""
    request_ids = [str(n) for n in range(times)]
    for request_id in request_ids:
        unknown = {"message_id": str(uuid4()), "client_id": str(uuid4())}
        await browser.send("message.edit", request_id=request_id, content="x", **unknown)
    return request_ids


async def test_commands_that_wait_keep_their_order_and_too_many_are_a_flood(house):
    server = await house.start()
    async with house.browser(server.url) as patient, house.browser(server.url, "bob") as flooding:
        flooding.comes_back = False
        with locked(house.site.database):
            sent = await refused(patient, BOUND // 2)
            await refused(flooding, BOUND + 2 * AHEAD)
            await flooding.until(lambda: flooding.closes)
            assert flooding.closes == [4429]
            assert "error" not in patient.heard
        await patient.until(lambda: patient.heard.count("error") == len(sent))
        assert [frame["request_id"] for frame in patient.frames if frame["type"] == "error"] == sent
        assert patient.closes == []
