"""Conversations and generations in the administration: that they are, never what they say, and nobody edits them."""

import pytest
from django.db.models import Model
from django.urls import reverse

from chat.models import Conversation, Generation, Message
from tests.admin.conftest import ANSWER, PROMPT, QUESTION, TITLE

SECRETS = (TITLE, QUESTION, ANSWER, PROMPT)


def rows(model: type[Model]):
    return list(model.objects.order_by("pk").values())


def addresses(conversation):
    ids = {"conversation": conversation.id, "generation": conversation.generation.id}
    return [
        *(reverse(f"admin:chat_{model}_changelist") for model in ids),
        *(reverse(f"admin:chat_{model}_{page}", args=[ids[model]]) for model in ids for page in ("change", "history")),
    ]


def test_no_page_says_what_was_said(admin, visitors, conversation):
    person = visitors.users["person"]
    pages = [*addresses(conversation), reverse("admin:chat_user_delete", args=[person.id]), reverse("admin:index")]
    for page in pages:
        response = admin.get(page)
        assert response.status_code == 200, page
        html = response.content.decode()
        assert [secret for secret in SECRETS if secret in html] == [], page
    assert str(conversation.id) in admin.get(pages[0]).content.decode()


@pytest.mark.parametrize("query", ["?q=canary", "?q=title", "?q=" + "a" * 5000])
def test_a_search_does_not_find_what_was_said(admin, conversation, query):
    response = admin.get(reverse("admin:chat_conversation_changelist") + query)
    assert response.status_code == 200
    assert str(conversation.id) not in response.content.decode()


@pytest.mark.parametrize("query", ["q=%00", "p=-1", "p=x", "o=99.x", "e=1", "_to_field=title", "_popup=1", "all=1"])
def test_an_odd_address_is_no_error_of_the_server(admin, conversation, query):
    for model in ("user", "connection", "conversation", "generation"):
        assert admin.get(f"{reverse(f'admin:chat_{model}_changelist')}?{query}").status_code < 500


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        ("conversation", "title__startswith=canary"),
        ("conversation", "title__contains=a"),
        ("conversation", "system_prompt__contains=a"),
        ("conversation", "parameters__seed=1"),
        ("conversation", "messages__content__contains=a"),
        ("conversation", "head__content__contains=a"),
        ("conversation", "owner__password__startswith=md5"),
        ("conversation", "connection__secret__gt=a"),
        ("generation", "message__content__contains=a"),
        ("generation", "message__conversation__title__startswith=a"),
        ("generation", "deltas__text__contains=a"),
    ],
)
def test_a_filter_that_is_not_offered_is_refused(admin, conversation, model, lookup):
    """Else the list would tell, one letter at a time, what its pages do not show."""
    assert admin.get(f"{reverse(f'admin:chat_{model}_changelist')}?{lookup}").status_code == 400


def test_the_filters_that_are_offered_work(admin, conversation, connection):
    conversations, generations = (reverse(f"admin:chat_{model}_changelist") for model in ("conversation", "generation"))
    for address in (
        f"{conversations}?connection__id__exact={connection.id}",
        f"{generations}?status__exact=completed",
        f"{generations}?connection_name=Service",
    ):
        response = admin.get(address)
        assert (response.status_code, response.context["cl"].result_count) == (200, 1), address


def test_forged_forms_change_nothing(admin, conversation):
    before = [rows(model) for model in (Conversation, Message, Generation)]
    ids = {"conversation": conversation.id, "generation": conversation.generation.id}
    forged = {"title": "forged", "status": "failed", "owner": str(conversation.owner_id), "post": "yes"}
    for model, row_id in ids.items():
        for page, arguments in (("add", []), ("change", [row_id]), ("delete", [row_id])):
            response = admin.post(reverse(f"admin:chat_{model}_{page}", args=arguments), forged)
            assert response.status_code == 403, (model, page)
        chosen = {"action": "delete_selected", "_selected_action": [row_id], "post": "yes"}
        admin.post(reverse(f"admin:chat_{model}_changelist"), chosen)
        table = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": str(row_id), "_save": "Save"}
        admin.post(reverse(f"admin:chat_{model}_changelist"), table | {"form-0-title": "forged"})
    assert [rows(model) for model in (Conversation, Message, Generation)] == before
