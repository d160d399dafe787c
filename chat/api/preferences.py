"""A person's preferences over HTTP; a change is also an event to the owner's tabs, and a cookie for the entrance."""

from django.http import HttpRequest, HttpResponse

from chat.accounts import preference_cookies
from chat.accounts.access import Access
from chat.accounts.preferences import PreferencesChange, change_preferences, preferences
from chat.api.json import answer, body, endpoint
from chat.bus import bus
from chat.database import database
from chat.events import PreferencesUpdated
from chat.shapes import PreferencesInfo


async def _get(request: HttpRequest, access: Access) -> PreferencesInfo:
    return await database.look_up(preferences, access)


async def _change(request: HttpRequest, access: Access) -> HttpResponse:
    info = await database.write(change_preferences, access, body(request, PreferencesChange))
    bus.publish(access.actor.id, PreferencesUpdated(info))
    response = answer(info)
    preference_cookies.keep(response, request.COOKIES, info)
    return response


item = endpoint(get=_get, patch=_change)
