"""Tabs that close and networks that cut: every reader has the bytes that the service sent."""

import asyncio
import random

from chat.models import Generation, Message
from tests.faults.tcp_relay import TcpRelay

CUTS = 20


async def stored_text(house, message_id):
    message = await house.rows(Message.objects.get, id=message_id)
    return message.content


async def test_a_tab_closed_in_mid_answer_and_opened_again_misses_nothing(house):
    server = await house.start()
    async with house.browser(server.url) as browser:
        asked = await browser.ask('!{"chunks": 300, "delay_ms": 4, "hold_after": 200}')
        await browser.until(lambda: len(browser.text(asked["message_id"])) > 100)
    had = browser.text(asked["message_id"])
    assert await house.rows(Generation.objects.filter(status="running").count) == 1
    async with house.browser(server.url) as again:
        await again.show(asked["conversation_id"])
        house.upstream.go()
        assert await again.end_of(asked["generation_id"]) == "completed"
    sent = house.upstream.last.text
    assert again.text(asked["message_id"]) == sent == await stored_text(house, asked["message_id"])
    assert sent.startswith(had)
    assert house.upstream.last.ended == "completed"
    assert len(house.upstream.answers) == 1


async def test_a_socket_that_is_cut_20_times_at_random_shows_the_same_bytes(house):
    server = await house.start()
    lengths = random.Random(20)
    budgets = (lengths.randrange(700, 4_000) for _ in range(CUTS))
    async with TcpRelay(server.port, budgets) as relay, house.browser(relay.url, may_be_cut=True) as browser:
        asked = await browser.ask('!{"drip": "deltas", "delay_ms": 4}')
        await browser.until(lambda: browser.is_connected and relay.cuts == len(browser.closes) == CUTS, seconds=60)
        assert await browser.stop(asked["generation_id"]) == "stopped"
        assert relay.cuts == len(browser.closes) == CUTS
    shown = browser.text(asked["message_id"])
    assert shown == await stored_text(house, asked["message_id"])
    assert house.upstream.last.text.startswith(shown)
    assert len(house.upstream.answers) == 1


async def test_a_network_that_holds_and_trickles_shows_the_same_bytes_in_fewer_frames(house):
    server = await house.start()
    async with TcpRelay(server.port) as relay, house.browser(relay.url) as slow, house.browser(server.url) as quick:
        asked = await slow.ask('!{"chunks": 300, "delay_ms": 4, "hold_after": 200}')
        await quick.show(asked["conversation_id"])
        relay.trickle = 7
        await slow.until(lambda: len(slow.text(asked["message_id"])) > 100)
        relay.hold()
        house.upstream.go()
        assert await quick.end_of(asked["generation_id"]) == "completed"
        assert slow.status(asked["generation_id"]) == "running"
        relay.release()
        assert await slow.end_of(asked["generation_id"]) == "completed"
    sent = house.upstream.last.text
    assert slow.text(asked["message_id"]) == quick.text(asked["message_id"]) == sent
    assert slow.closes == quick.closes == []


async def test_the_same_client_id_three_times_from_two_tabs_is_one_message(house):
    server = await house.start()
    same = {"client_id": "7a9cb1a8-4f4c-4a0e-9a52-0d9f6f3c5b10", "content": '!{"chunks": 40, "delay_ms": 5}'}
    async with house.browser(server.url) as one, house.browser(server.url) as two:
        await asyncio.gather(*(tab.deliver("message.send", **same) for tab in (one, two, one)))
        for tab in (one, two):
            asked = await tab.until(lambda tab=tab: tab.answer_to(same["client_id"]))
            assert await tab.end_of(asked["generation_id"]) == "completed"
            assert tab.text(asked["message_id"]) == house.upstream.last.text
        assert one.answer_to(same["client_id"]) == two.answer_to(same["client_id"])
    assert await house.rows(Message.objects.count) == 2
    assert await house.rows(Generation.objects.count) == 1
    assert len(house.upstream.answers) == 1
