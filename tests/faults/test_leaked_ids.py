"""Somebody who has learnt the ids of another's conversation can do nothing with them, in any process."""

from uuid import uuid4

from chat.models import Generation


async def test_leaked_ids_are_refused_and_harm_nothing(house):
    server = await house.start()
    other = await house.start()
    async with house.browser(server.url) as owner, house.browser(server.url, "bob") as thief:
        asked = await owner.ask('!{"chunks": 150, "delay_ms": 10, "hold_after": 100}')
        own = await thief.ask("My own question")
        assert await thief.end_of(own["generation_id"]) == "completed"
        await owner.until(lambda: owner.text(asked["message_id"]))
        async with house.browser(other.url, "bob") as elsewhere:
            for browser in (thief, elsewhere):
                await refused(browser, "generation.stop", "generation", generation_id=asked["generation_id"])
                await refused(browser, "conversation.open", "conversation", conversation_id=asked["conversation_id"])
                for command in ("generation.retry", "generation.continue"):
                    await refused(browser, command, "message", message_id=asked["message_id"], client_id=str(uuid4()))
                await browser.send("ack", generation_id=asked["generation_id"], position=10**6)
                browser.positions[asked["generation_id"]] = 5
                await browser.show(own["conversation_id"])
                snapshot = next(f for f in reversed(browser.frames) if f["type"] == "conversation.snapshot")
                assert snapshot["generations"] == []
                browser.positions.clear()
        house.upstream.go()
        assert await owner.end_of(asked["generation_id"]) == "completed"
        assert owner.text(asked["message_id"]) == house.upstream.answers[0].text
        for browser in (thief, elsewhere):
            assert asked["generation_id"] not in str([f for f in browser.frames if f["type"] != "error"])
    assert await house.rows(Generation.objects.count) == 2
    assert len(house.upstream.answers) == 2


async def refused(browser, command, noun, **fields):
    """A command that is answered as if there were no such thing."""
    await browser.send(command, request_id="stolen", **fields)
    error = await browser.until(
        lambda: next((f for f in browser.frames if f["type"] == "error" and f.get("request_id") == "stolen"), None)
    )
    assert error == {
        "type": "error",
        "code": f"{noun}.not_found",
        "message": f"There is no such {noun} here.",
        "request_id": "stolen",
    }
    browser.frames.remove(error)
