"""Signing in and out, and the password."""

import re

import pytest

PASSWORD = "a fine pass phrase"
ANOTHER = "quite another phrase"


def test_a_person_signs_in_and_goes_where_they_wanted(client, anna):
    response = client.post("/accounts/login/?next=/c/x/", {"login": "anna", "password": PASSWORD, "next": "/c/x/"})

    assert (response.status_code, response["Location"]) == (302, "/c/x/")


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(client, anna, place):
    response = client.post("/accounts/login/", {"login": "anna", "password": PASSWORD, "next": place})

    assert (response.status_code, response["Location"]) == (302, "/")


def test_a_wrong_password_is_refused_in_words(client, anna):
    response = client.post("/accounts/login/", {"login": "anna", "password": "wrong"})

    html = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in html
    assert "autofocus" in re.search(r'<input[^>]*name="password"[^>]*>', html)[0]


def test_a_password_manager_finds_the_name(client, db):
    html = client.get("/accounts/login/").content.decode()

    assert 'autocomplete="username"' in re.search(r'<input[^>]*name="login"[^>]*>', html)[0]
    assert "autofocus" not in html


def test_signing_out_takes_a_form(page):
    assert page.get("/accounts/logout/").status_code == 200
    assert page.get("/").status_code == 200

    page.post("/accounts/logout/")

    assert page.get("/").status_code == 302


def test_a_person_changes_the_password(page, client, anna):
    form = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}

    assert page.post("/accounts/password/change/", form).status_code == 302

    anna.refresh_from_db()
    assert anna.check_password(ANOTHER)


@pytest.mark.parametrize(
    ("field", "value"), [("oldpassword", "wrong"), ("password1", "short"), ("password2", "another")]
)
def test_the_field_that_is_wrong_has_the_focus(page, anna, field, value):
    form = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}

    html = page.post("/accounts/password/change/", {**form, field: value}).content.decode()

    assert re.findall(r'<input[^>]*name="(\w+)"[^>]* autofocus', html) == [field]


def test_a_field_that_asks_for_the_focus_gives_it_to_the_one_that_is_wrong(client, admin_user):
    client.force_login(admin_user)
    form = {"username": "dora", "usable_password": "true", "password1": ANOTHER, "password2": "another"}

    html = client.post("/admin/chat/user/add/", form).content.decode()

    assert re.findall(r'<input[^>]*name="(\w+)"[^>]* autofocus', html) == ["password2"]


def test_there_is_no_signing_up(client, db):
    assert client.get("/accounts/signup/").status_code == 404
