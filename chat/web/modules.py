"""The JavaScript modules of the chat: which a page preloads, and which it does without at first.

Without preloading a browser finds modules by reading one after the other, a round trip for each level of imports. Both
lists are read from the sources: a page preloads what is imported statically, never what is imported when it is needed.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.conf import settings
from django.templatetags.static import static

MAIN = "js/main.js"
PARTS = "js/page/later.js"

STATIC_IMPORT = re.compile(r"""^(?:import|export)\b(?:[^"';]*?\bfrom)?\s*["'](\.[^"']+)["']""", re.MULTILINE)
WORDS_IMPORT = re.compile(r"""\bawait import\("(\./strings/(\w+)[\w-]*\.js)"\)""")  # one of several languages
PART = re.compile(r"""new Part\("(\w+)", \(\) => import\("([^"]+)"\)""")
LIBRARY = re.compile(r"""new Library\("(\w+)", \(\) => import\("([^"]+)"\)""")
DRAWS_ANSWERS = "markdown"

Parts = dict[str, tuple[str, ...]]


@cache
def first_modules(language: str, has_messages: bool = False) -> tuple[str, ...]:
    """Names below static/ of what a page in this language needs at once; a page with messages also what draws them."""
    return _closure(language, MAIN, *([_parts()[DRAWS_ANSWERS]] if has_messages else []))


@cache
def later_modules(language: str, has_messages: bool = False) -> Parts:
    """The same of each part that comes later, without what is there at first."""
    first = set(first_modules(language, has_messages))
    parts = {part: _closure(language, entry) for part, entry in _parts().items()}
    return {part: tuple(name for name in names if name not in first) for part, names in parts.items()}


@cache
def library_modules(language: str) -> Parts:
    """The same of each library (markdown/library.js), without what draws answers."""
    there = _closure(language, MAIN, _parts()[DRAWS_ANSWERS])
    entries = {
        library: normpath(join(dirname(name), target))
        for name in there
        if not name.startswith("vendor/")
        for library, target in LIBRARY.findall(_source(name))
    }
    return {
        library: tuple(name for name in _closure(language, entry) if name not in there)
        for library, entry in entries.items()
    }


def first_urls(language: str, has_messages: bool) -> list[str]:
    """Addresses, hashed where static files are."""
    return [static(name) for name in first_modules(language, has_messages)]


def later_urls(language: str, has_messages: bool) -> dict[str, list[str]]:
    """The same of each part that comes later."""
    return {part: [static(name) for name in names] for part, names in later_modules(language, has_messages).items()}


def library_urls(language: str) -> dict[str, list[str]]:
    """The same of each library."""
    return {library: [static(name) for name in names] for library, names in library_modules(language).items()}


def _closure(language: str, *entries: str) -> tuple[str, ...]:
    """Modules and everything that they import statically or as words of this language, deepest last."""
    found = dict.fromkeys(entries)
    waiting = list(found)
    while waiting:
        new = [name for name in _imports(waiting.pop(0), language) if name not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return tuple(found)


def _imports(name: str, language: str) -> Iterator[str]:
    if name.startswith("vendor/"):
        return  # libraries are one file each, and long to read
    source = _source(name)
    words = [target for target, spoken in WORDS_IMPORT.findall(source) if spoken == language]
    for target in [*STATIC_IMPORT.findall(source), *words]:
        yield normpath(join(dirname(name), target))


def _parts() -> dict[str, str]:
    """The module that each part begins with, as page/later.js imports it."""
    return {part: normpath(join(dirname(PARTS), target)) for part, target in PART.findall(_source(PARTS))}


def _source(name: str) -> str:
    return Path(settings.STATICFILES_DIRS[0], name).read_text()
