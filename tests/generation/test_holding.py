"""Turns of one conversation come one after the other, on a database that would let them run side by side too."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.accounts.access import for_user
from chat.generation import turns
from chat.models import Connection
from tests import making

LOCK = " FOR UPDATE"


@pytest.fixture
def row(anna, transactional_db):
    model = Connection.objects.create(name="C", model_ids=["m"], base_url="http://127.0.0.1:9/v1")
    row = making.conversation(anna, "Why?", "Because.", connection=model, model_id="m")
    making.generation(row.head, connection=model, model_id="m")
    return row


@pytest.fixture
def statements(monkeypatch):
    """What a database that locks rows would be told, in order; SQLite, which locks itself, is not told to lock."""
    told = []

    def note(execute, sql, params, many, context):
        told.append(sql)
        return execute(sql.split(LOCK)[0], params, many, context)

    for feature in ("", "_of", "_skip_locked"):
        monkeypatch.setattr(connection.features, f"has_select_for_update{feature}", True)
    with connection.execute_wrapper(note):
        yield told


def begin(name, access, row):
    answer, client_id = row.head, uuid4()
    match name:
        case "send":
            below = {"conversation_id": row.id, "parent_id": answer.id, "parent_given": True}
            return turns.send(access, turns.Question(client_id, "And?", **below))
        case "edit":
            return turns.edit(access, answer.parent_id, client_id, "How?")
        case "retry":
            return turns.retry(access, answer.id, client_id)
    return turns.continue_(access, answer.id, client_id)


@pytest.mark.parametrize("name", ["send", "edit", "retry", "continue"])
def test_a_turn_holds_its_conversation_as_soon_as_it_reads_it(anna, row, statements, name):
    access = for_user(anna)
    statements.clear()
    begin(name, access, row)
    reads = [sql for sql in statements if sql.startswith("SELECT") and '"chat_conversation"."head_id"' in sql]
    assert LOCK in reads[0]
    assert statements.index(reads[0]) <= 2  # after BEGIN, and whether it was sent before


def test_going_on_changes_nothing_of_its_conversation_but_the_time(anna, row):
    with CaptureQueriesContext(connection) as queries:
        begin("continue", for_user(anna), row)
    (update,) = [query["sql"] for query in queries if query["sql"].startswith('UPDATE "chat_conversation"')]
    assert update.split(" SET ")[1].split(" WHERE ")[0].count("=") == 1
    assert '"updated_at" = ' in update


@pytest.mark.parametrize(("name", "most"), [("edit", 12), ("retry", 12), ("continue", 13)])
def test_holding_costs_few_statements(anna, row, name, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        begin(name, for_user(anna), row)
