"""Connections in the administration: a key goes in and never comes out, and belongs to its address."""

import pytest
from django.urls import reverse

from chat.models import Connection
from tests.admin.conftest import KEY, connection_form

PROXY = "http://user:proxy-canary@proxy.example.org:8080"


@pytest.fixture
def form_address(connection):
    return reverse("admin:chat_connection_change", args=[connection.id])


def test_the_key_is_on_no_page(admin, connection, form_address):
    admin.post(form_address, connection_form(connection, name="Renamed", new_secret=KEY))
    pages = [
        reverse("admin:index"),
        reverse("admin:chat_connection_changelist"),
        form_address,
        reverse("admin:chat_connection_history", args=[connection.id]),
        reverse("admin:chat_connection_delete", args=[connection.id]),
    ]
    for page in pages:
        html = admin.get(page).content.decode()
        assert "Renamed" in html, page
        assert KEY not in html, page
    connection.refresh_from_db()
    assert connection.secret == KEY


def test_a_refused_form_does_not_give_the_key_back(admin, connection, form_address):
    response = admin.post(form_address, connection_form(connection, name="", new_secret=KEY))
    assert response.status_code == 200
    assert "This field is required." in response.content.decode()
    assert KEY not in response.content.decode()


def test_the_database_holds_the_key_encrypted(connection):
    from django.db import connection as database

    with database.cursor() as cursor:
        cursor.execute("SELECT secret FROM chat_connection")
        (stored,) = cursor.fetchone()
    assert stored
    assert KEY not in stored


def test_a_key_stays_when_its_connection_is_only_renamed(admin, connection, form_address):
    assert admin.post(form_address, connection_form(connection, name="Renamed")).status_code == 302
    connection.refresh_from_db()
    assert (connection.name, connection.secret) == ("Renamed", KEY)


@pytest.mark.parametrize(
    "changes",
    [{"base_url": "https://evil.example.org/v1"}, {"base_url": ""}, {"kind": "aichatonline"}, {"proxy_url": PROXY}],
)
def test_another_address_kind_or_proxy_drops_the_key(admin, connection, form_address, changes):
    assert admin.post(form_address, connection_form(connection, **changes)).status_code == 302
    connection.refresh_from_db()
    assert connection.secret == ""


def test_a_new_key_comes_along_with_a_new_address(admin, connection, form_address):
    changes = {"base_url": "https://other.example.org/v1", "new_secret": "sk-new"}
    assert admin.post(form_address, connection_form(connection, **changes)).status_code == 302
    connection.refresh_from_db()
    assert connection.secret == "sk-new"


def test_a_key_can_be_forgotten(admin, connection, form_address):
    assert admin.post(form_address, connection_form(connection, forget_secret="on")).status_code == 302
    connection.refresh_from_db()
    assert connection.secret == ""


def test_the_column_of_the_key_cannot_be_posted(admin, connection, form_address):
    forged = connection_form(connection, secret="sk-forged", has_key="", id="1")
    assert admin.post(form_address, forged).status_code == 302
    assert Connection.objects.get().secret == KEY


def test_the_list_edits_only_what_it_offers(admin, connection):
    form = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": str(connection.id),
        "form-0-position": "7",
        "form-0-base_url": "https://evil.example.org",
        "form-0-secret": "sk-forged",
        "form-0-kind": "aichatonline",
        "_save": "Save",
    }
    assert admin.post(reverse("admin:chat_connection_changelist"), form).status_code == 302
    row = Connection.objects.get()
    assert (row.position, row.enabled) == (7, False)
    assert (row.base_url, row.secret, row.kind) == (connection.base_url, KEY, connection.kind)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org", "javascript:alert(1)", "file:///etc/passwd", "//example.org", "https://", "example.org",
        "https://user@example.org", "https://:password@example.org", "https://example.org/?key=1",
        "https://example.org/#part", "http://[::1", "http://example.org:99999", "http://example.org:x",
        "https://example.org\\@evil.example.org",
    ],
)  # fmt: skip
def test_an_address_that_is_not_plain_is_refused_in_words(admin, connection, form_address, url):
    response = admin.post(form_address, connection_form(connection, base_url=url))
    assert response.status_code == 200
    assert "Give an address such as" in response.content.decode()
    connection.refresh_from_db()
    assert (connection.base_url, connection.secret) == ("https://api.example.org/v1", KEY)


@pytest.mark.parametrize("kind", ["unknown", "os.path", "os.system", "no.such.module.Class", ".", "", "a" * 201])
def test_a_kind_that_is_no_provider_is_refused(admin, connection, form_address, kind):
    response = admin.post(form_address, connection_form(connection, kind=kind))
    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()


@pytest.mark.parametrize("model_ids", ['"one"', "[1]", '[""]', '{"a": "b"}', "[", '[["nested"]]'])
def test_models_that_are_no_list_of_names_are_refused(admin, connection, form_address, model_ids):
    response = admin.post(form_address, connection_form(connection, model_ids=model_ids))
    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()


def test_the_password_of_a_proxy_is_stored_encrypted_and_never_shown(admin, connection, form_address):
    from django.db import connection as database

    admin.post(form_address, connection_form(connection, proxy_url=PROXY))
    html = admin.get(form_address).content.decode()
    assert "http://user:•••@proxy.example.org:8080" in html
    assert "proxy-canary" not in html
    with database.cursor() as cursor:
        cursor.execute("SELECT proxy FROM chat_connection")
        assert "canary" not in cursor.fetchone()[0]
    shown = connection_form(connection, proxy_url="http://user:•••@proxy.example.org:8080", name="Renamed")
    admin.post(form_address, shown)
    connection.refresh_from_db()
    assert (connection.proxy, connection.name) == (PROXY, "Renamed")


@pytest.mark.parametrize("proxy", ["socks5://x", "proxy:8080", "http://", "http://other:•••@host:1"])
def test_a_proxy_that_cannot_be_used_is_refused_in_words(admin, connection, form_address, proxy):
    response = admin.post(form_address, connection_form(connection, proxy_url=proxy))
    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()


def test_only_named_classes_are_offered_as_kinds(admin, form_address, settings):
    html = admin.get(form_address).content.decode()
    assert settings.PROVIDER_CLASSES[0] in html
    assert "os.path" not in html
