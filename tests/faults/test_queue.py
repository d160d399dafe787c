"""Queued messages over kills, restarts and shutdowns: what was acknowledged is sent once, or waits."""

import asyncio
import random
import signal
from collections import Counter

import pytest
from django.db import transaction

from chat.models import Generation, Message, QueuedMessage
from tests.faults.test_kills import kill


async def enqueue(browser, asked, content):
    """Send below an answer, until it is acknowledged as queued or sent; returns the client_id."""
    below = {"conversation_id": asked["conversation_id"], "parent_id": asked["message_id"]}
    client_id = await browser.deliver("message.send", content=content, **below)
    await browser.until(lambda: client_id not in browser.unanswered)
    return client_id


@transaction.atomic
def sent_and_waiting():
    """Both at one moment: a message may be on its way."""
    sent = list(
        Message.objects.filter(role="user")
        .exclude(parent=None)
        .order_by("id")
        .values_list("client_id", "content", "parent")
    )
    waiting = list(QueuedMessage.objects.order_by("id").values_list("client_id", "id"))
    return sent, waiting


async def test_what_waits_when_the_server_is_killed_waits_still_and_goes_out_when_asked_for(house):
    server = await house.start()
    async with house.browser(server.url) as browser:
        asked = await browser.ask("!forever")
        await browser.until(lambda: browser.text(asked["message_id"]))
        client_id = await enqueue(browser, asked, "after the kill")
        browser.comes_back = False
        await kill(server)
    await house.upstream.last.wait_ended()
    server = await house.start()
    assert (await house.rows(Generation.objects.get)).status == "interrupted"
    async with house.browser(server.url) as browser:
        await browser.show(asked["conversation_id"])
        snapshot = next(frame for frame in browser.frames if frame["type"] == "conversation.snapshot")
        (queued,) = snapshot["queued"]
        assert (queued["client_id"], queued["parent_id"]) == (client_id, asked["message_id"])
        assert await house.rows(Message.objects.count) == 2
        for _ in range(2):  # somebody who is impatient
            await browser.send("queue.send", queued_id=queued["id"])
        answer = await browser.until(lambda: browser.answer_to(client_id))
        assert await browser.end_of(answer["generation_id"]) == "completed"
    async with house.browser(server.url) as browser:
        below = {"conversation_id": asked["conversation_id"], "parent_id": asked["message_id"]}
        await browser.deliver("message.send", client_id=client_id, content="after the kill", **below)
        await browser.until(lambda: client_id not in browser.unanswered)
    assert len(house.upstream.answers) == 2
    sent, waiting = await house.rows(sent_and_waiting)
    assert [content for _, content, _ in sent] == ["after the kill"]
    assert waiting == []


async def test_kills_between_queueing_and_sending_neither_lose_nor_double_a_message(house):
    dice = random.Random(7)
    for _ in range(2):
        house.upstream.script(pieces=["so ", "be ", "it"], delay_ms=dice.randrange(3, 12))
        asked, acknowledged = await queued_and_killed(house, sent=dice.randrange(1, 5))
        server = await house.start()
        await check_each_is_there_once(house, acknowledged)
        async with house.browser(server.url) as browser:
            await send_the_rest(house, browser, asked["conversation_id"])
        sent = await check_each_is_there_once(house, acknowledged)
        assert [str(key) for key, _, _ in sent][-len(acknowledged) :] == acknowledged
        assert len({parent for _, _, parent in sent}) == len(sent)
        await asyncio.to_thread(server.kill)


async def queued_and_killed(house, sent):
    """Six messages wait for an answer; the server is killed as soon as so many have gone out."""
    server = await house.start()
    async with house.browser(server.url) as browser:
        asked = await browser.ask('!{"chunks": 60, "delay_ms": 10, "hold_after": 50}')
        acknowledged = [await enqueue(browser, asked, str(number)) for number in range(6)]
        house.upstream.go()
        await browser.until(lambda: browser.answer_to(acknowledged[sent - 1]))
        browser.comes_back = False
        await kill(server)
    for answer in house.upstream.answers:
        await answer.wait_ended()
    return asked, acknowledged


