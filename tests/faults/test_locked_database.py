"""A database that takes nothing for a while: readers are served from the journals, and nothing is lost afterwards."""

import asyncio
import time
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest
from django.db import Error as DatabaseProblem
from django.db import connection as database_connection

from chat.accounts.access import for_user
from chat.bus import bus
from chat.database import database
from chat.events import GenerationEnded
from chat.generation import queue, turns
from chat.generation.runner import Runner
from chat.generation.runner import _runners as runners
from chat.generation.worker import running_here
from chat.models import Generation, Message, QueuedMessage
from tests import making
from tests.faults.locked import locked
from tests.live.socket import Socket

WRITERS = 6


def written(log):
    return [line for line in log.splitlines() if " ERROR " in line or "Traceback" in line or "locked" in line]


async def test_6_writers_wait_while_another_process_locks_the_database_for_3_s(house):
    server = await house.start()
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(house.browser(server.url)) for _ in range(2 * WRITERS)]
        running, asking = visitors[:WRITERS], visitors[WRITERS:]
        asked = [await browser.ask('!{"drip": "deltas", "delay_ms": 5}') for browser in running]
        with locked(house.site.database):
            until = time.monotonic() + 3
            late = [asyncio.create_task(browser.ask(f"late {n}")) for n, browser in enumerate(asking)]
            while time.monotonic() < until:
                before = [len(browser.text(begun["message_id"])) for browser, begun in zip(running, asked, strict=True)]
                for browser, begun, had in zip(running, asked, before, strict=True):
                    await browser.until(lambda b=browser, m=begun["message_id"], n=had: len(b.text(m)) > n)
            assert not any(task.done() for task in late)
        for browser, begun in zip(running, asked, strict=True):
            assert await browser.stop(begun["generation_id"]) == "stopped"
        asked += await asyncio.gather(*late)
        for browser, begun in zip(asking, asked[WRITERS:], strict=True):
            assert await browser.end_of(begun["generation_id"]) == "completed"
        for browser in visitors:
            assert "error" not in browser.heard
            assert browser.closes == []
    rows = await house.rows(lambda: list(Message.objects.filter(role="assistant").order_by("id")))
    assert {str(row.id): row.content for row in rows} == {
        begun["message_id"]: browser.text(begun["message_id"]) for browser, begun in zip(visitors, asked, strict=True)
    }
    assert written(house.site.log.read_text()) == []


@pytest.fixture
async def hasty():
    """The runner of the site, which gives up after half a second; requested before `watch`."""
    runners[asyncio.get_running_loop()] = Runner(give_up_after=0.5)


async def logged(caplog, text, times):
    """Wait until the log has so many lines with this text."""
    async with asyncio.timeout(20):
        while sum(text in message for message in caplog.messages) < times:
            await asyncio.sleep(0.01)


async def end_heard(socket, started):
    """The status of the end that a socket is told, now or before."""
    about = {"type": "generation.ended", "generation_id": started["generation_id"]}
    heard = [frame for frame in socket.frames if about.items() <= frame.items()]
    return (heard[0] if heard else await socket.until(**about))["status"]


async def test_a_database_that_refuses_for_a_while_costs_no_text(watch, impatient, anna, caplog):
    name = database_connection.settings_dict["NAME"]
    async with watch.socket(anna) as one, watch.socket(anna) as other:
        kept = await one.ask(f'!{{"text": "{"море 🌊 " * 40}", "chunks": 40, "delay_ms": 60}}')
        stopped = await other.ask("!forever")
        await other.until("generation.delta", generation_id=stopped["generation_id"])
        with locked(name):
            await logged(caplog, "running answers are not stored yet", 2)
            frames = len(one.frames)
            await one.until("generation.delta", generation_id=kept["generation_id"])
            assert len(one.frames) > frames
            await other.send("generation.stop", generation_id=stopped["generation_id"])
            assert await watch.upstream.answers[1].wait_ended() == "client_closed"
            await logged(caplog, "the end of an answer is not stored yet", 1)
        for socket in (one, other):
            assert await end_heard(socket, stopped) == "stopped"
            assert await end_heard(socket, kept) == "completed"
    for socket, started in ((one, kept), (other, stopped)):
        message = await database.read(Message.objects.get, id=started["message_id"])
        assert message.content == socket.text(started["generation_id"])
    assert watch.upstream.answers[0].text == one.text(kept["generation_id"])


