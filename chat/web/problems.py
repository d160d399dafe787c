"""What a refusal says in the language of the page, for the pages without JavaScript."""

import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, gettext

from chat.shapes import Failure

TABLE = "js/page/strings/{language}-problems.js"
LINE = re.compile(r'^ *("[a-z_.]+"): (".+"),$', re.MULTILINE)
SAID = re.compile(r"“(.+)”$", re.DOTALL)
"""What a provider's own sentence ends with when the service said something itself (chat/providers/faults.py)."""


def problem(failure: Failure) -> str:
    """The words that static/js/page/problem.js has: by code, else the server's own, which are English."""
    words = _words(get_language() or "").get(failure.code)
    if not words:
        return failure.message
    said = SAID.search(failure.message) if failure.code.startswith("provider.") else None
    if said is None:
        return words
    told = gettext("The service said: “%(words)s”") % {"words": said[1]}
    return f"{words} {told}"


@cache
def _words(language: str) -> dict[str, str]:
    """`{code: words}`: the table that the modules have, which is JSON but for its first line and its last."""
    path = Path(settings.STATICFILES_DIRS[0]) / TABLE.format(language=language)
    found = LINE.findall(path.read_text()) if path.exists() else []
    return {json.loads(code): json.loads(words) for code, words in found}
