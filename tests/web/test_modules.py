"""A page preloads what its modules import statically, all of it; what comes later is left for later."""

import re
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from chat.web.modules import first_modules, later_modules, library_modules

STATIC = Path(__file__).parents[2] / "static"
DYNAMIC = re.compile(r"""\bimport\(\s*["'](\.[^"']+)["']""")
ANY = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
PAGES = [(language, has_messages) for language in ("en", "ru") for has_messages in (False, True)]


def targets(pattern, names):
    """What these modules of ours import."""
    found = set()
    for name in names:
        if name.startswith("js/"):
            found |= {normpath(join(dirname(name), each)) for each in pattern.findall((STATIC / name).read_text())}
    return found


@pytest.mark.parametrize(("language", "has_messages"), PAGES)
def test_what_is_imported_statically_is_preloaded_or_comes_with_its_part(language, has_messages):
    first = set(first_modules(language, has_messages))
    for names in [first, *(first | set(part) for part in later_modules(language, has_messages).values())]:
        assert all((STATIC / name).is_file() for name in names)
        assert targets(ANY, names) - targets(DYNAMIC, names) <= names


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_imported_when_it_is_needed_is_not_preloaded(language):
    first = set(first_modules(language))

    assert first & targets(DYNAMIC, first) == {f"js/page/strings/{language}.js"}


def test_every_import_in_the_one_place_for_it_begins_a_part():
    later = later_modules("en")

    assert set(later) == {"markdown", "panels"}
    assert targets(DYNAMIC, ["js/page/later.js"]) == {names[0] for names in later.values()}


def test_a_page_with_messages_has_at_once_what_draws_them():
    drawing = set(later_modules("en")["markdown"])

    assert drawing <= set(first_modules("en", has_messages=True))
    assert later_modules("en", has_messages=True)["markdown"] == ()


def test_a_library_comes_with_all_that_it_imports_and_nothing_that_is_there():
    there = set(first_modules("en", has_messages=True))
    libraries = library_modules("en")

    assert set(libraries) == {"diagrams", "highlighter", "temml"}
    for library, names in libraries.items():
        assert not there & set(names)
        assert library == "diagrams" or any(name.startswith("vendor/") for name in names)  # theirs is in their frame
        assert targets(ANY, names) <= there | set(names)


def test_the_words_of_panels_come_with_them_in_one_language():
    for language, other in (("en", "ru"), ("ru", "en")):
        names = later_modules(language)["panels"]
        assert f"js/page/strings/{language}-panels.js" in names
        assert f"js/page/strings/{other}-panels.js" not in names


def test_every_module_of_ours_belongs_to_some_page():
    named = {"js/frames/diagram.js", *first_modules("en"), *first_modules("ru")}
    for language in ("en", "ru"):
        named |= {name for names in later_modules(language).values() for name in names}
    while new := targets(ANY, named) - named:
        named |= new

    assert {path.relative_to(STATIC).as_posix() for path in (STATIC / "js").rglob("*.js")} <= named
