"""The health of connections, as the model picker shows it."""

from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.utils import timezone

from chat.accounts.access import for_user
from chat.generation import catalogue, health
from chat.generation.health import Health, Watch
from chat.models import Connection
from chat.shapes import Failure
from tests.live.conftest import connection, engine, upstream
from tests.live.socket import Socket

__all__ = ["connection", "engine", "upstream"]

BUSY = Failure("provider.unavailable", "The service is busy.")


@pytest.fixture
def row(anna):
    return Connection.objects.create(name="Some service")


@pytest.fixture
def watch(row):
    return Watch()


def test_nothing_heard_is_nothing_known(watch, row):
    assert watch.health(row) == Health("unknown")


def test_a_failure_lasts_until_an_answer_comes(watch, row):
    watch.hear_end(row.name, BUSY)
    since = watch.health(row).since
    watch.hear_end(row.name, Failure("provider.rate_limited", "Too many requests."))
    assert watch.health(row) == Health("failing", since, "Too many requests.", "provider.rate_limited")
    watch.hear_end(row.name, None)
    assert watch.health(row) == Health("ok")


def test_a_service_that_lists_its_models_may_still_fail_to_answer(watch, row):
    watch.hear(row.name, "listing", None)
    assert watch.health(row).status == "ok"
    watch.hear_end(row.name, BUSY)
    watch.hear(row.name, "listing", None)
    assert watch.health(row).status == "failing"


@pytest.mark.parametrize("code", ["provider.context_too_long", "generation.failed", "generation.not_stored"])
def test_what_is_not_the_services_fault_says_nothing_of_it(watch, row, code):
    watch.hear_end(row.name, Failure(code, "Not its fault."))
    assert watch.health(row) == Health("unknown")


def test_new_settings_and_time_make_it_unknown(watch, row, monkeypatch):
    watch.hear_end(row.name, BUSY)
    row.save()
    assert watch.health(row).status == "unknown"
    watch.hear_end(row.name, BUSY)
    later = timezone.now() + health.MEMORY + timedelta(seconds=1)
    monkeypatch.setattr(health.timezone, "now", lambda: later)
    assert watch.health(row).status == "unknown"


def test_the_picker_shows_what_was_heard(row, anna):
    row.base_url = "http://127.0.0.1:9/v1"
    row.save()
    (choice,) = async_to_sync(catalogue.model_choices)(for_user(anna))
    assert (choice.health.status, choice.health.message) == ("failing", choice.note)
    assert choice.health.code == choice.note_code == "provider.connection_failed"


async def test_what_became_of_answers_is_heard(engine, upstream, connection, anna):
    async with Socket(anna) as socket:
        await socket.ask("Hello")
        await socket.until("generation.ended")
        (first, *_) = await catalogue.model_choices(for_user(anna))
        await socket.ask('!{"status": 503}')
        ended = await socket.until("generation.ended")
        (second, *_) = await catalogue.model_choices(for_user(anna))
    assert first.health == Health("ok")
    assert (second.health.status, second.health.message) == ("failing", ended["error"]["message"])
