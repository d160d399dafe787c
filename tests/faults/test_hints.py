"""A mirror of an answer that another process writes: hints may be lost, doubled or late, readers may come at once."""

import asyncio
import json
import random
from uuid import UUID, uuid4

import pytest
from django.db import connection as database_connection

from chat.database import database
from chat.generation.mirror import mirrors
from tests.faults.browsers import Browser
from tests.live.socket import Socket, session_key
from tests.process import ServerProcess

TABS = 6


@pytest.fixture
async def elsewhere(tmp_path, engine, settings, anna):
    """A browser at another process, which serves the same database as this one."""
    environment = {
        "VAR_DIR": str(tmp_path / "var"),
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": f"sqlite:///{database_connection.settings_dict['NAME']}",
    }
    cookie = {"Cookie": f"sessionid={await database.write(session_key, anna)}"}
    arguments = (["manage.py", "serve", "--port", "0"], environment, tmp_path / "server.log")
    with await asyncio.to_thread(ServerProcess, *arguments) as server:
        async with Browser(server.url, cookie) as browser:
            yield browser
            assert browser.problems == []


async def spoil(generation_id, dice):
    """Hints without news, twice, about nothing, and none for a while."""
    while True:
        for _ in range(dice.choice((0, 0, 1, 2, 20))):
            mirrors().hint(generation_id)
            mirrors().hint(uuid4())
        await asyncio.sleep(dice.choice((0, 0.001, 0.05)))


async def test_hints_change_nothing_but_the_moment(watch, upstream, elsewhere, anna):
    reasoning = "Well, let me think about it."
    held = {"chunks": 400, "delay_ms": 4, "hold_after": 200, "reasoning": reasoning}
    asked = await elsewhere.ask(f"!{json.dumps(held)}")
    generation_id = asked["generation_id"]
    hints = asyncio.create_task(spoil(UUID(generation_id), random.Random(27)))
    async with watch.socket(anna) as socket:
        await socket.send("conversation.open", conversation_id=asked["conversation_id"])
        snapshot = await socket.until("conversation.snapshot")
        upstream.go()
        ended = await socket.until("generation.ended", timeout=15)
    hints.cancel()
    assert ended["status"] == await elsewhere.end_of(generation_id) == "completed"
    (running,) = snapshot["generations"]
    for kind, sent in (("content", upstream.last.text), ("reasoning", "".join(upstream.last.reasoning))):
        begun = "".join(part["text"] for part in running["parts"] if part["kind"] == kind)
        assert begun + socket.text(generation_id, kind) == sent == elsewhere.text(asked["message_id"], kind)


async def test_tabs_that_open_at_the_same_moment_share_one_text(watch, upstream, elsewhere, anna):
    asked = await elsewhere.ask('!{"chunks": 300, "delay_ms": 4, "hold_after": 200}')
    await elsewhere.until(lambda: len(elsewhere.text(asked["message_id"])) > 400)

    all_have_opened = asyncio.Barrier(TABS)

    async def read():
        async with watch.socket(anna) as socket:
            await socket.send("conversation.open", conversation_id=asked["conversation_id"])
            snapshot = await socket.until("conversation.snapshot")
            await all_have_opened.wait()
            upstream.go()
            await socket.until("generation.ended", timeout=15)
        (running,) = snapshot["generations"]
        return "".join(part["text"] for part in running["parts"]) + socket.text(asked["generation_id"])

    texts = await asyncio.gather(*(read() for _ in range(TABS)))
    assert set(texts) == {upstream.last.text}
    assert await elsewhere.end_of(asked["generation_id"]) == "completed"


async def test_a_mirror_ends_with_its_last_reader(watch, elsewhere, anna):
    asked = await elsewhere.ask("!forever")
    async with Socket(anna) as socket:
        await socket.send("conversation.open", conversation_id=asked["conversation_id"])
        await socket.until("generation.delta")
        assert f"mirror of {asked['generation_id']}" in {task.get_name() for task in asyncio.all_tasks()}
    await elsewhere.stop(asked["generation_id"])