async def test_a_stop_closes_the_service_then_stores_then_tells(watch, impatient, anna, caplog):
    async with watch.socket(anna) as socket:
        started = await socket.ask("!forever")
        await socket.until("generation.delta")
        row = Generation.objects.filter(id=started["generation_id"])
        with locked(database_connection.settings_dict["NAME"]):
            await socket.send("generation.stop", generation_id=started["generation_id"])
            assert await watch.upstream.last.wait_ended(20) == "client_closed"
            await logged(caplog, "the end of an answer is not stored yet", 1)
            await socket.send("ping")
            await socket.until("pong")
            assert "generation.ended" not in [frame["type"] for frame in socket.frames]
            assert await database.read(lambda: row.values_list("status", flat=True).get()) == "running"
        ended = await socket.until("generation.ended", timeout=20)
        assert await database.read(lambda: row.values_list("status", "position").get()) == (
            "stopped",
            ended["position"],
        )
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert message.content == socket.text(started["generation_id"])
    assert watch.upstream.last.text.startswith(message.content)


async def test_when_nothing_can_be_stored_for_too_long_it_is_said_and_stored_as_soon_as_it_can_be(
    watch, impatient, anna
):
    question = turns.Question(client_id=uuid4(), content="!forever")
    turn = await database.write(turns.send, for_user(anna), question)
    ends = asyncio.Queue()

    def hear(event):
        if isinstance(event, GenerationEnded):
            ends.put_nowait((event.status, event.error.code))

    unsubscribe = bus.subscribe(anna.id, hear)
    runner = Runner(give_up_after=0.5)
    run = runner.start(turn.jobs[0])
    await run.journal.news(0)
    with locked(database_connection.settings_dict["NAME"]):
        assert await asyncio.wait_for(ends.get(), 20) == ("failed", "generation.not_stored")
        assert await watch.upstream.last.wait_ended() == "client_closed"
        assert await database.read(Generation.objects.filter(status="running").count) == 1
        assert run.job.generation_id in running_here  # nobody here takes it for abandoned
    assert await asyncio.wait_for(ends.get(), 20) == ("failed", "generation.not_stored")
    await run.task
    assert run.job.generation_id not in running_here
    unsubscribe()
    await runner.shutdown()
    row = await database.read(Generation.objects.select_related("message").get)
    assert (row.status, row.error_code) == ("failed", "generation.not_stored")
    assert row.message.content == run.journal.text("content")


@pytest.mark.parametrize("impatient", [400], indirect=True)
async def test_however_many_answers_wait_for_the_database_each_hears_in_time(watch, impatient, anna):
    ends = asyncio.Queue()
    unsubscribe = bus.subscribe(anna.id, lambda event: isinstance(event, GenerationEnded) and ends.put_nowait(event))
    runner = Runner(give_up_after=0.5)
    runs = []
    for _ in range(12):
        question = turns.Question(client_id=uuid4(), content="!forever")
        runs.append(runner.start((await database.write(turns.send, for_user(anna), question)).jobs[0]))
    for run in runs:
        await run.journal.news(0)
    with locked(database_connection.settings_dict["NAME"]):
        begun = time.monotonic()
        for run in runs[::2]:
            runner.stop(run.job.generation_id)
        told = [await asyncio.wait_for(ends.get(), 20) for _ in runs]
        took = time.monotonic() - begun
    assert {end.generation_id for end in told} == {run.job.generation_id for run in runs}
    assert {end.error.code for end in told} == {"generation.not_stored"}
    assert took < 3.5  # one after the other they take 12 times 400 ms, and those that were stopped try twice
    await asyncio.gather(*(run.task for run in runs))
    unsubscribe()
    await runner.shutdown()
    rows = {row.id: row async for row in Generation.objects.filter(id__in=[run.job.generation_id for run in runs])}
    for number, run in enumerate(runs):
        row = rows[run.job.generation_id]
        if number % 2 == 0 and row.status == "stopped":  # that was still on its way when it was given up
            continue
        assert (row.status, row.error_code) == ("failed", "generation.not_stored")


