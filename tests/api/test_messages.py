"""Messages: saved in place, deleted with what follows, put back, rated."""

from uuid import uuid4

import pytest
from django.conf import settings

from chat.accounts.access import for_user
from chat.events import MessageDeleted, MessageUpdated
from chat.history import conversations, tree
from chat.models import Conversation, Feedback, Generation, Message, MessageRevision, QueuedMessage
from tests import making


@pytest.fixture
def row(anna):
    """Four messages: question, answer, second question, second answer."""
    return making.conversation(anna, "one", "two", "three", "four")


def named(content):
    return Message.objects.get(content=content)


def texts(anna, row):
    return [message.content for message in tree.snapshot(for_user(anna), row.id).messages]


def code(response):
    return response.status_code, response.json()["code"]


@pytest.mark.parametrize("text", ["one", "four"])
def test_a_save_replaces_the_text_and_keeps_the_old_one(ask, heard, row, text):
    message = named(text)
    answer = ask("PATCH", f"messages/{message.id}", {"content": "better"})
    assert (answer.status_code, answer.json()["content"], answer.json()["revised"]) == (200, "better", True)
    (event,) = heard
    assert isinstance(event, MessageUpdated)
    assert (event.message.content, event.message.revised) == ("better", True)
    assert MessageRevision.objects.get(message=message).content == text
    assert Conversation.objects.get().updated_at == row.updated_at


def test_a_save_of_the_same_text_is_no_revision(ask, row):
    answer = ask("PATCH", f"messages/{named('one').id}", {"content": "one"})
    assert "revised" not in answer.json()
    assert not MessageRevision.objects.exists()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (" \n", "message.empty"),
        ("a\0b", "message.has_nul"),
        ("x" * (settings.MESSAGE_MAX_CHARACTERS + 1), "message.too_long"),
    ],
)
def test_a_text_that_cannot_be_stored_is_not_saved(ask, heard, row, content, refusal):
    message = named("three")
    assert code(ask("PATCH", f"messages/{message.id}", {"content": content})) == (400, refusal)
    message.refresh_from_db()
    assert (message.content, heard) == ("three", [])


def test_an_answer_may_be_as_long_as_answers_are(ask, row):
    long = "x" * (settings.MESSAGE_MAX_CHARACTERS + 1)
    assert ask("PATCH", f"messages/{named('four').id}", {"content": long}).status_code == 200


def test_an_answer_that_is_being_written_is_not_saved_over(ask, row):
    making.generation(row.head, "running")
    assert code(ask("PATCH", f"messages/{row.head_id}", {"content": "mine"})) == (400, "generation.running")
    assert named("four")


def test_a_system_message_is_not_changed(ask, row):
    system = making.message(row, None, "system", "be brief")
    assert code(ask("PATCH", f"messages/{system.id}", {"content": "be long"})) == (400, "message.not_yours")


def test_a_message_goes_with_all_that_follows_it_and_comes_back(ask, heard, anna, row):
    answer = ask("DELETE", f"messages/{named('two').id}")
    gone = {str(named(text).id) for text in ("two", "three", "four")}
    assert (answer.status_code, set(answer.json()["message_ids"])) == (200, gone)
    assert answer.json()["conversation"]["head_id"] == str(named("one").id)
    assert texts(anna, row) == ["one"]
    assert isinstance(heard[0], MessageDeleted)
    assert {str(message_id) for message_id in heard[0].message_ids} == gone

    answer = ask("POST", f"messages/{named('two').id}/restore")
    assert (answer.status_code, answer.json()["content"]) == (200, "two")
    assert texts(anna, row) == ["one", "two", "three", "four"]
    assert heard[1].conversation.head_id == named("four").id
    assert not Message.objects.exclude(deleted_at=None).exists()
    assert not Message.objects.exclude(head_before=None).exists()


def test_what_was_deleted_before_stays_deleted(ask, anna, row):
    ask("DELETE", f"messages/{named('four').id}")
    ask("DELETE", f"messages/{named('two').id}")
    refused = ask("POST", f"messages/{named('four').id}/restore")
    assert code(refused) == (400, "message.parent_deleted")
    ask("POST", f"messages/{named('two').id}/restore")
    assert texts(anna, row) == ["one", "two", "three"]
    ask("POST", f"messages/{named('four').id}/restore")
    assert texts(anna, row) == ["one", "two", "three", "four"]


def test_the_first_message_may_go_and_nothing_is_left_to_see(ask, anna, row):
    answer = ask("DELETE", f"messages/{named('one').id}")
    assert answer.json()["conversation"]["head_id"] is None
    assert texts(anna, row) == []
    ask("POST", f"messages/{named('one').id}/restore")
    assert len(texts(anna, row)) == 4


