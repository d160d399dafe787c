"""A service that is silent or never ends is left in time; what it said is kept, and the next question is answered."""

import asyncio
import re

from chat.models import Generation
from tests.faults import hasty

SILENT = '!{"pieces": ["said ", "before"], "stall_after": 2}'
NEVER_BEGINS = '!{"stall_headers": true}'
ONLY_COMMENTS = '!{"drip": "comments", "delay_ms": 100}'
DRIPS = '!{"drip": "deltas", "delay_ms": 100, "pieces": ["drop "]}'


CASES = [
    # content, code, pattern of what is kept, seconds
    (SILENT, "provider.timeout_idle", "said before", (0.5, 1.5)),
    (NEVER_BEGINS, "provider.timeout_first_delta", "", (1, 2)),
    (ONLY_COMMENTS, "provider.timeout_first_delta", "", (1, 2)),
    (DRIPS, "provider.timeout_total", r"(drop ){2,}", (2, 3)),
]


async def test_services_that_take_too_long_are_left(house):
    await house.connect(kind=hasty.KIND)
    server = await house.start(PROVIDER_CLASSES=hasty.KIND)
    await asyncio.gather(*(leave(house, server, *case) for case in CASES))


async def leave(house, server, content, code, kept, seconds):
    async with house.browser(server.url) as browser:
        asked = await browser.ask(content)
        assert await browser.end_of(asked["generation_id"]) == "failed"
        end = browser.ended[asked["generation_id"]]
        (answer,) = [each for each in house.upstream.answers if each.body["messages"][-1]["content"] == content]
        assert await answer.wait_ended() == "client_closed"
        at_least, at_most = seconds
        assert at_least * 1000 - 50 <= end["timings"]["duration_ms"] < at_most * 1000
        assert end["error"]["code"] == code
        assert re.fullmatch(kept, browser.text(asked["message_id"]))
        row = await house.rows(Generation.objects.select_related("message").get, id=asked["generation_id"])
        assert (row.status, row.error_code) == ("failed", code)
        assert row.message.content == browser.text(asked["message_id"])
        await next_question_works(browser, asked)


async def next_question_works(browser, asked):
    below = {"conversation_id": asked["conversation_id"], "parent_id": asked["message_id"]}
    again = await browser.ask('!{"pieces": ["Here I am."]}', **below)
    assert await browser.end_of(again["generation_id"]) == "completed"
    assert browser.text(again["message_id"]) == "Here I am."
