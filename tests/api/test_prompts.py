"""Prompts: texts that a person keeps under names."""

import pytest
from django.conf import settings

from chat.history import prompts
from chat.models import Prompt


@pytest.fixture
def kept(ask):
    return ask("POST", "prompts", {"name": "summary", "content": "Sum this up:"}).json()


def refusal(response):
    return response.status_code, response.json()["code"]


def test_prompts_are_listed_by_name(ask, kept, django_assert_num_queries):
    ask("POST", "prompts", {"name": "Перевод-1", "content": "Переведи:"})
    listed = ask("GET", "prompts").json()["items"]
    assert [(item["name"], item["content"]) for item in listed] == [
        ("summary", "Sum this up:"),
        ("перевод-1", "Переведи:"),
    ]
    assert listed[0] == kept


def test_a_prompt_is_changed_and_deleted(ask, kept):
    path = f"prompts/{kept['id']}"
    assert ask("PATCH", path, {"name": "brief"}).json()["name"] == "brief"
    changed = ask("PATCH", path, {"content": "Briefly:"}).json()
    assert (changed["name"], changed["content"]) == ("brief", "Briefly:")
    assert ask("DELETE", path).status_code == 204
    assert ask("GET", "prompts").json() == {"items": []}
    for method in ("PATCH", "DELETE"):
        assert refusal(ask(method, path, {})) == (404, "prompt.not_found")


def test_a_name_is_taken_once(ask, kept, boris, client):
    assert refusal(ask("POST", "prompts", {"name": "SUMMARY", "content": "x"})) == (400, "prompt.name_taken")
    other = ask("POST", "prompts", {"name": "other", "content": "x"}).json()
    assert refusal(ask("PATCH", f"prompts/{other['id']}", {"name": "summary"})) == (400, "prompt.name_taken")
    client.force_login(boris)
    assert client.post("/api/prompts", kept, content_type="application/json").status_code == 400
    own = {"name": "summary", "content": "mine"}
    assert client.post("/api/prompts", own, content_type="application/json").status_code == 200


@pytest.mark.parametrize("name", ["", " ", "two words", "a/b", "x" * 41, "naïve", "a\nb", "名前"])
def test_a_name_is_letters_digits_and_hyphens(ask, name):
    assert refusal(ask("POST", "prompts", {"name": name, "content": "x"})) == (400, "prompt.name_invalid")
    assert not Prompt.objects.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "message.empty"),
        ("\0", "message.has_nul"),
        ("x" * (settings.MESSAGE_MAX_CHARACTERS + 1), "message.too_long"),
    ],
)
def test_a_text_that_could_not_be_sent_is_not_kept(ask, kept, content, code):
    assert refusal(ask("POST", "prompts", {"name": "other", "content": content})) == (400, code)
    assert refusal(ask("PATCH", f"prompts/{kept['id']}", {"content": content})) == (400, code)
    assert Prompt.objects.get().content == "Sum this up:"


def test_nobody_keeps_prompts_without_end(ask, kept, monkeypatch):
    monkeypatch.setattr(prompts, "MOST", 1)
    assert refusal(ask("POST", "prompts", {"name": "other", "content": "x"})) == (400, "prompt.too_many")
