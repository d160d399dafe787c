"""Drafts: kept for each conversation and for the next new one, for all devices of their owner."""

import pytest
from django.conf import settings

from chat.accounts.access import for_user
from chat.events import DraftUpdated
from chat.history import tree
from chat.models import Draft
from tests import making


@pytest.fixture
def row(anna):
    return making.conversation(anna, "question", "answer")


def drafted(anna, row):
    draft = tree.snapshot(for_user(anna), row.id).draft
    return draft and draft.content


def test_a_draft_is_kept_and_told_and_opened_with_its_conversation(ask, heard, anna, row):
    path = f"conversations/{row.id}/draft"
    answer = ask("POST", path, {"content": "and th", "source": "tab 1"})
    assert (answer.status_code, answer.json()["content"]) == (200, "and th")
    ask("POST", path, {"content": "and then?", "source": "tab 2"})
    assert [(event.conversation_id, event.content, event.source) for event in heard] == [
        (row.id, "and th", "tab 1"),
        (row.id, "and then?", "tab 2"),
    ]
    assert isinstance(heard[0], DraftUpdated)
    assert heard[0].updated_at < heard[1].updated_at
    assert drafted(anna, row) == "and then?"


def test_an_empty_text_is_no_draft(ask, heard, anna, row):
    for content in ("words", "", ""):
        assert ask("POST", f"conversations/{row.id}/draft", {"content": content, "source": "t"}).status_code == 200
    assert not Draft.objects.exists()
    assert drafted(anna, row) is None
    assert heard[-1].content == ""


def test_the_next_new_conversation_has_a_draft_of_its_own(ask, heard, anna, row):
    assert ask("GET", "draft").json() == {"draft": None}
    for content in ("Hel", "Hello"):
        assert ask("POST", "draft", {"content": content, "source": "t"}).status_code == 200
    assert ask("GET", "draft").json()["draft"]["content"] == "Hello"
    assert (heard[-1].conversation_id, drafted(anna, row), Draft.objects.count()) == (None, None, 1)


def test_a_draft_is_everybodys_own(ask, anna, boris, client):
    ask("POST", "draft", {"content": "anna's", "source": "t"})
    client.force_login(boris)
    assert client.get("/api/draft").json() == {"draft": None}


def test_a_draft_may_be_twice_as_long_as_a_message_and_no_longer(ask, heard, row):
    path, most = f"conversations/{row.id}/draft", 2 * settings.MESSAGE_MAX_CHARACTERS
    assert ask("POST", path, {"content": "x" * most, "source": "t"}).status_code == 200
    refused = ask("POST", path, {"content": "x" * (most + 1), "source": "t"})
    assert (refused.status_code, refused.json()["code"]) == (400, "draft.too_long")
    assert len(heard) == 1


def test_what_no_database_stores_is_replaced(ask, anna, row):
    ask("POST", f"conversations/{row.id}/draft", {"content": "a\0b", "source": "t"})
    assert drafted(anna, row) == "a\ufffdb"


@pytest.mark.parametrize(
    "body", [{}, {"content": "x"}, {"content": "x", "source": "s" * 65}, {"content": 1, "source": ""}]
)
def test_a_broken_draft_is_refused(ask, row, body):
    for path in ("draft", f"conversations/{row.id}/draft"):
        assert ask("POST", path, body).json()["code"] == "request.invalid"
    assert not Draft.objects.exists()
