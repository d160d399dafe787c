"""The list of conversations and what may be changed about one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chat.accounts.access import for_user
from chat.errors import ChatError, NotFound
from chat.history import conversations, titles, tree
from tests import making


def test_pages_are_walked_by_keyset_without_gap_or_double(anna, boris):
    moment = timezone.now()
    rows = [making.conversation(anna, updated_at=moment - timedelta(seconds=n // 3)) for n in range(25)]
    making.conversation(boris)
    found, cursor = [], None
    while True:
        page = conversations.page(for_user(anna), cursor, size=4)
        found += [item.id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(found) == len(set(found)) == 25
    assert set(found) == {row.id for row in rows}
    assert found == [row.id for row in sorted(rows, key=lambda row: (row.updated_at, row.id), reverse=True)]


def test_the_list_takes_two_queries_and_no_text(anna, django_assert_num_queries):
    for _ in range(5):
        making.conversation(anna, "a long text", "an answer")
    with django_assert_num_queries(2) as queries:
        conversations.page(for_user(anna))
    assert "system_prompt" not in queries[0]["sql"]


@pytest.mark.parametrize("cursor", ["x", "e30=", "W10=", "!!!", "é"])
def test_a_broken_cursor_is_refused(anna, cursor):
    with pytest.raises(ChatError, match="not known"):
        conversations.page(for_user(anna), cursor)


def test_a_change_of_title_is_no_activity(anna):
    row = making.conversation(anna)
    info = conversations.change(for_user(anna), row.id, title="  Better  ")
    assert (info.title, info.updated_at) == ("Better", row.updated_at)
    with pytest.raises(ChatError):
        conversations.change(for_user(anna), row.id, title="   ")


def test_what_is_deleted_or_foreign_is_not_there(anna, boris):
    row = making.conversation(anna, "question", "answer")
    for access in (for_user(boris), for_user(anna)):
        if access.actor == anna:
            conversations.delete(access, row.id)
        for attempt in (conversations.delete, tree.snapshot):
            with pytest.raises(NotFound):
                attempt(access, row.id)
        with pytest.raises(NotFound):
            conversations.change(access, row.id, title="mine")
        assert conversations.page(access).items == []


def test_turning_to_another_branch_shows_its_newest_end(anna):
    row = making.conversation(anna, "root", "first answer")
    root = row.head.parent
    other = making.message(row, root, "assistant", "second answer")
    older = making.message(row, other, "user", "older")
    newer = making.message(row, other, "user", "newer")
    info = conversations.show(for_user(anna), row.id, other.id)
    assert info.head_id == newer.id
    branch = tree.snapshot(for_user(anna), row.id)
    assert [message.content for message in branch.messages] == ["root", "second answer", "newer"]
    assert branch.messages[2].siblings == [older.id, newer.id]


def test_a_snapshot_costs_the_same_however_long_the_conversation(anna, django_assert_num_queries):
    for length in (2, 200):
        row = making.conversation(anna, *["text"] * length)
        with django_assert_num_queries(6):
            branch = tree.snapshot(for_user(anna), row.id)
        assert branch.has_older is (length > tree.PAGE)


def test_older_pages_follow_without_gap_or_double(anna):
    row = making.conversation(anna, *[str(number) for number in range(150)])
    access, texts, before = for_user(anna), [], None
    while True:
        branch = tree.snapshot(access, row.id, before)
        texts = [message.content for message in branch.messages] + texts
        before = branch.messages[0].id
        if not branch.has_older:
            break
    assert texts == [str(number) for number in range(150)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hello", "Hello"),
        ("  two\n lines ", "two lines"),
        ("word " * 30, "word word word word word word word word word word word…"),
        ("я" * 100, "я" * 59 + "…"),
    ],
)
def test_a_title_comes_from_the_first_words(text, title):
    assert titles.from_first_words(text) == title
    assert len(title) <= titles.TITLE_LENGTH


def test_the_list_says_where_an_answer_is_being_written(anna):
    quiet, busy = making.conversation(anna, "q", "a"), making.conversation(anna, "q", "")
    making.generation(quiet.head)
    making.generation(busy.head, "running")
    page = conversations.page(for_user(anna))
    assert {item.id: item.running for item in page.items} == {quiet.id: False, busy.id: True}


def test_what_is_pinned_comes_first_however_old_it_is(anna):
    for number in range(3):
        making.conversation(anna, "Hello", title=f"new {number}")
    old = timezone.now() - timedelta(days=400)
    making.conversation(anna, "Hello", title="old", pinned_at=old, updated_at=old)

    first = conversations.page(for_user(anna), size=2)
    second = conversations.page(for_user(anna), first.next_cursor, size=2)

    assert [item.title for item in first.items] == ["old", "new 2", "new 1"]
    assert [item.title for item in second.items] == ["new 0"]
