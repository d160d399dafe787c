"""The pages speak English and Russian, whole, as the browser asks."""

import re

import pytest
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django.urls import reverse
from django.utils.translation import override

from deploy import messages

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
RUSSIAN = {"HTTP_ACCEPT_LANGUAGE": "ru-RU,ru;q=0.9,en;q=0.5"}


def test_every_string_is_translated_and_none_is_left_over():
    used = {(message.id, message.context) for message in messages.used() if message.id}
    kept = {(message.id, message.context) for message in messages.kept() if message.id}

    assert len(used) > 50
    assert used == kept
    assert messages.untranslated(messages.kept()) == []


def test_a_string_without_a_translation_is_found():
    catalog = messages.kept()
    catalog.add("Planted")
    catalog.add(("one planted", "many planted"), ("один", "два", ""))

    assert messages.untranslated(catalog) == ["Planted", "('one planted', 'many planted')"]


def test_the_compiled_catalogue_is_in_step():
    assert messages.COMPILED.read_bytes() == messages.compiled(messages.kept())


def test_the_placeholders_of_a_translation_are_those_of_its_string():
    placeholders = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    for message in messages.kept():
        if message.id and isinstance(message.id, str):
            assert sorted(placeholders.findall(message.id)) == sorted(placeholders.findall(message.string)), message.id


@pytest.mark.parametrize(
    ("header", "language"), [("ru-RU,ru", "ru"), ("en-GB,en", "en"), ("fr,de", "en"), ("", "en"), ("uk,ru", "ru")]
)
def test_the_browser_chooses(client, db, header, language):
    html = client.get(reverse("account_login"), HTTP_ACCEPT_LANGUAGE=header).content.decode()

    assert f'<html lang="{language}"' in html
    assert ("Войти" in html) is (language == "ru")


def test_caches_keep_the_languages_apart(client, db):
    response = client.get(reverse("account_login"))

    assert "Accept-Language" in response["Vary"]
    assert response["Content-Language"] == "en"


def test_the_words_of_forms_that_others_wrote_are_russian(db, anna):
    """All but the name to sign in with, which the page calls otherwise."""
    forms = [LoginForm(), ChangePasswordForm(anna), ReauthenticateForm(user=anna)]
    with override("ru"):
        fields = {name: field for form in forms for name, field in form.fields.items() if name != "login"}
        labels = [str(field.label) for field in fields.values()]

    assert len(labels) >= 4
    assert [label for label in labels if not CYRILLIC.search(label)] == []


def test_a_wrong_password_is_told_in_russian(client, anna):
    response = client.post(reverse("account_login"), {"login": "anna", "password": "wrong"}, **RUSSIAN)

    error = re.search(r'role="alert">([^<]+)<', response.content.decode())[1]
    assert CYRILLIC.search(error), error