@pytest.mark.parametrize("impatient", [400], indirect=True)
async def test_what_others_write_keeps_nobody_waiting_for_the_end_of_an_answer(watch, impatient, anna):
    ends = asyncio.Queue()
    unsubscribe = bus.subscribe(anna.id, lambda event: isinstance(event, GenerationEnded) and ends.put_nowait(event))
    runner = Runner(give_up_after=0.5)
    begun = [await database.write(turns.send, for_user(anna), turns.Question(uuid4(), "!forever")) for _ in range(2)]
    runs = [runner.start(turn.jobs[0]) for turn in begun]
    for run in runs:
        await run.journal.news(0)
    with locked(database_connection.settings_dict["NAME"]):
        others = [
            asyncio.create_task(database.write(turns.send, for_user(anna), turns.Question(uuid4(), "!empty")))
            for _ in range(40)
        ]
        runner.stop(runs[0].job.generation_id)
        told = [await asyncio.wait_for(ends.get(), 20) for _ in runs]
        assert {end.error.code for end in told} == {"generation.not_stored"}
        assert not all(other.done() for other in others)  # one after the other they take 40 times 400 ms
        for other in others:
            other.cancel()
    await asyncio.gather(*(run.task for run in runs), *others, return_exceptions=True)
    unsubscribe()
    await runner.shutdown()
    assert await database.read(Generation.objects.filter(error_code="generation.not_stored").count) >= 1


async def test_an_end_that_no_database_takes_is_a_failure_with_its_text(watch, anna):
    ends = asyncio.Queue()
    unsubscribe = bus.subscribe(anna.id, lambda event: isinstance(event, GenerationEnded) and ends.put_nowait(event))
    runner = Runner()
    turn = await database.write(turns.send, for_user(anna), turns.Question(uuid4(), "!forever"))
    run = runner.start(turn.jobs[0])
    await run.journal.news(0)
    run.input_tokens = 2**70
    runner.stop(run.job.generation_id)
    end = await asyncio.wait_for(ends.get(), 20)
    assert (end.status, end.error.code) == ("failed", "generation.failed")
    await run.task
    unsubscribe()
    await runner.shutdown()
    row = await database.read(Generation.objects.select_related("message").get)
    assert (row.status, row.message.content) == ("failed", run.journal.text("content"))
    assert run.job.generation_id not in running_here


async def test_a_tab_that_opens_what_could_not_be_stored_sees_the_text_and_the_failure(hasty, watch, impatient, anna):
    async with Socket(anna) as one, Socket(anna) as other:
        started = await one.ask("!forever")
        about = {"generation_id": started["generation_id"]}
        await one.until("generation.delta")
        with locked(database_connection.settings_dict["NAME"]):
            ended = await one.until("generation.ended", **about)
            assert ended["error"]["code"] == "generation.not_stored"
            for socket in (one, other):
                await socket.send("conversation.open", conversation_id=started["conversation_id"])
                (running,) = (await socket.until("conversation.snapshot"))["generations"]
                assert "".join(part["text"] for part in running["parts"]) == one.text(started["generation_id"])
                assert await socket.until("generation.ended") == ended
            await other.send("generation.stop", request_id="stop", **about)
            assert await other.until("generation.ended") == {**ended, "request_id": "stop"}
        assert (await other.until("generation.ended"))["error"] == ended["error"]
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert message.content == one.text(started["generation_id"])


async def test_a_queue_that_the_database_refuses_waits_on_and_fails_only_who_asked_for_it(watch, impatient, anna):
    conversation = await database.write(making.conversation, anna, "question", "answer")
    row = await database.write(making.queued, conversation.head, "next")
    place = (anna.id, conversation.id, conversation.head.turn_id)
    with locked(database_connection.settings_dict["NAME"]):
        await queue.release(*place)
        with pytest.raises(DatabaseProblem):
            await queue.release(*place, raises=True)
    assert await database.read(QueuedMessage.objects.filter(id=row.id).count) == 1