def test_another_version_takes_the_place_of_one_that_goes(ask, anna, row):
    older = making.message(row, named("three"), "assistant", "older")
    making.message(row, older, "user", "after older")
    newest = making.message(row, named("three"), "assistant", "newest")
    Conversation.objects.update(head=newest)
    ask("DELETE", f"messages/{newest.id}")
    assert texts(anna, row)[-2:] == ["older", "after older"]
    ask("POST", f"messages/{newest.id}/restore")
    assert texts(anna, row)[-1] == "newest"


def test_a_column_that_goes_leaves_the_other_and_the_head(ask, anna, row):
    beside = making.message(row, named("three"), "assistant", "beside", turn_id=named("four").turn_id)
    ask("DELETE", f"messages/{beside.id}")
    assert texts(anna, row) == ["one", "two", "three", "four"]
    ask("POST", f"messages/{beside.id}/restore")
    assert texts(anna, row) == ["one", "two", "three", "four", "beside"]
    assert Conversation.objects.get().head_id == named("four").id
    ask("DELETE", f"messages/{named('four').id}")
    assert Conversation.objects.get().head_id == beside.id


def test_what_is_deleted_is_nowhere(ask, signed_in, anna, row):
    four = named("four")
    making.generation(four)
    ask("DELETE", f"messages/{four.id}")
    three = tree.snapshot(for_user(anna), row.id).messages[-1]
    assert (three.content, three.siblings) == ("three", [named("three").id])
    for method, path, body in (
        ("PATCH", f"messages/{four.id}", {"content": "x"}),
        ("DELETE", f"messages/{four.id}", None),
        ("PUT", f"messages/{four.id}/feedback", {"rating": "up"}),
        ("POST", f"conversations/{row.id}/head", {"message_id": str(four.id)}),
        ("POST", f"conversations/{row.id}/fork", {"message_id": str(four.id), "scope": "all"}),
        ("GET", f"conversations/{row.id}/messages?before={four.id}", None),
    ):
        assert code(ask(method, path, body)) == (404, "message.not_found"), path
    assert "four" not in signed_in.get(f"/c/{row.id}/").content.decode()
    assert for_user(anna).generations().count() == 0


def test_an_answer_that_is_being_written_is_stopped_when_it_goes(ask, anna, row):
    running = making.generation(row.head, "running")
    assert conversations.page(for_user(anna)).items[0].running
    ask("DELETE", f"messages/{row.head_id}")
    assert Generation.objects.get(id=running.id).stop_asked_at is not None
    assert not conversations.page(for_user(anna)).items[0].running


def test_what_messages_wait_for_does_not_go(ask, heard, anna, row):
    QueuedMessage.objects.create(
        owner=anna, conversation=row, parent=row.head, client_id=uuid4(), content="next", created_at=row.created_at
    )
    assert code(ask("DELETE", f"messages/{named('three').id}")) == (400, "message.has_queued")
    assert (len(texts(anna, row)), heard) == (4, [])


def test_what_was_not_deleted_is_not_put_back(ask, row):
    assert code(ask("POST", f"messages/{row.head_id}/restore")) == (404, "message.not_found")


def test_a_deletion_is_as_many_queries_however_much_goes(ask, anna, django_assert_num_queries):
    counts = []
    for length in (4, 200):
        long = making.conversation(anna, *[f"{length} {number}" for number in range(length)])
        first = Message.objects.get(content=f"{length} 1")
        with django_assert_num_queries(100, exact=False) as queries:
            ask("DELETE", f"messages/{first.id}")
            ask("POST", f"messages/{first.id}/restore")
        counts.append(len(queries))
        assert len(texts(anna, long)) == min(length, tree.PAGE)
    assert counts[0] == counts[1]


def test_an_answer_is_rated_and_the_rating_changed_and_withdrawn(ask, heard, anna, row):
    path = f"messages/{row.head_id}/feedback"
    answer = ask("PUT", path, {"rating": "up", "note": " clear "})
    assert answer.json()["feedback"] == {"rating": "up", "note": "clear"}
    assert heard[0].message.feedback.rating == "up"
    ask("PUT", path, {"rating": "down"})
    assert tree.snapshot(for_user(anna), row.id).messages[-1].feedback.rating == "down"
    assert Feedback.objects.get().note == ""
    assert "feedback" not in ask("PUT", path, {"rating": None}).json()
    assert not Feedback.objects.exists()


def test_only_answers_are_rated_and_notes_have_an_end(ask, row):
    assert code(ask("PUT", f"messages/{named('one').id}/feedback", {"rating": "up"})) == (400, "message.not_an_answer")
    path = f"messages/{row.head_id}/feedback"
    for body in ({"rating": "up", "note": "x" * 2001}, {"rating": "sideways"}, {}, {"rating": "up", "extra": 1}):
        assert code(ask("PUT", path, body)) == (400, "request.invalid")
    assert code(ask("PUT", path, {"rating": "up", "note": "\0"})) == (400, "message.has_nul")
    assert not Feedback.objects.exists()
