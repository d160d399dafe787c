"""Clients that flood the real application, or leave unread what they asked for: they are cut, and memory stays."""

import asyncio
import contextlib
import json
from uuid import uuid4

import psutil
import pytest

from chat.models import User
from chatsite.guarded_websocket import UNSENT_MAX_BYTES
from tests import making
from tests.faults.memory import MEGABYTE, Peak
from tests.site import wire

LONG = 900_000  # characters of an answer: a megabyte for each snapshot of it
FRAMES = 5_000


def long_conversation():
    return str(making.conversation(User.objects.get(username="alice"), "Long?", "x" * LONG).id)


def signed_in(house, server):
    """A bare socket of somebody who is signed in."""
    cookie = house.site.cookie("alice")["Cookie"]
    connection, answer = wire.upgrade(server.port, "/ws/", f"Cookie: {cookie}\r\nOrigin: {server.url}\r\n")
    assert answer.startswith(b"HTTP/1.1 101 ")
    wire.read_until(connection, b'"}')  # the end of `session.ready`
    return connection


def command(type, **fields):
    return wire.frame(json.dumps({"type": type, **fields}).encode())


async def cut_off(server, connection):
    """Wait until the server has let go of this connection; reading from it would make room."""
    port, process = connection.getsockname()[1], psutil.Process(server.process.pid)
    async with asyncio.timeout(20):
        while any(each.raddr and each.raddr.port == port for each in process.net_connections("tcp")):
            await asyncio.sleep(0.05)


async def assert_answers(house, server):
    async with house.browser(server.url, "bob") as browser:
        asked = await browser.ask("Still there?")
        assert await browser.end_of(asked["generation_id"]) == "completed"


async def test_a_browser_that_leaves_16_mib_unread_is_cut_off(house):
    conversation_id = await house.rows(long_conversation)
    server = await house.start()
    peak = Peak(server.process.pid)
    with signed_in(house, server) as connection:
        opening = command("conversation.open", conversation_id=conversation_id)
        sender = wire.send_until_cut(connection, opening, times=2 * UNSENT_MAX_BYTES // LONG)
        await asyncio.to_thread(sender.join)
        await cut_off(server, connection)
    assert peak.growth() < UNSENT_MAX_BYTES + 40 * MEGABYTE
    await assert_answers(house, server)


@pytest.mark.parametrize("reads", [True, False])
async def test_5000_commands_of_64_kb_are_a_flood_and_leave_memory_flat(house, reads):
    server = await house.start()
    await assert_answers(house, server)
    peak = Peak(server.process.pid)
    with signed_in(house, server) as connection:
        fields = {"message_id": str(uuid4()), "client_id": str(uuid4()), "content": "x" * 64_000}
        sender = wire.send_until_cut(connection, command("message.edit", **fields), times=FRAMES)
        if not reads:
            await asyncio.to_thread(sender.join)
        received = await asyncio.to_thread(wire.read_to_end, connection)
        await asyncio.to_thread(sender.join)
    assert wire.close_code(received) == 4429
    assert peak.growth() < 40 * MEGABYTE
    await assert_answers(house, server)


async def test_5000_frames_of_64_kb_that_are_no_commands_are_refused_and_leave_memory_flat(house):
    server = await house.start()
    await assert_answers(house, server)
    peak = Peak(server.process.pid)
    with signed_in(house, server) as connection:
        sender = wire.send_until_cut(connection, wire.frame(b"x" * 64_000), times=FRAMES)
        await asyncio.to_thread(sender.join)
        connection.settimeout(60)
        with contextlib.suppress(OSError):  # it may be closed as a flood by now
            connection.sendall(wire.frame(b"", opcode=8))
        received = await asyncio.to_thread(wire.read_to_end, connection)
    assert wire.close_code(received) in (1000, 4429)
    assert b"frame.malformed" in received
    assert peak.growth() < 40 * MEGABYTE
    await assert_answers(house, server)
