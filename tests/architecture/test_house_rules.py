"""The size of files, what must not be left in them, where the environment is read, and that migrations are whole."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override

from tests.architecture.rules import ROOT, Module, environment_problems, modules_of, variables

LONGEST = 300  # lines of Python
OURS = ("chat", "chatsite", "tests", "templates", "static", "docs", "deploy", "benchmarks")
TEXTS = {".py", ".js", ".mjs", ".css", ".html", ".md", ".txt", ".toml", ".yml", ".yaml", ".sh"}
OTHERS = {"vendor", "migrations", "__pycache__", "node_modules"}
MARKS = ["TO" + "DO", "FIX" + "ME"]
LEFT_OPEN = re.compile(rf"\b(?:{'|'.join(MARKS)})\b")
READERS_OF_THE_ENVIRONMENT = {"chatsite.env"}


def texts() -> list[Path]:
    """Every text file that is ours."""
    inside = [path for folder in OURS for path in sorted((ROOT / folder).rglob("*"))]
    found = [*sorted(ROOT.glob("*")), *inside]
    return [path for path in found if path.suffix in TEXTS and not OTHERS & set(path.relative_to(ROOT).parts)]


def too_long(path: Path) -> bool:
    return path.suffix == ".py" and len(path.read_text().splitlines()) > LONGEST


def left_open(text: str) -> list[str]:
    return LEFT_OPEN.findall(text)


def missing_migrations(current: ProjectState) -> dict:
    """The operations that would bring the migrations to this state, by application."""
    recorded = MigrationLoader(None)
    with override(None):  # in words of the code: those of another language would be other names of every field
        return MigrationAutodetector(recorded.project_state(), current).changes(graph=recorded.graph)


def test_no_python_file_holds_two_nouns():
    assert [str(path.relative_to(ROOT)) for path in texts() if too_long(path)] == []


def test_a_long_file_is_found(tmp_path):
    path = tmp_path / "long.py"
    path.write_text("pass\n" * LONGEST)
    assert not too_long(path)
    path.write_text("pass\n" * (LONGEST + 1))
    assert too_long(path)


def test_nothing_is_left_for_later():
    assert [str(path.relative_to(ROOT)) for path in texts() if left_open(path.read_text())] == []


def test_what_is_left_for_later_is_found():
    assert all(left_open(f"# {mark}: later") for mark in MARKS)
    assert not left_open("the method TodoList")


def test_the_migrations_are_whole():
    assert missing_migrations(ProjectState.from_apps(apps)) == {}


def test_a_missing_migration_is_found():
    changed = ProjectState.from_apps(apps)
    changed.models["chat", "conversation"].fields.pop("archived_at")
    assert set(missing_migrations(changed)) == {"chat"}


def test_the_environment_is_read_in_one_place():
    modules = [*modules_of("chat"), *modules_of("chatsite")]
    others = [module for module in modules if module.name not in READERS_OF_THE_ENVIRONMENT]
    assert [problem for module in others for problem in environment_problems(module)] == []


@pytest.mark.parametrize("source", ["os.environ['HOME']", "os.environ.get('HOME')", "os.getenv('HOME')"])
def test_another_reader_of_the_environment_is_found(source):
    assert list(environment_problems(Module("chat.web.pages", f"import os\n{source}\n")))


def test_every_variable_is_read_once():
    settings = next(module for module in modules_of("chatsite") if module.name == "chatsite.settings")
    names = variables(settings)
    assert "DATABASE_URL" in names
    assert sorted(names) == sorted(set(names))


def test_a_variable_that_is_read_twice_is_found():
    assert variables(Module("chatsite.settings", "a = env.str('A')\nb = env.int('A', default=1)")) == ["A", "A"]
