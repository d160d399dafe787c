"""Lets a view speak the language of who asks."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from chat.accounts import preference_cookies
from chat.accounts.access import for_user
from chat.accounts.preferences import PreferencesChange, change_preferences, preferences
from chat.models import Preferences
from chat.shapes import PreferencesInfo

View = Callable[..., HttpResponse]


def in_own_language(view: View) -> View:
    """A page of somebody who is signed in, in their language, whatever this browser kept; its cookies follow.

    What they have picked before signing in is what they want from now on; their other tabs see it at their next load.
    Who is not signed in has what the browser asks for.
    """

    @wraps(view)
    def localised(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        sent = dict(request.COOKIES)
        if language := preference_cookies.picked(sent):
            request.preferences = change_preferences(for_user(request.user), PreferencesChange(language=language))
        wanted = wishes(request)
        if wanted.language == Preferences.Language.AUTO:
            request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
            translation.activate(translation.get_language_from_request(request))
        else:
            translation.activate(wanted.language)
        request.LANGUAGE_CODE = translation.get_language()
        response = view(request, *args, **kwargs)
        preference_cookies.keep(response, sent, wanted)
        if preference_cookies.PICKED in sent:
            preference_cookies.forget_picked(response)
        return response

    return localised


def wishes(request: HttpRequest) -> PreferencesInfo:
    """The preferences of who asks, or of the browser. Read once a request."""
    if not hasattr(request, "preferences"):
        user = getattr(request, "user", None)
        signed_in = user is not None and user.is_authenticated and user.is_active
        request.preferences = preferences(for_user(user)) if signed_in else preference_cookies.kept(request.COOKIES)
    return request.preferences
