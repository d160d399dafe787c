"""Keeps the Russian catalogue of the templates and forms in step with them: `make messages`.

New strings enter the catalogue untranslated, strings that are gone leave it, and what is translated is compiled. The
tests read the catalogue through the same functions.
"""

# ruff: noqa: T201 - what it prints is for the person at the terminal
import io
import sys
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "chat" / "locale" / "ru" / "LC_MESSAGES" / "django.po"
COMPILED = SOURCE.with_suffix(".mo")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def used() -> Catalog:
    """Every translatable string of the templates and of the site's Python, with the files that have it."""
    catalog = Catalog(locale="ru", domain="django")
    templates = sorted((ROOT / "templates").rglob("*.html"))
    sources = [path for path in sorted((ROOT / "chat").rglob("*.py")) if "migrations" not in path.parts]
    for path in (*templates, *sources):
        text = path.read_text()
        # What templatize leaves is Python only word by word: its indentation means nothing.
        code = "\n".join(map(str.lstrip, templatize(text).splitlines())) if path.suffix == ".html" else text
        for _, message, _, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            catalog.add(message, locations=[(path.relative_to(ROOT).as_posix(), None)], context=context)
    return catalog


def kept() -> Catalog:
    """The catalogue as it lies in the repository."""
    with SOURCE.open("rb") as file:
        return read_po(file, locale="ru", domain="django")


def compiled(catalog: Catalog) -> bytes:
    """What gettext reads at run time."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The strings without a translation, or with one that somebody has to look at again."""
    return [str(message.id) for message in catalog if message.id and (message.fuzzy or not _is_whole(message.string))]


def _is_whole(translation: str | tuple[str, ...] | list[str]) -> bool:
    return bool(translation) and all(translation)


def main() -> int:
    """0 when every string is translated."""
    catalog = kept()
    catalog.update(used(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with SOURCE.open("wb") as file:
        write_po(file, catalog, width=120, include_lineno=False)
    COMPILED.write_bytes(compiled(kept()))
    missing = untranslated(catalog)
    for text in missing:
        print(f"untranslated: {text}")
    return 1 if missing else 0


if __name__ == "__main__":
    settings.configure()
    django.setup()
    sys.exit(main())
