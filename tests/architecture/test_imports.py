"""Who may import whom, and that each of these rules can be broken visibly."""

import pytest

from tests.architecture.rules import (
    EXCEPTIONS,
    MAY_IMPORT,
    Module,
    import_problems,
    modules_of,
    query_problems,
    signal_problems,
)

CHAT = modules_of("chat")

FORBIDDEN_IMPORTS = [
    ("chat.providers.registry", "from django.conf import settings"),
    ("chat.providers.base", "from chat.models import Connection"),
    ("chat.providers.http", "def late():\n    import django"),
    ("chat.models.account", "from chat.history import tree"),
    ("chat.accounts.access", "from chat.history.tree import Branch"),
    ("chat.accounts.access", "import chat.generation.runner"),
    ("chat.history.tree", "from chat.generation import turns"),
    ("chat.history.tree", "from ..generation import turns"),
    ("chat.generation.turns", "from chat.live.tab import Tab"),
    ("chat.generation.turns", "from chat.api import json"),
    ("chat.live.tab", "from chat.providers.base import Usage"),
    ("chat.api.models", "from chat.web import pages"),
    ("chat.web.pages", "from chat.live import protocol"),
    ("chat.admin.people", "from chat.web import forms"),
    ("chat.errors", "from chat.models import User"),
    ("chat.events", "from chat.providers.base import Usage"),
    ("chat.api.json", "from chatsite import settings"),
    ("chat.management.commands.prepare", "from chatsite.server import listen"),
    ("chat.novelty.thing", "import json"),
]

QUERIES_AT_THE_EDGE = [
    "from chat.models import Message\nrows = Message.objects.all()",
    "from chat.models import Message as M\nrow = M._default_manager.first()",
    "def name(access): return access.messages().first()",
    "def name(row): row.save()",
    "def name(row): row.refresh_from_db()",
    "from chat.models import User\nuser = User()",
]


@pytest.mark.parametrize("module", CHAT, ids=lambda module: module.name)
def test_a_module_imports_only_what_its_area_may(module):
    assert list(import_problems(module)) == []


@pytest.mark.parametrize(("name", "source"), FORBIDDEN_IMPORTS)
def test_a_forbidden_import_is_found(name, source):
    assert len(list(import_problems(Module(name, source)))) == 1


def test_every_area_of_the_table_is_there():
    assert set(MAY_IMPORT) <= {module.area for module in CHAT}


@pytest.mark.parametrize(("name", "package"), sorted(EXCEPTIONS))
def test_every_exception_is_still_needed(name, package):
    module = next(module for module in CHAT if module.name == name)
    assert any(imported.startswith(package) for imported in module.imports())


def test_the_socket_edge_asks_no_database():
    edge = [module for module in CHAT if module.area == "live"]
    assert edge
    assert [problem for module in edge for problem in query_problems(module)] == []


@pytest.mark.parametrize("source", QUERIES_AT_THE_EDGE)
def test_a_query_at_the_edge_is_found(source):
    assert list(query_problems(Module("chat.live.commands", source)))


def test_nothing_is_done_by_signals():
    assert [problem for module in CHAT for problem in signal_problems(module)] == []


@pytest.mark.parametrize(
    "source",
    [
        "from django.db.models.signals import post_save",
        "from django.db.models import signals",
        "from django.dispatch import receiver",
        "import django.core.signals",
    ],
)
def test_a_signal_is_found(source):
    assert list(signal_problems(Module("chat.history.tree", source)))
