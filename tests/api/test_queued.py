"""Queued messages: changed or taken back while they wait."""

from uuid import uuid4

import pytest
from django.conf import settings

from chat.events import MessageQueued, MessageUnqueued
from chat.models import QueuedMessage
from tests import making


@pytest.fixture
def queued(anna, connection):
    row = making.conversation(anna, "question", "", connection=connection)
    making.generation(row.head, "running")
    return QueuedMessage.objects.create(
        owner=anna, conversation=row, parent=row.head, client_id=uuid4(), content="next", created_at=row.created_at,
        models=[{"connection_id": str(connection.id), "model_id": "scripted-1"}],
    )  # fmt: skip


def test_a_waiting_message_is_changed(ask, heard, queued):
    answer = ask("PATCH", f"queued/{queued.id}", {"content": "rather this"})
    assert (answer.status_code, answer.json()["content"]) == (200, "rather this")
    assert isinstance(heard[0], MessageQueued)
    assert (heard[0].queued.content, QueuedMessage.objects.get().content) == ("rather this", "rather this")


def test_a_waiting_message_is_taken_back(ask, heard, queued):
    assert ask("DELETE", f"queued/{queued.id}").status_code == 204
    assert heard == [MessageUnqueued(queued.id, queued.client_id, queued.conversation_id, "deleted")]
    assert not QueuedMessage.objects.exists()
    for method in ("PATCH", "DELETE"):
        answer = ask(method, f"queued/{queued.id}", {"content": "x"})
        assert (answer.status_code, answer.json()["code"]) == (404, "queued_message.not_found")


def test_other_words_have_to_fit_into_those_of_its_models_that_are_there(ask, heard, queued, connection):
    connection.context_size = 1000
    connection.save()
    queued.models = [{"connection_id": str(uuid4()), "model_id": "gone"}, *queued.models]
    queued.save()
    answer = ask("PATCH", f"queued/{queued.id}", {"content": "x" * 5000})
    assert (answer.status_code, answer.json()["code"]) == (400, "message.too_long_for_model")
    assert "has 5,000 characters; scripted-1 has room for about 2,250" in answer.json()["message"]
    assert (heard, QueuedMessage.objects.get().content) == ([], "next")
    connection.delete()
    assert ask("PATCH", f"queued/{queued.id}", {"content": "x" * 5000}).status_code == 200


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "message.empty"),
        ("\0", "message.has_nul"),
        ("x" * (settings.MESSAGE_MAX_CHARACTERS + 1), "message.too_long"),
    ],
)
def test_what_cannot_be_sent_does_not_wait(ask, heard, queued, content, code):
    assert ask("PATCH", f"queued/{queued.id}", {"content": content}).json()["code"] == code
    assert (heard, QueuedMessage.objects.get().content) == ([], "next")
