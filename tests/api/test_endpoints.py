"""The JSON endpoints: each works, refuses another method, a stranger, a broken request."""

import json

import pytest

from chat.models import Connection, Conversation
from tests import making


def send(client, method, path, body):
    return getattr(client, method)(path, json.dumps(body), content_type="application/json")


def test_the_list_is_paged(signed_in, anna):
    for _ in range(60):
        making.conversation(anna)
    first = signed_in.get("/api/conversations").json()
    second = signed_in.get("/api/conversations", {"cursor": first["next_cursor"]}).json()
    assert [len(first["items"]), len(second["items"]), second["next_cursor"]] == [50, 10, None]
    assert signed_in.get("/api/conversations", {"cursor": "broken"}).json()["code"] == "cursor.invalid"


def test_older_messages_come_before_a_message(signed_in, anna):
    row = making.conversation(anna, *[str(n) for n in range(100)])
    path = f"/api/conversations/{row.id}/messages"
    newest = signed_in.get(path).json()
    older = signed_in.get(path, {"before": newest["items"][0]["id"]}).json()
    assert [message["content"] for message in older["items"]] == [str(n) for n in range(40)]
    assert older["has_older"] is False
    assert signed_in.get(path, {"before": "broken"}).status_code == 400


def test_a_title_is_changed_and_a_conversation_deleted(signed_in, anna):
    row = making.conversation(anna)
    path = f"/api/conversations/{row.id}"
    assert send(signed_in, "patch", path, {"title": "New"}).json()["title"] == "New"
    assert send(signed_in, "patch", path, {"pinned": True}).json()["pinned_at"]
    assert signed_in.delete(path).status_code == 204
    assert signed_in.get(f"{path}/messages").status_code == 404
    assert Conversation.objects.get().deleted_at is not None


def test_another_branch_is_shown(signed_in, anna):
    row = making.conversation(anna, "root", "one")
    other = making.message(row, row.head.parent, "assistant", "two")
    answer = send(signed_in, "post", f"/api/conversations/{row.id}/head", {"message_id": str(other.id)})
    assert answer.json()["head_id"] == str(other.id)


def test_models_are_listed_without_keys(signed_in):
    Connection.objects.create(name="A", model_ids=["m"], secret="sk-canary-0123456789")
    answer = signed_in.get("/api/models")
    assert answer.json()["items"][0]["model_id"] == "m"
    assert b"canary" not in answer.content


@pytest.mark.parametrize(
    "body",
    [" ", "[]", "null", "{", '{"owner": 1}', '{"title": 5}', f'{{"title": "{"x" * 201}"}}', "[" * 10000, b"\xff\xfe"],
)
def test_a_broken_body_is_refused_and_changes_nothing(signed_in, anna, body):
    row = making.conversation(anna)
    answer = signed_in.patch(f"/api/conversations/{row.id}", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "request.invalid"
    assert Conversation.objects.get().title == "A title"


def test_signed_out_is_401(client, anna):
    row = making.conversation(anna)
    assert client.get("/api/conversations").status_code == 401
    assert client.delete(f"/api/conversations/{row.id}").status_code == 401
