"""Conversations: their model, system prompt and parameters, and what comes back out of the trash."""

import pytest

from chat.accounts.access import for_user
from chat.history import conversations, tree
from chat.models import Connection, Conversation
from tests import making


@pytest.fixture
def row(anna, connection):
    return making.conversation(anna, "question", "answer", connection=connection)


def refusal(response):
    return response.status_code, response.json()["code"]


def test_a_model_is_chosen_by_the_rules_of_sending(ask, heard, row, connection):
    choice = {"connection_id": str(connection.id), "model_id": "scripted-2"}
    answer = ask("PATCH", f"conversations/{row.id}", choice)
    assert (answer.json()["connection"], answer.json()["model_id"]) == (str(connection.id), "scripted-2")
    assert heard[0].conversation.model_id == "scripted-2"
    off = Connection.objects.create(name="Off", enabled=False, model_ids=["m"])
    for wrong, code in (
        ({**choice, "model_id": "other"}, "model.unknown"),
        ({**choice, "connection_id": str(off.id)}, "model.gone"),
        ({"model_id": "scripted-1"}, "request.invalid"),
        ({"connection_id": str(connection.id)}, "request.invalid"),
    ):
        assert refusal(ask("PATCH", f"conversations/{row.id}", wrong)) == (400, code)
    assert (Conversation.objects.get().model_id, len(heard)) == ("scripted-2", 1)


def test_a_system_prompt_and_parameters_are_kept_and_shown_to_who_opens(ask, heard, anna, row):
    change = {"system_prompt": "Be brief.", "parameters": {"temperature": 0, "stop": ["END"]}}
    told = ask("PATCH", f"conversations/{row.id}", change).json()
    assert {name: told[name] for name in change} == change
    assert heard[0].conversation.system_prompt == "Be brief."
    opened = tree.snapshot(for_user(anna), row.id).conversation
    assert (opened.system_prompt, opened.parameters) == ("Be brief.", change["parameters"])
    ask("PATCH", f"conversations/{row.id}", {"system_prompt": "", "parameters": {}})
    opened = tree.snapshot(for_user(anna), row.id).conversation
    assert (opened.system_prompt, opened.parameters) == ("", {})


def test_lists_and_other_changes_do_without_them(ask, heard, anna, row):
    ask("PATCH", f"conversations/{row.id}", {"system_prompt": "long", "title": "Still"})
    ask("PATCH", f"conversations/{row.id}", {"title": "Other"})
    listed = ask("GET", "conversations").json()["items"][0]
    assert not {"system_prompt", "parameters"} & listed.keys()
    assert heard[1].conversation.system_prompt is None


@pytest.mark.parametrize(
    "change",
    [
        {"system_prompt": "x" * 32_001},
        {"system_prompt": "a\0"},
        {"parameters": {"temperature": 3}},
        {"parameters": {"tools": []}},
        {"parameters": {"stop": ["\0"]}},
        {"parameters": None},
        {"model_id": "", "connection_id": None},
    ],
)
def test_what_cannot_be_set_is_refused(ask, heard, row, change):
    assert refusal(ask("PATCH", f"conversations/{row.id}", change)) == (400, "request.invalid")
    assert (heard, Conversation.objects.get().system_prompt) == ([], "")


def test_a_conversation_comes_back_out_of_the_trash(ask, heard, anna, row):
    path = f"conversations/{row.id}"
    assert refusal(ask("POST", f"{path}/restore")) == (404, "conversation.not_found")
    ask("DELETE", path)
    answer = ask("POST", f"{path}/restore")
    assert (answer.status_code, answer.json()["id"]) == (200, str(row.id))
    assert heard[-1].conversation.id == row.id
    assert [item.id for item in conversations.page(for_user(anna)).items] == [row.id]
    assert len(tree.snapshot(for_user(anna), row.id).messages) == 2
