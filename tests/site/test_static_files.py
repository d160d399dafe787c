"""The collected static files: every module finds its imports, under names that may be cached for ever."""

import json
import re
from http.client import HTTPConnection
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from chat.web.modules import first_modules
from tests.process import ROOT
from tests.site import wire

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
STYLE = re.compile(r"""{% static '(css/[^']+)' %}"(?![^>]*disabled)""")
SPACE = re.compile(r"\s+")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
WORD_GAPS = re.compile(r"(?<=[^{};,:(\s]) (?=[^{};,)\s])")
# Bytes of JavaScript and CSS by encoding and language; Brotli comes over HTTPS and from this machine.
FIRST_LOAD = {"br": {"en": 76_000, "ru": 80_000}, "gz": {"en": 83_000, "ru": 87_000}}
WITH_ANSWERS = {"br": {"en": 145_000, "ru": 149_000}, "gz": {"en": 155_000, "ru": 159_000}}  # to draw at once
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.(?:woff2|css))")
NESTED = re.compile(r"\$\{[^{}`]*`")
HASHED = re.compile(r"\.[0-9a-f]{12}\.m?js$")


def test_every_import_of_a_collected_module_is_a_hashed_file_that_exists(live_site):
    static = live_site.var / "static"
    manifest = json.loads((static / "staticfiles.json").read_text())["paths"]
    modules = {name for source, name in manifest.items() if source.startswith("js/") and source.endswith(".js")}
    followed = 0
    for name in modules:
        for target in IMPORT.findall((static / name).read_text()):
            path = normpath(join(dirname(name), target))
            assert HASHED.search(path), f"{name} imports {target}"
            assert (static / path).is_file(), f"{name} imports {target}"
            followed += 1
    assert len(modules) > 5
    assert followed >= len(modules) - 1, "every module but the first is imported by another"


def test_what_is_collected_of_our_modules_has_no_comments_and_all_words(live_site):
    static = live_site.var / "static"
    manifest = json.loads((static / "staticfiles.json").read_text())["paths"]
    collected = (static / manifest["js/page/locale.js"]).read_text()
    source = (ROOT / "static" / "js" / "page" / "locale.js").read_text()

    assert "/**" in source
    assert "/**" not in collected
    assert re.findall("`[^`]*\\$[^`]*`", collected) == re.findall("`[^`]*\\$[^`]*`", source.split("*/", 1)[1])


def test_no_template_stands_within_another():
    """The blanks between the words of the inner one would be taken out with those of the code."""
    assert NESTED.search('`the ${is ? ` very ` : ""} end`')
    modules = [path for name in ("js", "worker") for path in (ROOT / "static" / name).rglob("*.js")]
    assert [path.name for path in modules if NESTED.search(path.read_text())] == []


def test_style_sheets_are_collected_without_comments_and_say_the_same(live_site):
    static = live_site.var / "static"
    manifest = json.loads((static / "staticfiles.json").read_text())["paths"]
    for path in (ROOT / "static" / "css").iterdir():
        collected = HASH.sub("", (static / manifest[f"css/{path.name}"]).read_text())
        source = path.read_text()
        assert "/*" in source
        assert "/*" not in collected
        assert len(collected) < len(source)
        without_comments = COMMENT.sub("", source)
        assert SPACE.sub("", collected) == SPACE.sub("", without_comments)
        assert _gaps(collected) == _gaps(without_comments)


def _gaps(css: str) -> int:
    """Blanks that tell two words apart."""
    return len(WORD_GAPS.findall(SPACE.sub(" ", css)))


@pytest.mark.parametrize("has_messages", [False, True])
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("encoding", ["br", "gz"])
def test_a_first_load_is_light(live_site, encoding, language, has_messages):
    static = live_site.var / "static"
    manifest = json.loads((static / "staticfiles.json").read_text())["paths"]
    templates = [ROOT / "templates" / "base.html", ROOT / "templates" / "chat" / "conversation.html"]
    styles = [name for template in templates for name in STYLE.findall(template.read_text())]
    names = [*styles, *first_modules(language, has_messages)]

    assert len(styles) > 10
    total = sum(_transferred(static / manifest[name], encoding) for name in names)
    assert total <= (WITH_ANSWERS if has_messages else FIRST_LOAD)[encoding][language]


def _transferred(path: Path, encoding: str) -> int:
    compressed = path.with_name(f"{path.name}.{encoding}")
    return (compressed if compressed.is_file() else path).stat().st_size


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, deflate", "gzip"), ("gzip, deflate, br, zstd", "br"), ("identity", None)]
)
def test_a_hashed_file_may_be_kept_for_ever_and_comes_compressed(live_site, accepted, encoding):
    manifest = json.loads((live_site.var / "static" / "staticfiles.json").read_text())["paths"]
    server = live_site.start()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=wire.TIMEOUT)
    connection.request("GET", f"/static/{manifest['css/base.css']}", headers={"Accept-Encoding": accepted})
    response = connection.getresponse()
    response.read()
    connection.close()
    assert response.status == 200
    assert response.getheader("Content-Encoding") == encoding
    assert "immutable" in response.getheader("Cache-Control")


PROTECTION = (
    "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
    "Strict-Transport-Security",
)  # fmt: skip


@pytest.mark.parametrize("environment", [{}, {"HTTPS": "true", "ORIGINS": "https://localhost"}])
def test_a_file_is_as_protected_as_a_page(live_site, environment):
    manifest = json.loads((live_site.var / "static" / "staticfiles.json").read_text())["paths"]
    server = live_site.start(**environment)
    found = []
    for address in ("/accounts/login/", f"/static/{manifest['css/base.css']}"):
        connection = HTTPConnection("127.0.0.1", server.port, timeout=wire.TIMEOUT)
        connection.request("GET", address, headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
        response = connection.getresponse()
        connection.close()
        assert response.status == 200
        found.append({name: set((response.getheader(name) or "").split("; ")) for name in PROTECTION})
    page, file = found
    assert file == page
    assert file["Strict-Transport-Security"] == ({"max-age=31536000"} if environment else {""})


def test_nothing_is_collected_twice_without_a_change(live_site):
    static = live_site.var / "static" / "staticfiles.json"
    before = static.stat().st_mtime_ns
    assert live_site.manage("prepare", "--no-weights").stdout == ""
    assert static.stat().st_mtime_ns == before
    (live_site.var / "static.sha256").write_text("of another version")
    assert "Collecting static files" in live_site.manage("prepare", "--no-weights").stdout
    assert static.stat().st_mtime_ns > before
