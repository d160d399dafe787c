"""Whom a socket belongs to: the session of its cookie, and nobody without one."""

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings

from chat.database import database
from chat.models import User
from chatsite.asgi import application
from tests.live.socket import HOST, ORIGIN, Socket, session_key
from tests.security.belongings import everything

JUNK = ["", "x", "a" * 32, "a" * 100_000, "../../etc/passwd", "' OR 1=1 --", "\xff\xfe", "%00", '"quoted"', "None"]


async def first_frame(*cookies):
    """What a handshake with these Cookie headers is told first."""
    headers = [(b"host", HOST), (b"origin", ORIGIN), *((b"cookie", cookie.encode("latin-1")) for cookie in cookies)]
    communicator = WebsocketCommunicator(application, "/ws/", headers=headers)
    connected, _ = await communicator.connect(timeout=5)
    assert connected
    frame = await communicator.receive_json_from(timeout=5)
    await communicator.disconnect(timeout=5)
    return frame


@pytest.fixture
async def cookie(anna, connection):
    """The cookie of a session of Anna's."""
    return f"{settings.SESSION_COOKIE_NAME}={await database.write(session_key, anna)}"


async def test_without_a_session_no_command_is_heard(engine, upstream, theirs):
    before = await database.read(everything)
    async with Socket() as socket:
        ended = await socket.receive()
        assert (ended["type"], ended["reason"]) == ("session.ended", "signed_out")
        assert (await socket.communicator.receive_output(5)) == {"type": "websocket.close", "code": 4401}
        await socket.send("conversation.open", conversation_id=str(theirs.conversation))
        assert await socket.communicator.receive_nothing()
    assert await database.read(everything) == before
    assert not upstream.answers


@pytest.mark.parametrize("key", JUNK, ids=lambda key: ascii(key[:20]))
async def test_a_key_that_is_no_session_is_nobody(connection, key):
    frame = await first_frame(f"{settings.SESSION_COOKIE_NAME}={key}")
    assert frame == {"type": "session.ended", "reason": "signed_out"}


async def test_a_deactivated_person_is_nobody(anna, cookie):
    assert (await first_frame(cookie))["user"]["name"] == "anna"
    await database.write(User.objects.filter(pk=anna.pk).update, is_active=False)
    assert (await first_frame(cookie))["type"] == "session.ended"


async def test_a_changed_password_ends_the_session(anna, cookie):
    anna.set_password("another pass phrase")
    await database.write(anna.save)
    assert (await first_frame(cookie))["type"] == "session.ended"


OTHERS = ['prefs={"a": [1, 2]}', "a[0]=1", "no value", "=", "ünïcode=ü", "a=\x01", "x" * 4000]


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: ascii(other[:20]))
async def test_the_cookie_of_another_program_does_not_hide_the_session(cookie, other):
    for cookies in ([f"{other}; {cookie}"], [f"{cookie}; {other}"], [other, cookie], [cookie, other]):
        assert (await first_frame(*cookies))["type"] == "session.ready"
