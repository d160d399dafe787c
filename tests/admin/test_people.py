"""People in the administration: adding, changing, deleting; names of any script; passwords set and never seen."""

import pytest
from django.test import Client
from django.urls import reverse

from chat.models import Conversation, User
from tests.admin.conftest import PASSWORD

ADD = "/admin/chat/user/add/"


def new_person(username, email="", **fields):
    """What the form for a new person posts."""
    return {
        "username": username,
        "email": email,
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    } | fields


def changed(user, **fields):
    """What the form of a person posts."""
    return {"username": user.username, "email": user.email or "", "is_active": "on"} | fields


def sign_in(username, password=PASSWORD):
    return Client().post("/accounts/login/", {"login": username, "password": password})


@pytest.mark.parametrize("username", ["newcomer", "Анна", "мария.петрова", "José", "王芳", "a@b+c-d_e.f"])
def test_a_new_person_can_sign_in(admin, username):
    response = admin.post(ADD, new_person(username))
    assert response.status_code == 302
    signed_in = sign_in(username)
    assert (signed_in.status_code, signed_in["Location"]) == (302, "/")
    assert username in admin.get(reverse("admin:chat_user_changelist")).content.decode()


def test_a_wrong_password_and_an_unknown_name_look_the_same(visitors):
    wrong, unknown = sign_in("person", "wrong"), sign_in("nobody at all", "wrong")
    assert wrong.status_code == unknown.status_code == 200
    bodies = {
        response.content.decode().replace("nobody at all", "person").replace(token(response), "")
        for response in (wrong, unknown)
    }
    assert len(bodies) == 1


def token(response):
    return str(response.context["csrf_token"])


def test_who_is_not_active_cannot_sign_in(visitors):
    User.objects.filter(username="person").update(is_active=False)
    client = Client()
    response = client.post("/accounts/login/", {"login": "person", "password": PASSWORD}, follow=True)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    assert client.get("/").status_code == 302


def test_rights_cannot_be_posted_with_a_new_person(admin):
    admin.post(ADD, new_person("newcomer", is_superuser="on", is_staff="on", id="1", password="md5$a$b"))
    row = User.objects.get(username="newcomer")
    assert (row.is_superuser, row.is_staff, row.check_password(PASSWORD)) == (False, False, True)


def test_an_address_in_another_case_is_taken(admin):
    assert admin.post(ADD, new_person("first", "Somebody@Example.org")).status_code == 302
    response = admin.post(ADD, new_person("second", "somebody@EXAMPLE.org"))
    assert response.status_code == 200
    assert "This e-mail address is taken." in response.content.decode()
    assert list(User.objects.filter(email__isnull=False).values_list("email", flat=True)) == ["somebody@example.org"]


def test_a_name_in_another_case_is_taken(admin, visitors):
    added = admin.post(ADD, new_person("PERSON"))
    assert "A user with that username already exists." in added.content.decode()
    staff = visitors.users["staff"]
    renamed = admin.post(reverse("admin:chat_user_change", args=[staff.id]), changed(staff, username="PERSON"))
    assert "This name is taken." in renamed.content.decode()
    assert User.objects.filter(username__iexact="person").count() == 1


def test_an_address_taken_over_from_another_person_is_refused(admin, visitors):
    User.objects.filter(username="staff").update(email="staff@example.org")
    person = visitors.users["person"]
    response = admin.post(
        reverse("admin:chat_user_change", args=[person.id]), changed(person, email="Staff@example.org")
    )
    assert "This e-mail address is taken." in response.content.decode()
    assert User.objects.get(pk=person.pk).email is None


def test_many_people_have_no_address(admin):
    for name in ("first", "second"):
        assert admin.post(ADD, new_person(name, "   ")).status_code == 302
    assert User.objects.filter(username__in=["first", "second"], email=None).count() == 2


@pytest.mark.parametrize("username", ["", " ", "with space", "nul\0", "a" * 151, "<script>", "semi;colon"])
def test_a_name_that_cannot_be_is_refused(admin, username):
    response = admin.post(ADD, new_person(username))
    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()


def test_no_page_shows_the_hash_of_a_password(admin, visitors):
    person = visitors.users["person"]
    for page in ("change", "history", "delete"):
        html = admin.get(reverse(f"admin:chat_user_{page}", args=[person.id])).content.decode()
        assert person.password not in html
        assert person.password.split("$")[2] not in html
        assert person.password.split("$")[1] not in html


def test_the_hash_cannot_be_asked_for_by_a_filter(admin, visitors):
    for query in ("password__startswith=md5", "password__contains=a", "conversations__title__startswith=a"):
        assert admin.get(f"/admin/chat/user/?{query}").status_code == 400, query


def test_the_hash_cannot_be_posted(admin, visitors):
    person = visitors.users["person"]
    admin.post(reverse("admin:chat_user_change", args=[person.id]), changed(person, password="md5$a$b"))
    assert User.objects.get(pk=person.pk).password == person.password


def test_a_person_goes_together_with_the_conversations(admin, visitors, conversation):
    person = visitors.users["person"]
    response = admin.post(reverse("admin:chat_user_delete", args=[person.id]), {"post": "yes"})
    assert response.status_code == 302
    assert not User.objects.filter(pk=person.pk).exists()
    assert not Conversation.objects.exists()
