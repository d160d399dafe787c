"""The language that somebody picks on a page before signing in: a link to the same page, with `?set_language=ru`."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import escape_leading_slashes

from chat.accounts import preference_cookies

PARAMETER = "set_language"
FOREIGN = frozenset({"cross-site", "same-site"})
"""Sec-Fetch-Site of what another site asks a browser for (https://www.w3.org/TR/fetch-metadata/)."""


class LanguageMiddleware(MiddlewareMixin):
    """Keeps the choice in a cookie and sends the browser to the same address without it, so never to another site.

    A link and not a form: it works on pages that know no session, as those of errors and of the offline browser.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        language = request.GET.get(PARAMETER) if request.method == "GET" else None
        if language not in dict(settings.LANGUAGES) or request.headers.get("Sec-Fetch-Site") in FOREIGN:
            return None
        rest = request.GET.copy()
        del rest[PARAMETER]
        address = request.path + (f"?{rest.urlencode()}" if rest else "")
        response = HttpResponseRedirect(escape_leading_slashes(address))
        preference_cookies.pick(response, language)
        add_never_cache_headers(response)
        return response
