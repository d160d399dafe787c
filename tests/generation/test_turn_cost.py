"""What a turn costs the database: a constant number of statements, however much is there already."""

from uuid import uuid4

import pytest

from chat.accounts.access import for_user
from chat.generation import turns
from chat.generation.choices import Pick
from chat.models import Connection
from tests import making


@pytest.fixture
def model(transactional_db):
    return Connection.objects.create(name="C", model_ids=["m", "n"], base_url="http://127.0.0.1:9/v1")


def question(model, columns=1, **fields):
    names = ("m", "n", "m", "n")[:columns]
    return turns.Question(uuid4(), "Why?", picks=[Pick(model.id, name) for name in names], **fields)


def test_a_new_conversation_takes_seven_statements(anna, model, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        turns.send(for_user(anna), question(model))


def test_each_further_column_only_looks_its_model_up(anna, model, django_assert_max_num_queries):
    with django_assert_max_num_queries(7 + 3):
        turn = turns.send(for_user(anna), question(model, columns=4))
    assert len(turn.jobs) == 4


@pytest.mark.parametrize("length", [2, 100])
def test_going_on_takes_the_same_however_long_the_conversation(anna, model, length, django_assert_max_num_queries):
    row = making.conversation(anna, *["text"] * length, connection=model, model_id="m")
    making.generation(row.head)
    below = {"conversation_id": row.id, "parent_id": row.head_id, "parent_given": True}
    with django_assert_max_num_queries(16):
        turns.send(for_user(anna), question(model, **below))
