"""What a person sees when something is wrong."""

import pytest
from django.test import Client
from django.urls import path

from chatsite.urls import urlpatterns as site_urls


def fail(request):
    raise RuntimeError("planted")


urlpatterns = [path("fails", fail), *site_urls]


@pytest.fixture
def visitor(db, settings) -> Client:
    """Somebody whose browser shows errors and sends no token unasked."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def test_a_failure_is_a_plain_page_with_the_policy(visitor):
    response = visitor.get("/fails")

    assert response.status_code == 500
    assert "Something broke on this server" in response.content.decode()
    assert "planted" not in response.content.decode()
    assert "Content-Security-Policy" in response


def test_a_form_without_its_token_is_refused_with_the_policy(visitor):
    response = visitor.post("/accounts/login/", {"login": "anna", "password": "a fine pass phrase"})

    assert response.status_code == 403
    assert "The form was open for too long" in response.content.decode()
    assert "Content-Security-Policy" in response


@pytest.mark.parametrize(("language", "words"), [("en", "Too many tries"), ("ru", "Слишком много попыток")])
def test_who_guesses_has_to_wait_and_is_told_in_the_page_of_the_site(visitor, language, words):
    visitor.get("/accounts/login/")
    form = {"login": "anna", "password": "guessed", "csrfmiddlewaretoken": visitor.cookies["csrftoken"].value}
    for _ in range(40):
        response = visitor.post("/accounts/login/", form, HTTP_ACCEPT_LANGUAGE=language)
        if response.status_code != 200:
            break

    page = response.content.decode()
    assert response.status_code == 429
    assert f"<title>{words}" in page and 'href="/"' in page and "css/entrance.css" in page
    assert "Content-Security-Policy" in response


def test_a_foreign_host_is_refused_with_the_policy(visitor):
    response = visitor.get("/", HTTP_HOST="elsewhere.example")

    assert response.status_code == 400
    assert "elsewhere" not in response.content.decode()
    assert "Content-Security-Policy" in response
