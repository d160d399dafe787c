"""What a service sends is hostile: endless lines, bombs, broken JSON, orders to execute. The server stays as it was."""

import json

from chat.models import Generation
from tests.faults.memory import MEGABYTE, Peak
from tests.faults.test_budgets import next_question_works

HEADROOM = 48 * MEGABYTE  # a line may have 4 MB, an answer 1 MB; each is held a few times while it is decoded

KNOWN = {
    "session.ready", "conversation.snapshot", "message.created", "generation.started", "generation.delta",
    "generation.ended", "conversation.updated", "pong",
}  # fmt: skip

COUNTED = {"pieces": ["one ", "two ", "three"]}
CASES = [
    # script, status, code, what is stored
    ({"long_line": 600_000, "pieces": ["the end"]}, "completed", None, "long" * 150_000 + "the end"),
    ({"long_line": 50_000_000, "pieces": []}, "failed", "provider.too_large", ""),
    ({"gzip_bomb": 500}, "failed", "provider.too_large", ""),
    (
        {"bad_json": True, "usage": False, "no_finish": True, "no_end_mark": True},
        "failed",
        "provider.bad_response",
        "",
    ),
    (
        {"split": "bytes", "pieces": ["море 🌊 ", "👩‍👩‍👧 ", "e\u0301", "שלום"]},
        "completed",
        None,
        "море 🌊 👩‍👩‍👧 e\u0301שלום",
    ),
    ({"odd_after": 1, "pieces": ["good ", "lines"]}, "completed", None, "good lines"),
    ({"pieces": ["half"], "cut_line": True}, "failed", "provider.incomplete", "half"),
    ({**COUNTED, "delay_ms": 100, "reset_after": 2}, "failed", "provider.incomplete", "one two "),
    ({**COUNTED, "eof_after": 2}, "failed", "provider.incomplete", "one two "),
    ({**COUNTED, "reasoning": "Let me count.", "eof_after": 1}, "failed", "provider.incomplete", "one "),
    ({"pieces": ["all"], "no_end_mark": True, "no_finish": True}, "failed", "provider.incomplete", "all"),
]


async def test_broken_answers_end_cleanly_and_the_next_are_answered(house):
    server = await house.start()
    for number, (script, status, code, stored) in enumerate(CASES):
        peak = Peak(server.process.pid)
        async with house.browser(server.url) as browser:
            house.upstream.script(**script)
            asked = await browser.ask(f"What do you say to number {number}?")
            assert await browser.end_of(asked["generation_id"]) == status, script
            answer = house.upstream.last
            await answer.wait_ended()
            assert browser.ended[asked["generation_id"]].get("error", {}).get("code") == code, script
            assert peak.growth() < HEADROOM, script
            row = await house.rows(Generation.objects.select_related("message").get, id=asked["generation_id"])
            assert (row.status, row.error_code) == (status, code or "")
            assert row.message.content == browser.text(asked["message_id"]) == stored, script
            assert row.message.reasoning == script.get("reasoning", "")
            await next_question_works(browser, asked)


async def test_orders_of_a_service_are_dropped(house):
    server = await house.start()
    async with house.browser(server.url) as browser:
        asked = await browser.ask('!{"noise": true, "chunks": 30, "reasoning": "Well."}')
        assert await browser.end_of(asked["generation_id"]) == "completed"
        await browser.show(asked["conversation_id"])
        assert browser.text(asked["message_id"]) == house.upstream.last.text
        assert set(browser.heard) <= KNOWN
        written = [json.dumps(frame) for frame in browser.frames if frame["type"] != "message.created"]
        assert not [frame for frame in written if "planted" in frame or "execute" in frame or '"rm"' in frame]
