"""Forks: copies of a conversation, or a part, that go their own way."""

import pytest

from chat.accounts.access import for_user
from chat.events import ConversationUpdated
from chat.history import tree
from chat.models import Conversation, Generation, Message
from tests import making


@pytest.fixture
def row(anna, connection):
    """
    root ─ a1 ─ q1 ─ end        (visible)
         │    └ q2 ─ after q2
         └ a2, a3 (columns) ─ q3
    """
    row = making.conversation(
        anna, "root", "a1", "q1", "end", connection=connection, title="Rivers", system_prompt="be brief",
        parameters={"temperature": 0.5},
    )  # fmt: skip
    root, first = named("root"), named("a1")
    making.message(row, making.message(row, first, "user", "q2"), "assistant", "after q2", reasoning="thought")
    column = making.message(row, root, "assistant", "a2", model_id="m2")
    making.message(row, root, "assistant", "a3", turn_id=column.turn_id)
    making.message(row, column, "user", "q3")
    figures = {"input_tokens": 5, "output_tokens": 7, "first_delta_ms": 300, "duration_ms": 900, "reasoning_ms": 80}
    making.generation(first, "failed", error_code="provider.busy", error_message="Busy.")
    making.generation(first, connection=connection, connection_name="Scripted", worker="here:1", **figures)
    return row


def named(content):
    return Message.objects.get(content=content, conversation__title="Rivers")


def forked(ask, row, content, scope):
    answer = ask("POST", f"conversations/{row.id}/fork", {"message_id": str(named(content).id), "scope": scope})
    assert answer.status_code == 200, answer.content
    return Conversation.objects.get(id=answer.json()["id"])


def shape(row):
    rows = Message.objects.filter(conversation=row).select_related("parent").order_by("id")
    return {(message.content, message.parent and message.parent.content) for message in rows}


def visible(anna, row):
    return [message.content for message in tree.snapshot(for_user(anna), row.id).messages]


PATH = {("root", None), ("a1", "root"), ("q1", "a1")}
BESIDE = {("q2", "a1"), ("after q2", "q2"), ("a2", "root"), ("a3", "root"), ("q3", "a2")}


@pytest.mark.parametrize(
    ("scope", "copied", "shown"),
    [
        ("path", PATH, ["root", "a1", "q1"]),
        ("branches", PATH | BESIDE, ["root", "a1", "q1"]),
        ("all", PATH | BESIDE | {("end", "q1")}, ["root", "a1", "q1", "end"]),
    ],
)
def test_a_fork_copies_what_its_scope_says(ask, heard, anna, row, scope, copied, shown):
    before = shape(row)
    copy = forked(ask, row, "q1", scope)
    assert (shape(copy), visible(anna, copy), shape(row)) == (copied, shown, before)
    assert (copy.title, copy.system_prompt, copy.parameters) == ("Rivers (2)", "be brief", {"temperature": 0.5})
    assert (copy.connection_id, copy.model_id) == (row.connection_id, row.model_id)
    assert heard == [ConversationUpdated(heard[0].conversation)]
    assert heard[0].conversation.id == copy.id


def test_a_copy_of_everything_shows_the_branch_of_its_message(ask, anna, row):
    assert visible(anna, forked(ask, row, "a2", "all")) == ["root", "a2", "a3", "q3"]


def test_a_copy_keeps_order_turns_texts_and_figures_and_has_ids_of_its_own(ask, anna, row):
    copy = forked(ask, row, "root", "all")
    originals = tree.snapshot(for_user(anna), row.id).messages
    copies = tree.snapshot(for_user(anna), copy.id).messages
    assert [len(message.siblings) for message in copies] == [len(message.siblings) for message in originals]
    columns = Message.objects.filter(conversation=copy, content__in=["a2", "a3"])
    assert len({column.turn_id for column in columns}) == 1
    assert {column.model_id for column in columns} == {"m2", ""}
    assert Message.objects.get(conversation=copy, content="after q2").reasoning == "thought"
    first, generation = copies[1], originals[1].generation
    assert first.generation.usage == generation.usage
    assert first.generation.timings == generation.timings
    assert (first.generation.status, first.generation.connection) == ("completed", "Scripted")
    assert first.created_at == originals[1].created_at
    ids = set(Message.objects.filter(conversation=row).values_list("id", "turn_id"))
    assert not ids & set(Message.objects.filter(conversation=copy).values_list("id", "turn_id"))
    stored = Generation.objects.get(message__conversation=copy)
    assert (stored.worker, stored.client_id, stored.lease_until) == ("", None, None)


def test_what_was_deleted_is_not_copied(ask, row):
    ask("DELETE", f"messages/{named('a1').id}")
    copy = forked(ask, row, "root", "all")
    assert shape(copy) == {("root", None), ("a2", "root"), ("a3", "root"), ("q3", "a2")}


def test_copies_are_told_apart_by_their_titles(ask, row):
    titles = [forked(ask, row, "root", "path").title for _ in range(2)]
    copy = Conversation.objects.get(title="Rivers (3)")
    root = Message.objects.get(conversation=copy)
    again = ask("POST", f"conversations/{copy.id}/fork", {"message_id": str(root.id), "scope": "path"}).json()
    assert (*titles, again["title"]) == ("Rivers (2)", "Rivers (3)", "Rivers (4)")


def test_an_answer_that_is_being_written_is_not_copied_and_elsewhere_does_not_matter(ask, heard, row):
    making.generation(named("after q2"), "running")
    body = {"message_id": str(named("q1").id), "scope": "branches"}
    refused = ask("POST", f"conversations/{row.id}/fork", body)
    assert (refused.status_code, refused.json()["code"], heard) == (400, "generation.running", [])
    assert Conversation.objects.count() == 1
    forked(ask, row, "q1", "path")


@pytest.mark.parametrize("body", [{}, {"message_id": "x", "scope": "all"}, {"scope": "all"}])
def test_a_broken_wish_is_refused(ask, row, body):
    assert ask("POST", f"conversations/{row.id}/fork", body).json()["code"] == "request.invalid"
    body = {"message_id": str(named("root").id), "scope": "half"}
    assert ask("POST", f"conversations/{row.id}/fork", body).json()["code"] == "request.invalid"


def test_a_message_of_another_conversation_is_unknown(ask, anna, row):
    other = making.conversation(anna, "elsewhere")
    answer = ask("POST", f"conversations/{row.id}/fork", {"message_id": str(other.head_id), "scope": "all"})
    assert (answer.status_code, answer.json()["code"]) == (404, "message.not_found")
    assert Conversation.objects.count() == 2
