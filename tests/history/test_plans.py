"""How SQLite finds rows: by their own keys, never by way of everything that a person has."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.accounts.access import for_user
from chat.history import conversations, tree
from tests import making

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the plans of SQLite")

WIDE = ("INDEX chat_message_owner_id", "INDEX chat_conversation_owner_id", "INDEX message_client_id_once", "SCAN chat_")


def plans(read):
    """What SQLite says about each statement of a read."""
    with CaptureQueriesContext(connection) as queries:
        read()
    found = []
    for query in list(queries):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            found.append([row[3] for row in cursor.fetchall()])
    return found


@pytest.mark.parametrize("read", ["open", "list"])
def test_nothing_is_found_by_way_of_everything(anna, read):
    row = making.conversation(anna, "question", "answer", "question", "answer")
    making.generation(row.head)
    access = for_user(anna)
    reads = {"open": lambda: tree.snapshot(access, row.id), "list": lambda: conversations.page(access)}
    steps = [step for plan in plans(reads[read]) for step in plan]
    assert steps
    assert [step for step in steps if any(wide in step for wide in WIDE)] == []


def test_an_answer_that_was_continued_is_read_once(anna):
    row = making.conversation(anna, "question", "answer")
    ends = [making.generation(row.head, status).id for status in ("failed", "stopped", "completed")]
    with CaptureQueriesContext(connection) as queries:
        (_, shown) = tree.snapshot(for_user(anna), row.id).messages
    assert shown.generation.id == ends[-1]
    (read,) = [query["sql"] for query in queries if 'FROM "chat_generation"' in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(read)
        assert len(cursor.fetchall()) == 1


def test_what_runs_is_found_in_the_index_of_what_runs(anna):
    making.generation(making.conversation(anna, "question", "").head, "running")
    steps = [step for plan in plans(lambda: conversations.page(for_user(anna))) for step in plan]
    assert any("USING INDEX generation_running" in step for step in steps), steps
    assert not any("CORRELATED" in step for step in steps)
