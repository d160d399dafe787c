"""What makes the site installable: its manifest, its service worker, and the page for when it cannot be reached."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

WORKER = "worker/service-worker.js"
FONTS = "vendor/source-serif-4-5.3.1/source-serif-4-{}-wght-{}.woff2"
OFFLINE_FILES = (
    "css/tokens.css",
    "css/base.css",
    "css/controls.css",
    "css/states.css",
    "css/contrast.css",
    "css/entrance.css",
    "worker/again.js",
    "icons/favicon.svg",
    *(FONTS.format(script, "normal") for script in ("latin", "cyrillic")),
    *(FONTS.format(script, "italic") for script in ("latin", "cyrillic")),
)
"""What templates/offline.html needs."""


@cache_control(max_age=3600)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the site looks as an application (https://www.w3.org/TR/appmanifest/)."""
    png = {"type": "image/png"}
    icons = [
        {"src": static("icons/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("icons/icon-192.png"), "sizes": "192x192", **png},
        {"src": static("icons/icon-512.png"), "sizes": "512x512", **png},
        {"src": static("icons/icon-maskable-512.png"), "sizes": "512x512", "purpose": "maskable", **png},
    ]
    home = reverse("home")
    content = {
        "id": home,
        "name": "Scripta",
        "short_name": "Scripta",
        "description": _("A chat with AI models that never loses an answer."),
        "lang": get_language(),
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#faf9f6",
        "theme_color": "#0f5c56",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


@cache_control(no_cache=True)
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker for this language, these files and words; at the root, for a worker answers only below its place."""
    pages = {code: f"{reverse('offline')}?in={code}" for code, _ in settings.LANGUAGES}
    config = {"language": get_language(), "pages": pages, "files": [static(name) for name in OFFLINE_FILES]}
    shown = "".join(map(_words, pages))
    version = sha256(f"{_source()}{json.dumps(config)}{shown}".encode()).hexdigest()[:16]
    script = f"const CONFIG = {json.dumps({'version': version, **config})};\n{_source()}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@cache_control(no_cache=True)
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The same for everybody: the browser keeps it, in each language (`?in=ru`), for whoever uses it next."""
    language = request.GET.get("in")
    if language not in dict(settings.LANGUAGES):
        return render(request, "offline.html")
    with translation.override(language):
        response = render(request, "offline.html")
    response["Content-Language"] = language
    return response


def _words(language: str) -> str:
    """The offline page as it is for everybody: without a request there are no preferences in it."""
    with translation.override(language):
        return render_to_string("offline.html")


@cache
def _source() -> str:
    return (Path(settings.STATICFILES_DIRS[0]) / WORKER).read_text()
