"""Browsers that go away before the answer: what they asked for is done whole, and every other tab is told."""

import asyncio
import json
import logging

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.urls import path

from chat.api.json import endpoint
from chat.bus import bus
from chat.database import database
from chat.errands import Errands
from chat.errors import ChatError
from chat.events import ConversationDeleted
from chat.ids import new_id
from chatsite.asgi import application
from tests import making
from tests.live.socket import HOST, Socket, session_key

TOKEN = "a" * 32


class Slow:
    """A handler that a test holds up between its commit and what follows."""

    def __init__(self):
        self.begun, self.released, self.cancelled = asyncio.Event(), asyncio.Event(), False
        self.raises = None
        self.id = new_id()

    async def __call__(self, request, access):
        self.begun.set()
        try:
            await self.released.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        if self.raises:
            raise self.raises
        bus.publish(access.actor.id, ConversationDeleted(self.id))


slow = Slow()
urlpatterns = [path("slow", endpoint(**{method: lambda *given: slow(*given) for method in ("get", "post", "delete")}))]


@pytest.fixture
async def held(settings):
    global slow
    settings.ROOT_URLCONF = __name__
    slow = Slow()
    return slow


class Request:
    """A request of a signed-in browser to the real application."""

    def __init__(self, method, path, cookie, body=b""):
        names = {"cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}; csrftoken={TOKEN}", "x-csrftoken": TOKEN,
                 "host": HOST.decode(), "content-type": "application/json"}  # fmt: skip
        scope = {"type": "http", "method": method.upper(), "path": path, "query_string": b"", "http_version": "1.1",
                 "headers": [(name.encode(), value.encode()) for name, value in names.items()]}  # fmt: skip
        self._communicator = ApplicationCommunicator(application, scope)
        self._body = body

    async def send(self):
        await self._communicator.send_input({"type": "http.request", "body": self._body})

    async def go_away(self):
        """The browser disconnects; returns when nothing of the request is left."""
        await self._communicator.send_input({"type": "http.disconnect"})
        await self._communicator.wait(timeout=10)


async def cut_short(anna, held, method):
    """A request that is cut while its handler works."""
    request = Request(method, "/slow", await database.write(session_key, anna))
    await request.send()
    await asyncio.wait_for(held.begun.wait(), 10)
    await request.go_away()


@pytest.mark.parametrize("method", ["post", "delete"])
async def test_what_changes_something_is_told_to_the_other_tabs(anna, held, method):
    async with Socket(anna) as other:
        await cut_short(anna, held, method)
        held.released.set()
        await other.until("conversation.deleted", conversation_id=str(held.id))
    assert not held.cancelled


async def test_what_only_reads_ends_there(anna, held):
    await cut_short(anna, held, "get")
    assert held.cancelled


@pytest.mark.parametrize(
    ("error", "level"), [(RuntimeError("on purpose"), logging.ERROR), (ChatError("a.b", "No."), logging.INFO)]
)
async def test_what_fails_with_nobody_waiting_is_logged(anna, held, error, level, caplog):
    caplog.set_level(logging.INFO, "chat.errands")
    held.raises = error
    await cut_short(anna, held, "post")
    held.released.set()
    async with asyncio.timeout(10):
        while not (records := [record for record in caplog.records if record.name == "chat.errands"]):
            await asyncio.sleep(0)
    assert [record.levelno for record in records] == [level]


async def test_the_end_of_the_process_waits_for_it_and_cuts_what_overstays():
    errands, released, ended = Errands(), asyncio.Event(), []

    async def work(name):
        try:
            await released.wait()
            ended.append(name)
        finally:
            ended.append("over")

    waiting = [asyncio.create_task(errands.run(work(name))) for name in "ab"]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.wait(waiting[:1])
    finishing = asyncio.create_task(errands.finish())
    await asyncio.sleep(0)
    assert not finishing.done()
    released.set()
    await finishing
    assert ended == ["a", "over", "b", "over"]
    released.clear()
    overstaying = asyncio.create_task(errands.run(work("c")))
    finishing = asyncio.create_task(errands.finish())
    await asyncio.sleep(0)
    finishing.cancel()
    await asyncio.wait([finishing, overstaying])
    assert ended[4:] == ["over"]


async def test_a_finished_copy_is_in_the_lists_of_the_other_tabs(anna):
    row = await database.write(making.conversation, anna, *["text"] * 300, title="Rivers")
    body = json.dumps({"message_id": str(row.head_id), "scope": "all"}).encode()
    request = Request("post", f"/api/conversations/{row.id}/fork", await database.write(session_key, anna), body)
    async with Socket(anna) as other:
        await request.send()
        async with asyncio.timeout(10):
            while not await database.read(type(row).objects.exclude(id=row.id).exists):
                await asyncio.sleep(0)
        await request.go_away()
        told = await other.until("conversation.updated")
    assert told["conversation"]["title"] == "Rivers (2)"
