"""The JavaScript modules of the chat, so that a page can name them all at once.

Without the list a browser finds them by reading one after the other, a round trip for each level of imports.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

VENDORED = (
    "vendor/markdown-it-15.0.3/markdown-it.esm.min.mjs",
    "vendor/dompurify-3.4.18/purify.min.mjs",
)


@cache
def module_names() -> tuple[str, ...]:
    """Names below static/, ours first."""
    root = Path(settings.STATICFILES_DIRS[0])
    return (*sorted(path.relative_to(root).as_posix() for path in (root / "js").rglob("*.js")), *VENDORED)


def module_urls() -> list[str]:
    """Their addresses, hashed where static files are."""
    return [static(name) for name in module_names()]