async def send_the_rest(house, browser, conversation_id):
    """Ask for what waits to be sent, one after the other, until every answer is at its end."""
    await browser.show(conversation_id)
    _, waiting = await house.rows(sent_and_waiting)
    for key, queued_id in waiting:
        if str(key) not in told(browser):
            await browser.send("queue.send", queued_id=str(queued_id))
        answer = await browser.until(lambda key=str(key): browser.answer_to(key))
        await browser.end_of(answer["generation_id"])


async def check_each_is_there_once(house, acknowledged):
    """Each acknowledged message either waits or has been sent, and has not been sent twice."""
    sent, waiting = await house.rows(sent_and_waiting)
    there = Counter(str(row[0]) for row in (*sent, *waiting))
    assert {key: there[key] for key in acknowledged} == dict.fromkeys(acknowledged, 1)
    return sent


def told(browser):
    return {frame["client_id"] for frame in browser.frames if frame["type"] == "message.unqueued"}


@pytest.mark.parametrize("another_runs", [False, pytest.param(True, marks=pytest.mark.slow)])
async def test_a_shutdown_lets_the_answer_end_and_another_process_sends_what_waits_for_it(house, another_runs):
    server = await house.start(SHUTDOWN_GRACE_SECONDS="5.5")
    if another_runs:
        await house.start()
    async with house.browser(server.url) as browser:
        asked = await browser.ask('!{"chunks": 100, "delay_ms": 5, "hold_after": 90}')
        client_id = await enqueue(browser, asked, "for the next process")
        browser.comes_back = False
        server.terminate()
        await browser.until(lambda: "server.draining" in browser.heard)
        house.upstream.go()
        await browser.until(lambda: browser.closes)
        assert browser.status(asked["generation_id"]) == "completed"
    assert await asyncio.to_thread(server.wait) == 0
    assert "Traceback" not in house.site.log.read_text()
    if not another_runs:
        sent, waiting = await house.rows(sent_and_waiting)
        assert (sent, [str(key) for key, _ in waiting]) == ([], [client_id])
        await house.start()
    async with asyncio.timeout(20):
        while not (await house.rows(sent_and_waiting))[0]:
            await asyncio.sleep(0.02)
    await everything_ended(house)
    sent, waiting = await house.rows(sent_and_waiting)
    assert ([str(key) for key, _, _ in sent], waiting) == ([client_id], [])


async def test_send_now_is_kept_over_a_kill(house):
    """The process that was to stop the answer dies first: whoever ends that answer sends what was not to wait."""
    one, two = await house.start(), await house.start()
    async with house.browser(one.url) as writer, house.browser(two.url) as other:
        asked = await writer.ask("!forever")
        await other.show(asked["conversation_id"])
        client_id = await enqueue(other, asked, "do not wait")
        writer.comes_back = False
        one.terminate(signal.SIGSTOP)
        queued = next(frame["queued"] for frame in other.frames if frame["type"] == "message.queued")
        await other.send("queue.send", queued_id=queued["id"])
        async with asyncio.timeout(20):
            while not await house.rows(QueuedMessage.objects.exclude(send_asked_at=None).exists):
                await asyncio.sleep(0.02)
        await kill(one)
        answer = await other.until(lambda: other.answer_to(client_id))
        assert await other.end_of(answer["generation_id"]) == "completed"
    await everything_ended(house)
    assert len(house.upstream.answers) == 2


async def everything_ended(house):
    async with asyncio.timeout(20):
        while await house.rows(Generation.objects.filter(status="running").exists):
            await asyncio.sleep(0.02)


async def test_an_answer_of_another_process_is_queued_below_and_stopped_by_send_now(house):
    one, two = await house.start(), await house.start()
    async with house.browser(one.url) as writer, house.browser(two.url) as other:
        asked = await writer.ask("!forever")
        await writer.until(lambda: writer.text(asked["message_id"]))
        await other.show(asked["conversation_id"])
        client_id = await enqueue(other, asked, "from elsewhere")
        queued = next(frame["queued"] for frame in other.frames if frame["type"] == "message.queued")
        await other.send("queue.send", queued_id=queued["id"])
        assert await other.end_of(asked["generation_id"]) == "stopped"
        async with asyncio.timeout(20):
            while not (await house.rows(sent_and_waiting))[0]:
                await asyncio.sleep(0.02)
    await everything_ended(house)
    sent, waiting = await house.rows(sent_and_waiting)
    assert [str(key) for key, _, _ in sent] == [client_id]
    assert waiting == []
    assert len(house.upstream.answers) == 2
