"""The frame in which diagrams are drawn: the one page whose policy is not the site's own (docs/security.md).

Mermaid writes inline styles, so it cannot run in a page of the chat. This page may have them, and nothing else: a
sandbox gives it an origin of its own without cookies or storage; it may not fetch, and no other site may frame it.
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-scripts"],
}


@require_safe
@csp(POLICY)
@cache_control(max_age=3600)
@xframe_options_sameorigin
def diagram(request: HttpRequest) -> HttpResponse:
    """The same for everybody; what to draw comes by message."""
    return render(request, "diagram.html")
