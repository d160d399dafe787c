"""The tree with columns: side by side in a page, one step of the navigator, and where a branch ends."""

from uuid import uuid4

from chat.accounts.access import for_user
from chat.history import conversations, tree
from tests import making


def column(row, parent, turn_id, content):
    return making.message(row, parent, "assistant", content, turn_id=turn_id)


def shown(anna, row):
    return [message.content for message in tree.snapshot(for_user(anna), row.id).messages]


def with_columns(anna):
    row = making.conversation(anna, "question", "left")
    left = row.head
    return row, left, column(row, left.parent, left.turn_id, "right")


def test_columns_stand_side_by_side_whichever_is_followed(anna):
    row, _, right = with_columns(anna)
    assert shown(anna, row) == ["question", "left", "right"]
    row.head = making.message(row, right, "user", "and?")
    row.save()
    assert shown(anna, row) == ["question", "left", "right", "and?"]


def test_turning_to_a_turn_shows_the_column_that_was_gone_on_from_else_the_first(anna):
    row, left, right = with_columns(anna)
    other = making.message(row, left.parent, "assistant", "retried")
    assert conversations.show(for_user(anna), row.id, other.id).head_id == other.id
    assert shown(anna, row) == ["question", "retried"]
    assert conversations.show(for_user(anna), row.id, left.id).head_id == left.id
    assert conversations.show(for_user(anna), row.id, right.id).head_id == right.id
    asked = making.message(row, right, "user", "and?")
    assert conversations.show(for_user(anna), row.id, right.id).head_id == asked.id
    again = making.message(row, right, "user", "or?")
    turn_id = uuid4()
    first = column(row, again, turn_id, "first")
    column(row, again, turn_id, "second")
    assert conversations.show(for_user(anna), row.id, right.id).head_id == first.id
    assert conversations.show(for_user(anna), row.id, left.id).head_id == left.id


def test_pages_of_columns_follow_without_gap_or_double_at_the_same_cost(anna, django_assert_num_queries):
    row = making.conversation(anna, "root")
    head, expected = row.head, ["root"]
    for number in range(70):
        turn_id = uuid4()
        columns = [column(row, head, turn_id, f"{number}{letter}") for letter in "abc"]
        head = making.message(row, columns[1], "user", f"{number}?")
        expected += [*(one.content for one in columns), head.content]
    row.head = head
    row.save()
    texts, before = [], None
    while True:
        with django_assert_num_queries(6 if before is None else 7):
            branch = tree.snapshot(for_user(anna), row.id, before)
        texts = [message.content for message in branch.messages] + texts
        before = branch.messages[0].id
        if not branch.has_older:
            break
    assert texts == expected
