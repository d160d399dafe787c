"""The JavaScript modules of the chat, so that a page can name them all at once.

Without the list a browser finds them by reading one after the other, a round trip for each level of imports.
The words of the page are there in several languages, of which a page needs one. What is imported only when it is
needed is not in the list.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

VENDORED = (
    "vendor/markdown-it-15.0.3/markdown-it.esm.min.mjs",
    "vendor/dompurify-3.4.18/purify.min.mjs",
)


STRINGS = "js/page/strings/"
LATER = ("js/markdown/diagram.js", "js/markdown/painter.js", "js/markdown/theme.js", "js/frames/")


@cache
def module_names(language: str) -> tuple[str, ...]:
    """Names below static/ of what a page in this language needs, ours first."""
    root = Path(settings.STATICFILES_DIRS[0])
    ours = sorted(path.relative_to(root).as_posix() for path in (root / "js").rglob("*.js"))
    return (*(name for name in ours if _is_needed(name, language)), *VENDORED)


def module_urls(language: str) -> list[str]:
    """Their addresses, hashed where static files are."""
    return [static(name) for name in module_names(language)]


def _is_needed(name: str, language: str) -> bool:
    if name.startswith(LATER):
        return False
    return not name.startswith(STRINGS) or name.startswith(f"{STRINGS}{language}")
