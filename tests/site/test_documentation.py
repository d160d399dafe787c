"""What the documentation names is there, and what it shows works."""

import re
import signal
import subprocess
import sys
from contextlib import aclosing
from http.client import HTTPConnection
from itertools import chain
from pathlib import Path

import pytest

from chat.providers import errors, registry
from chat.providers.llama import errors as embedded_errors
from tests.process import END_SECONDS, ROOT, clean_environment
from tests.site import wire

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FOLDERS = ("benchmarks", "chat", "chatsite", "deploy", "docs", "static", "templates", "tests")
TEXTS = {".py", ".js", ".css", ".html", ".md", ".txt", ".toml", ".sh", ".service", ".conf"}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def texts() -> list[Path]:
    """Every text of ours."""
    inside = chain.from_iterable((ROOT / folder).rglob("*") for folder in FOLDERS)
    ours = [path for path in chain(ROOT.iterdir(), inside) if path.is_file() and "vendor" not in path.parts]
    return [path for path in ours if path.suffix in TEXTS or path.name in ("Makefile", ".env.example")]


def made(page: str) -> list[str]:
    """The targets of every `make` in the code on a page."""
    code = "\n".join([*(block for _, block in FENCE.findall(page)), *re.findall(r"`(make [^`\n]+)`", page)])
    return " ".join(re.findall(r"^make ((?:[a-z-]+ ?)+)", code, re.MULTILINE)).split()


def fenced(page: str, language: str) -> list[str]:
    return [code for name, code in FENCE.findall((ROOT / "docs" / page).read_text()) if name == language]


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {target for page in PAGES for target in made(page.read_text())}
    assert {"run", "test", "bench", "weights"} <= named
    assert named - targets == set()


def test_every_page_of_the_documentation_that_is_named_exists():
    named = {name for path in texts() for name in re.findall(r"\bdocs/[\w/.-]+\.md\b", path.read_text())}
    assert "docs/providers.md" in named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = re.findall(r"(?<!`\[)\]\((?!https?://)([^)#\n]+)", page.read_text())  # `[](` alone is no link
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_error_of_a_provider_is_explained():
    explained = (ROOT / "docs" / "providers.md").read_text()
    classes = [*vars(errors).values(), *vars(embedded_errors).values()]
    codes = {found.code for found in classes if isinstance(found, type) and issubclass(found, errors.ProviderError)}
    assert len(codes) > 20
    assert sorted(codes) == sorted(set(re.findall(r"`(provider\.\w+)`", explained)))


async def test_the_provider_that_is_shown_answers(tmp_path, monkeypatch):
    (tmp_path / "shouting.py").write_text(fenced("providers.md", "python")[0])
    monkeypatch.syspath_prepend(tmp_path)
    provider = registry.provider_class("shouting.Shouting")
    async with aclosing(registry.stream(provider, "shout-1", [{"role": "user", "content": "hello you"}])) as chunks:
        assert [chunk async for chunk in chunks] == ["HELLO ", "YOU "]


@pytest.mark.slow
def test_the_provider_that_is_shown_is_offered_once_its_path_is_named(live_site, tmp_path):
    (tmp_path / "shouting.py").write_text(fenced("providers.md", "python")[0])
    add = "from chat.models import Connection; Connection.objects.create(name='Own', kind='shouting.Shouting')"
    assert live_site.manage("shell", "--no-imports", "-c", add).returncode == 0

    def own(**environment):
        server = live_site.start(PYTHONPATH=str(tmp_path), **environment)
        connection = HTTPConnection("127.0.0.1", server.port, timeout=wire.TIMEOUT)
        connection.request("GET", "/api/models", headers=live_site.cookie("alice"))
        body = connection.getresponse().read().decode()
        connection.close()
        server.terminate()
        assert server.wait() == 0
        return body

    assert "not in PROVIDER_CLASSES" in own()
    assert '"model_id":"shout-1"' in own(PROVIDER_CLASSES="shouting.Shouting").replace(" ", "")


def test_the_other_server_that_is_shown_serves_and_ends(live_site):
    pytest.importorskip("uvicorn")
    shown = next(code for code in fenced("operations.md", "") if code.startswith("uvicorn "))
    arguments = [sys.executable, "-m", *shown.replace("\\\n", " ").split(), "--port", "0"]
    with live_site.log.open("w") as log:
        environment = clean_environment() | {"VAR_DIR": str(live_site.var)}
        process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        port = _port(process, live_site.log)
        connection = HTTPConnection("127.0.0.1", port, timeout=wire.TIMEOUT)
        connection.request("GET", "/readyz")
        assert connection.getresponse().status == 200
        connection.close()
        process.terminate()
        assert process.wait(END_SECONDS) in (0, -signal.SIGTERM)
        assert "Application shutdown complete" in live_site.log.read_text()
    finally:
        process.kill()
        process.wait()


def _port(process, log: Path) -> int:
    """The port that uvicorn says it listens on."""
    while process.poll() is None:
        said = re.search(r"running on http://127\.0\.0\.1:(\d+)", log.read_text())
        if said:
            return int(said[1])
    raise AssertionError(log.read_text())
