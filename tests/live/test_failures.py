"""An error is never an answer, and silence is never success."""

import asyncio
from uuid import uuid4

import pytest

from chat.accounts.access import for_user
from chat.database import database
from chat.generation import queue, turns
from chat.models import Connection, Generation, Message, User
from chat.providers.session import close_session
from tests.live.socket import Socket


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('!{"status": 401}', "provider.unauthorized"),
        ('!{"status": 404}', "provider.not_found"),
        ('!{"status": 400, "body": "no"}', "provider.refused"),
        ("!html", "provider.bad_response"),
        ("!empty", "provider.empty_answer"),
        ("!reset", "provider.incomplete"),
        ("!cut", "provider.incomplete"),
    ],
)
async def test_a_fault_of_the_service_is_a_named_error_and_what_came_is_kept(engine, upstream, anna, content, code):
    async with Socket(anna) as socket:
        started = await socket.ask(content)
        ended = await socket.until("generation.ended", timeout=15)
    assert (ended["status"], ended["error"]["code"]) == ("failed", code)
    assert ended["error"]["message"]
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert message.content == socket.text(started["generation_id"])
    generation = await database.read(Generation.objects.get)
    assert (generation.status, generation.error_code) == ("failed", code)


async def test_a_limited_service_says_how_long_to_wait(engine, anna):
    async with Socket(anna) as socket:
        await socket.ask("!busy")
        ended = await socket.until("generation.ended")
    assert ended["error"]["code"] == "provider.rate_limited"
    assert ended["error"]["retry_after"] == 20


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"base_url": "http://127.0.0.1:9/v1"}, "provider.connection_failed"),
        ({"base_url": "http://nowhere.invalid/v1"}, "provider.dns_failed"),
        ({"proxy": "http://127.0.0.1:9"}, "provider.proxy_failed"),
        ({"kind": "no.such.Class"}, "provider.misconfigured"),
    ],
)
async def test_a_wrong_connection_is_a_named_error_and_the_question_is_kept(engine, connection, anna, change, code):
    await database.write(Connection.objects.filter(id=connection.id).update, **change)
    async with Socket(anna) as socket:
        await socket.ask("Is anybody there?", connection_id=str(connection.id), model_ids=["scripted-1"])
        ended = await socket.until("generation.ended", timeout=20)
    assert (ended["status"], ended["error"]["code"]) == ("failed", code)
    questions = await database.read(lambda: list(Message.objects.filter(role="user").values_list("content", flat=True)))
    assert questions == ["Is anybody there?"]


async def test_an_answer_at_its_limit_ends_with_length(engine, upstream, anna, settings):
    settings.ANSWER_MAX_CHARACTERS = 100
    async with Socket(anna) as socket:
        started = await socket.ask('!{"drip": "deltas", "delay_ms": 1}')
        ended = await socket.until("generation.ended")
        assert await upstream.last.wait_ended() == "client_closed"
    assert (ended["status"], ended["finish_reason"], ended["position"]) == ("completed", "length", 100)
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert len(message.content) == 100


async def test_without_any_model_the_question_is_refused_in_words(engine, connection, anna):
    await database.write(connection.delete)
    async with Socket(anna) as socket:
        await socket.send("message.send", client_id="00000000-0000-4000-8000-000000000001", content="Hello?")
        assert (await socket.until("error"))["code"] == "model.none"
    await close_session()


async def test_a_shutdown_interrupts_and_keeps_the_text(engine, anna):
    async with Socket(anna) as socket:
        started = await socket.ask("!forever")
        await socket.until("generation.delta")
        await engine.shutdown()
        ended = await socket.until("generation.ended")
        await socket.send("message.send", client_id="00000000-0000-4000-8000-000000000002", content="too late")
        assert (await socket.until("error"))["code"] == "server.draining"
    assert ended["status"] == "interrupted"
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert message.content == socket.text(started["generation_id"])


async def test_what_was_asked_before_a_shutdown_and_begins_after_it_is_interrupted(engine, upstream, anna):
    asked = [
        await database.write(turns.send, for_user(anna), turns.Question(client_id=uuid4(), content="!forever"))
        for _ in range(2)
    ]
    await engine.shutdown()
    await queue.begin(anna.id, asked[0])
    (run,) = engine.runs.values()
    async with asyncio.timeout(5):
        await run.task
    await queue.begin(anna.id, asked[1])
    await engine.shutdown()
    assert engine.runs == {}
    ends = await database.read(lambda: list(Generation.objects.values_list("status", "lease_until")))
    assert ends == [("interrupted", None)] * 2
    assert not upstream.requests


async def test_a_person_who_is_deleted_in_mid_answer_costs_nobody_else_anything(engine, upstream, anna, boris):
    async with Socket(anna) as socket, Socket(boris) as other:
        await socket.ask("!forever")
        await socket.until("generation.delta")
        started = await other.ask('!{"chunks": 80, "delay_ms": 10}')
        await other.until("generation.delta")
        await database.write(lambda: User.objects.filter(id=anna.id).delete())
        ended = await other.until("generation.ended")
        assert await upstream.answers[0].wait_ended() == "client_closed"
    assert ended["status"] == "completed"
    message = await database.read(Message.objects.get, id=started["message_id"])
    assert message.content == upstream.answers[1].text
    assert await database.read(Message.objects.count) == 2
