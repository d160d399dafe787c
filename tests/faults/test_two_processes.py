"""Two server processes on one database: an answer of the one is read, resumed and stopped through the other."""

import asyncio
import random
import time

from chat.models import Generation, Message
from tests.faults.tcp_relay import TcpRelay

CUTS = 8


async def two(house):
    return await asyncio.gather(house.start(), house.start())


async def test_both_show_the_same_bytes_while_it_runs_and_at_the_end(house):
    one, other = await two(house)
    dice = random.Random(27)
    budgets = (dice.randrange(900, 5_000) for _ in range(CUTS))
    async with TcpRelay(other.port, budgets) as relay:
        async with (
            house.browser(one.url) as asking,
            house.browser(relay.url, may_be_cut=True) as cut,
            house.browser(other.url) as tab,
        ):
            asked = await asking.ask('!{"drip": "deltas", "delay_ms": 5, "reasoning": "Let me see. And think."}')
            await asyncio.gather(*(each.show(asked["conversation_id"]) for each in (cut, tab)))
            await cut.until(lambda: cut.is_connected and relay.cuts == len(cut.closes) == CUTS, seconds=60)
            assert tab.status(asked["generation_id"]) == "running"
            await tab.stop(asked["generation_id"])
            for each in (asking, cut, tab):
                assert await each.end_of(asked["generation_id"]) == "stopped"
    shown = asking.text(asked["message_id"])
    assert house.upstream.last.text.startswith(shown)
    for each in (asking, cut, tab):
        assert each.text(asked["message_id"]) == shown
        assert each.text(asked["message_id"], "reasoning") == "".join(house.upstream.last.reasoning)
    assert len(house.upstream.answers) == 1


async def test_a_stop_through_the_other_closes_the_service_within_a_second(house):
    one, other = await two(house)
    async with house.browser(one.url) as asking, house.browser(other.url) as stopping:
        asked = await asking.ask("!forever")
        await stopping.show(asked["conversation_id"])
        await stopping.until(lambda: stopping.text(asked["message_id"]))
        begun = time.monotonic()
        assert await stopping.stop(asked["generation_id"]) == "stopped"
        assert await house.upstream.last.wait_ended() == "client_closed"
        assert house.upstream.last.ended_at - begun < 1
        assert await asking.end_of(asked["generation_id"]) == "stopped"
        for each in (asking, stopping):
            end = each.ended[asked["generation_id"]]
            assert 0 <= end["timings"]["stop_ms"] < 1000
            await each.send("ping")
            await each.until(lambda each=each: each.frames[-1]["type"] == "pong")
        assert stopping.ended[asked["generation_id"]]["request_id"] == "stop"
    message = await house.rows(Message.objects.get, id=asked["message_id"])
    assert message.content == asking.text(asked["message_id"]) == stopping.text(asked["message_id"])


async def test_the_process_that_ran_it_dies_and_the_other_says_so(house):
    one, other = await two(house)
    async with house.browser(one.url) as asking, house.browser(other.url) as tab:
        asked = await asking.ask("!forever")
        await tab.show(asked["conversation_id"])
        await tab.until(lambda: len(tab.text(asked["message_id"])) > 20)
        asking.comes_back = False
        one.kill()
        assert await tab.end_of(asked["generation_id"]) == "interrupted"
    row = await house.rows(Generation.objects.select_related("message").get)
    assert row.status == "interrupted"
    assert tab.text(asked["message_id"]) == row.message.content


async def test_a_stop_of_what_died_is_answered_by_its_end(house):
    one, other = await two(house)
    async with house.browser(one.url) as asking, house.browser(other.url) as tab:
        asked = await asking.ask("!forever")
        await asking.until(lambda: asking.text(asked["message_id"]))
        asking.comes_back = False
        one.kill()
        assert await tab.stop(asked["generation_id"]) == "interrupted"
