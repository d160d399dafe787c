"""The administration speaks Russian too, whole, and to everybody in the language of their preferences."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from chat.ids import new_id
from chat.models import (
    Draft,
    Feedback,
    Generation,
    GenerationDelta,
    MessageRevision,
    Preferences,
    Prompt,
    QueuedMessage,
    Status,
)
from tests.admin.conftest import PASSWORD, connection_form

RUSSIAN = {"HTTP_ACCEPT_LANGUAGE": "ru-RU,ru;q=0.9,en;q=0.5"}
MODELS = ("user", "connection", "conversation", "generation")
SAID = ("title", "aria-label", "placeholder", "alt", "label", "data-tooltip")
SILENT = {"script", "style", "template"}

NAMES = {
    "Scripta", "Django", "Service", "Other", "superuser", "person", "staff", "STAFF", "model", "md", "ID", "Id", "URL",
    "JSON", "LDAP",
}  # fmt: skip
"""Of people, connections and models in these tests, and what is written so in Russian too."""
CODES = re.compile(
    r"https?://\S+"
    r"|[\w-]{8}(?:-[\w-]{4}){3}-[\w-]{12}"
    r"|\w+(?:[_.]\w+)+|\b(?:aichatonline|embedded|scripted-1)\b"
    r'|\["gpt-4o-mini"\]'
    r"|\w+\*{6,}"
)
"""Addresses, ids, settings, paths, kinds of providers, an example, and what is shown of the hash of a password."""
WORD = re.compile(r"[A-Za-z]{2,}")


class Texts(HTMLParser):
    """What of a page is seen or read out."""

    def __init__(self):
        super().__init__()
        self.found, self.silent = [], 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        given = dict(attrs)
        names = (*SAID, "value") if given.get("type") in {"submit", "button"} else SAID
        self.found += [given[name] for name in names if given.get(name)]

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.found.append(" ".join(data.split()))


def english(html):
    """The texts of a page with a Latin word that is no name and no code."""
    texts = Texts()
    texts.feed(html)
    assert len(texts.found) > 10
    return [text for text in texts.found if set(WORD.findall(CODES.sub("", text))) - NAMES]


@pytest.fixture
def everything(conversation, visitors):
    """A row of every kind that goes with a person, which the page of a deletion names, and a run in every status."""
    person, now, answer = visitors.users["person"], timezone.now(), conversation.head
    for status in Status:
        Generation.objects.create(message=answer, status=status, connection_name="Service", created_at=now)
    other = {"message": answer, "created_at": now}
    Feedback.objects.create(rating=Feedback.Rating.UP, updated_at=now, **other)
    Feedback.objects.create(message=answer.parent, rating=Feedback.Rating.DOWN, created_at=now, updated_at=now)
    MessageRevision.objects.create(content="before", **other)
    GenerationDelta.objects.create(generation=conversation.generation, position=0, kind="content", text="a")
    Draft.objects.create(owner=person, content="draft", updated_at=now)
    Preferences.objects.create(owner=person)
    Prompt.objects.create(owner=person, name="prompt", content="prompt", created_at=now, updated_at=now)
    QueuedMessage.objects.create(
        owner=person, conversation=conversation, parent=answer, client_id=new_id(), content="next", created_at=now
    )
    return {
        "user": person,
        "connection": conversation.connection,
        "conversation": conversation,
        "generation": conversation.generation,
    }


@pytest.fixture
def pages(everything):
    """Every page that can be asked for."""
    changed = [reverse(f"admin:chat_{model}_change", args=[row.id]) for model, row in everything.items()]
    return [
        reverse("admin:index"),
        reverse("admin:app_list", args=["chat"]),
        reverse("admin:password_change"),
        *(reverse(f"admin:chat_{model}_changelist") for model in MODELS),
        *(reverse(f"admin:chat_{model}_changelist") + "?q=nothing" for model in MODELS),
        *(reverse(f"admin:chat_{model}_add") for model in ("user", "connection")),
        *(reverse(f"admin:chat_{model}_delete", args=[everything[model].id]) for model in ("user", "connection")),
        *changed,
        *(address.replace("/change/", "/history/") for address in changed),
        reverse("admin:auth_user_password_change", args=[everything["user"].id]),
    ]


def test_no_page_has_english_words_left(admin, pages):
    found = {}
    for page in pages:
        response = admin.get(page, **RUSSIAN)
        html = response.content.decode()
        assert response.status_code == 200, page
        assert '<html lang="ru"' in html, page
        found |= {page: words} if (words := english(html)) else {}
    assert found == {}


def test_english_words_are_found(admin, pages):
    """A word that stands alone too, as the head of a column."""
    found = [english(admin.get(page).content.decode()) for page in pages]
    assert all(found)
    assert any("Kind" in words for words in found)


def test_refusals_are_russian(admin, visitors, connection):
    form = reverse("admin:chat_connection_change", args=[connection.id])
    person = reverse("admin:chat_user_change", args=[visitors.users["person"].id])
    refused = [
        (form, connection_form(connection, name="", base_url="nowhere", proxy_url="nowhere", model_ids="[1]")),
        (form, connection_form(connection, model_ids="[", context_size="1", position="-1", kind="Other")),
        (form, connection_form(connection, proxy_url="http://user:•••@host:1")),
        (person, {"username": "STAFF", "email": "nowhere"}),
        (reverse("admin:chat_user_add"), {"username": "person", "password1": "1", "password2": "2"}),
    ]
    for address, fields in refused:
        html = admin.post(address, fields, **RUSSIAN).content.decode()
        assert 'class="errorlist"' in html, fields
        assert english(html) == [], fields


def test_a_class_that_cannot_be_used_is_refused_in_russian(admin, connection, settings):
    settings.PROVIDER_CLASSES = ["no.such.module.Class"]
    form = reverse("admin:chat_connection_change", args=[connection.id])
    html = admin.post(form, connection_form(connection, kind="no.such.module.Class"), **RUSSIAN).content.decode()
    assert "Класс «no.such.module.Class» использовать не удалось." in html
    assert english(html) == []


def test_what_was_done_is_told_in_russian(admin, visitors, connection):
    form = reverse("admin:chat_connection_change", args=[connection.id])
    connections = reverse("admin:chat_connection_changelist")
    changes = {"base_url": "http://127.0.0.1:1", "kind": "embedded", "context_size": "256", "position": "7"}
    row = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": connection.id, "form-0-position": "8"}
    chosen = {"action": "delete_selected", "_selected_action": [connection.id]}
    everything = connection_form(connection, name="Other", model_ids='["model"]', new_secret="key", **changes)
    del everything["enabled"]
    done = [
        (form, everything, "Сохранено: подключение"),
        (form, connection_form(connection, name="Other") | {"_continue": "1"}, "Ниже можно продолжить правку"),
        (connections, row | {"_save": "Save"}, "Сохранено, подключение: 1."),
        (connections, chosen, "Удалить выбранное (подключение)?"),
        (form.replace("/change/", "/history/"), None, "Базовый URL"),
        (connections, chosen | {"post": "yes"}, "Удалено, подключение: 1."),
        (reverse("admin:index"), None, "Подключение"),
    ]
    for address, fields, words in done:
        ask = admin.get if fields is None else admin.post
        html = ask(address, fields, follow=True, **RUSSIAN).content.decode()
        assert words in html, (address, fields)
        assert english(html) == [], (address, fields)


@pytest.mark.parametrize(("language", "header"), [("ru", "en"), ("en", "ru")])
def test_the_preferences_choose_the_language_and_not_the_browser(admin, visitors, language, header):
    Preferences.objects.create(owner=visitors.users["superuser"], language=language)
    admin.cookies["language"] = header
    for page in ("/admin/", "/admin/chat/connection/add/"):
        response = admin.get(page, HTTP_ACCEPT_LANGUAGE=header)
        assert f'<html lang="{language}"' in response.content.decode()
        assert response["Content-Language"] == language
    assert admin.cookies["language"].value == language
    words = {"ru": "Обязательное поле.", "en": "This field is required."}
    refused = admin.post("/admin/chat/connection/add/", {}, HTTP_ACCEPT_LANGUAGE=header)
    assert words[language] in refused.content.decode()


def test_without_a_preference_the_browser_chooses_whatever_it_kept(admin):
    admin.cookies["language"] = "en"
    assert '<html lang="ru"' in admin.get("/admin/", **RUSSIAN).content.decode()
    assert not admin.cookies["language"].value


def test_what_was_picked_before_signing_in_is_a_preference_from_then_on(visitors):
    visitors.nobody.get("/accounts/login/?set_language=ru&next=/admin/")
    credentials = {"login": "superuser", "password": PASSWORD, "next": "/admin/"}
    page = visitors.nobody.post("/accounts/login/", credentials, follow=True)
    assert '<html lang="ru"' in page.content.decode()
    assert Preferences.objects.get(owner=visitors.users["superuser"]).language == "ru"
    assert "language_picked" not in visitors.nobody.cookies or not visitors.nobody.cookies["language_picked"].value
