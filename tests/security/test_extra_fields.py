"""What a command, a request or a form does not offer is refused or has no effect: nobody becomes somebody by it."""

import json
from typing import get_args
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from chat.accounts.setup import prepare_site, setup_url
from chat.database import database
from chat.live import protocol
from chat.models import Connection, SiteSettings, User
from tests.live.socket import Socket
from tests.security.belongings import everything
from tests.security.commands import CASES, plain

EXTRA = {
    "user_id": str(uuid4()),
    "user": "anna",
    "owner": "anna",
    "owner_id": str(uuid4()),
    "is_staff": True,
    "is_superuser": True,
    "id": str(uuid4()),
    "role": "system",
    "status": "completed",
    "base_url": "https://evil.example.org",
    "api_key": "sk-mine",
    "proxy": "http://evil.example.org",
    "provider": "os.system",
    "kind": "os.system",
    "title_source": "model",
    "created_at": "2020-01-01T00:00:00Z",
    "deleted_at": None,
    "__class__": "User",
    "__proto__": {"is_staff": True},
    "REQUEST_ID": "upper case",
}

COMMANDS = [str(command.__struct_config__.tag) for command in get_args(protocol.AnyCommand)]


def valid(tag, own):
    """The fields of a command that would be taken without the extra one."""
    command = next(command for command in CASES if command.__struct_config__.tag == tag)
    fields = CASES[command][0](own, own) if CASES[command] else {}
    return {name: plain(value) for name, value in fields.items()}


@pytest.mark.parametrize("tag", COMMANDS)
async def test_a_command_with_a_field_too_many_is_refused(engine, upstream, boris, own, tag):
    before = await database.read(everything)
    fields = valid(tag, own)
    async with Socket(boris) as socket:
        for name, value in EXTRA.items():
            await socket.send(tag, request_id=name, **fields, **{name: value})
            refused = await socket.receive()
            assert (refused["type"], refused["code"], refused["request_id"]) == ("error", "command.invalid", name)
            assert refused["message"].startswith(f"{tag}: Object contains unknown field `{name}`")
    assert await database.read(everything) == before
    assert not upstream.answers


async def test_a_parameter_too_many_is_refused(engine, upstream, boris):
    before = await database.read(everything)
    names = (*EXTRA, "messages", "model", "stream", "timeout", "headers", "tools", "n")
    async with Socket(boris) as socket:
        for name in names:
            parameters = {"temperature": 0.5, name: EXTRA.get(name, 1)}
            await socket.send("message.send", client_id=str(uuid4()), content="Hello", parameters=parameters)
            assert (await socket.receive())["code"] == "command.invalid", name
    assert await database.read(everything) == before
    assert not upstream.answers


async def test_a_service_is_asked_only_what_was_offered(engine, upstream, boris):
    async with Socket(boris) as socket:
        await socket.ask("Hello", parameters={"temperature": 0.5, "stop": ["end"]})
        await socket.until("generation.ended")
    assert set(upstream.last.body) <= {"model", "messages", "stream", "stream_options", "temperature", "stop"}


def test_an_api_body_with_a_field_too_many_is_refused(own, boris):
    client = Client()
    client.force_login(boris)
    before = everything()
    change, head = f"/api/conversations/{own.conversation}", f"/api/conversations/{own.conversation}/head"
    for name, value in EXTRA.items():
        for ask, address, body in (
            (client.patch, change, {"title": "new", name: value}),
            (client.post, head, {"message_id": str(own.answer), name: value}),
        ):
            response = ask(address, json.dumps(body), content_type="application/json")
            assert (response.status_code, response.json()["code"]) == (400, "request.invalid"), (address, name)
    assert everything() == before


def test_signing_in_with_more_fields_gives_no_more_rights(boris):
    client = Client()
    form = {"login": "boris", "password": "a fine pass phrase"} | {name: str(value) for name, value in EXTRA.items()}
    assert client.post("/accounts/login/", form).status_code == 302
    assert client.session["_auth_user_id"] == str(boris.pk)
    boris.refresh_from_db()
    assert (boris.is_staff, boris.is_superuser) == (False, False)


def test_changing_a_password_changes_the_own_one_alone(anna, boris):
    client = Client()
    client.force_login(boris)
    password = "an even finer pass phrase"
    form = {"oldpassword": "a fine pass phrase", "password1": password, "password2": password}
    forged = {"user": str(anna.pk), "id": str(anna.pk), "username": "anna", "is_staff": "on"}
    assert client.post("/accounts/password/change/", form | forged).status_code == 302
    anna.refresh_from_db()
    boris.refresh_from_db()
    assert (anna.check_password(password), boris.check_password(password)) == (False, True)
    assert (boris.username, boris.is_staff) == ("boris", False)


def test_the_first_administrator_gets_the_name_and_nothing_else(transactional_db):
    prepare_site()
    token = setup_url("").partition("token=")[2]
    password = "an even finer pass phrase"
    forged = {"id": str(uuid4()), "email": "evil@example.org", "setup_completed_at": "", "epoch": str(uuid4())}
    epoch = SiteSettings.objects.get().epoch
    form = {"token": token, "username": "root", "password": password, "password_again": password}
    assert Client().post("/setup/", form | forged).status_code == 302
    user = User.objects.get()
    assert (str(user.id) == forged["id"], user.email, user.is_superuser) == (False, None, True)
    assert SiteSettings.objects.get().epoch == epoch
    assert Client().post("/setup/", form | {"username": "second"}).status_code == 404
    assert User.objects.count() == 1


def test_a_superusers_forms_take_only_their_fields(anna, connection):
    root = User.objects.create_superuser("root")
    client = Client()
    client.force_login(root)
    forged = {"id": str(uuid4()), "password": "md5$a$b", "date_joined_0": "2001-01-01", "user_permissions": "1"}
    form = {"username": "anna", "email": "", "is_active": "on"}
    assert client.post(reverse("admin:chat_user_change", args=[anna.pk]), form | forged).status_code == 302
    before = (anna.pk, anna.password, anna.date_joined)
    anna.refresh_from_db()
    assert (anna.pk, anna.password, anna.date_joined) == before
    assert not anna.user_permissions.exists()
    assert Connection.objects.get().pk == connection.pk
