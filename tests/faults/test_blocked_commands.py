"""A tab whose command waits for the database is still heard, still bounded, and gets whole what it asked for."""

from uuid import uuid4

import pytest
from django.db import connection as database_connection

from chat.database import database
from chat.generation.reader import WINDOW_FRAMES
from chat.models import Message
from tests.faults.locked import locked
from tests.live.socket import Socket

BOUND = 64  # unread frames
AHEAD = 8  # commands that are read all the same


@pytest.mark.slow
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


@pytest.mark.parametrize(
    "command", ["message.send", "message.edit", "generation.retry", "generation.continue", "queue.send"]
)
async def test_what_is_committed_once_its_socket_is_gone_is_answered(watch, anna, command):
    async with watch.socket(anna) as other, Socket(anna) as asking:
        begun = await asking.ask("!forever" if command == "queue.send" else "One")
        answer = {"message_id": begun["message_id"], "client_id": str(uuid4())}
        fields = {"generation.retry": answer, "generation.continue": answer}
        if command == "queue.send":
            place = {"conversation_id": begun["conversation_id"], "parent_id": begun["message_id"]}
            await asking.send("message.send", client_id=str(uuid4()), content="Two", **place)
            waiting = await asking.until("message.queued")
            fields[command] = {"queued_id": waiting["queued"]["id"]}
        else:
            await other.until("generation.ended", status="completed")
            question = await database.read(Message.objects.get, role="user")
            words = {"client_id": str(uuid4()), "content": "Two"}
            fields |= {"message.send": words, "message.edit": words | {"message_id": str(question.id)}}
        with locked(database_connection.settings_dict["NAME"]):
            await asking.send(command, **fields[command])
            await asking.send("ping")
            await asking.until("pong")
            await asking.cut_off()
        started = await other.until("generation.started")
        while started["generation_id"] == begun["generation_id"]:
            started = await other.until("generation.started")
        ended = await other.until("generation.ended", generation_id=started["generation_id"])
        assert ended["status"] == "completed"
