"""Who comes and goes leaves no task behind in a real server; whoever is still there is seen."""

SECONDS = 20


async def test_a_person_who_has_left_has_no_task_in_the_server(house):
    server = await house.start_counted()
    idle = await server.tasks()
    async with house.browser(server.url) as browser, house.browser(server.url) as other:
        assert await server.tasks_once(idle, 0) > idle
        asked = await browser.ask("!forever")
        await browser.until(lambda: browser.text(asked["message_id"]))
        await other.show(asked["conversation_id"])
        assert (await server.tasks())["Runner._run"] == 1
        await browser.stop(asked["generation_id"])
    assert await server.tasks_once(idle, SECONDS) == idle
