"""Every page of the administration for nobody, a person, staff without permission, and a superuser."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from chat.models import User

MODELS = ("user", "connection", "conversation", "generation")
RECORDS = {"conversation", "generation"}
PAGES = [(model, page) for model in MODELS for page in ("changelist", "add", "change", "delete", "history")]
WITHOUT_ID = {"changelist", "add"}


@pytest.fixture
def address(visitors, connection, conversation):
    """The address of a page, of a row that exists where it takes one."""
    ids = {
        "user": visitors.users["person"].id,
        "connection": connection.id,
        "conversation": conversation.id,
        "generation": conversation.generation.id,
    }

    def of(model, page):
        return reverse(f"admin:chat_{model}_{page}", args=[] if page in WITHOUT_ID else [ids[model]])

    return of


@pytest.mark.parametrize(("model", "page"), PAGES)
def test_nobody_and_people_are_sent_away(visitors, address, model, page):
    for client in (visitors.nobody, visitors.person):
        response = client.get(address(model, page))
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize(("model", "page"), PAGES)
def test_staff_without_permission_is_refused(visitors, address, model, page):
    assert visitors.staff.get(address(model, page)).status_code == 403


@pytest.mark.parametrize(("model", "page"), PAGES)
def test_a_superuser_enters_all_but_the_forms_of_records(visitors, address, model, page):
    expected = 403 if model in RECORDS and page in {"add", "delete"} else 200
    assert visitors.superuser.get(address(model, page)).status_code == expected


def test_the_front_page_lists_four_things_for_a_superuser_and_none_for_staff(visitors):
    page = visitors.superuser.get("/admin/").content.decode()
    assert all(f'href="/admin/chat/{model}/"' in page for model in MODELS)
    assert page.count('scope="row"') == len(MODELS)
    assert 'scope="row"' not in visitors.staff.get("/admin/").content.decode()


def test_it_has_the_icon_of_the_site(visitors):
    assert 'rel="icon" href="/static/icons/favicon' in visitors.superuser.get("/admin/").content.decode()


def test_the_administration_has_no_door_of_its_own(visitors):
    response = visitors.nobody.get("/admin/login/?next=/admin/chat/user/")
    assert response["Location"] == "/accounts/login/?next=%2Fadmin%2Fchat%2Fuser%2F"
    credentials = {"username": "superuser", "password": "a fine pass phrase"}
    assert visitors.nobody.post("/admin/login/", credentials).status_code == 302
    assert "_auth_user_id" not in visitors.nobody.session
    assert visitors.person.get("/admin/login/").status_code == 403


@pytest.fixture
def manager(visitors):
    """Staff who may change and delete people, without being a superuser."""
    user = visitors.users["staff"]
    names = ["view_user", "add_user", "change_user", "delete_user"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def test_who_may_change_people_gives_no_rights(visitors, manager):
    person = visitors.users["person"]
    form = {"username": "renamed", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    assert visitors.staff.post(reverse("admin:chat_user_change", args=[person.id]), form).status_code == 302
    person.refresh_from_db()
    assert (person.username, person.is_staff, person.is_superuser) == ("renamed", False, False)
    visitors.staff.post(
        reverse("admin:chat_user_change", args=[manager.id]), form | {"username": "staff", "is_superuser": "on"}
    )
    manager.refresh_from_db()
    assert not manager.is_superuser


def test_who_may_change_people_cannot_take_over_a_superuser(visitors, manager):
    superuser = visitors.users["superuser"]
    before = User.objects.filter(pk=superuser.pk).values().get()
    password = {"password1": "another pass phrase", "password2": "another pass phrase", "usable_password": "true"}
    change = reverse("admin:chat_user_change", args=[superuser.id])
    for address, form in (
        (change, {"username": "mine"}),
        (reverse("admin:auth_user_password_change", args=[superuser.id]), password),
        (reverse("admin:chat_user_delete", args=[superuser.id]), {"post": "yes"}),
    ):
        assert visitors.staff.post(address, form).status_code == 403, address
    chosen = {"action": "delete_selected", "_selected_action": [superuser.id], "post": "yes"}
    visitors.staff.post(reverse("admin:chat_user_changelist"), chosen)
    assert User.objects.filter(pk=superuser.pk).values().get() == before
