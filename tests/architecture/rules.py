"""Reads the sources of the house: which module imports what, and where a rule of docs/architecture.md is broken."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BASE = frozenset({"events", "shapes", "bus", "errors", "ids", "database", "lifecycle", "errands"})
LOWEST = frozenset({"models", "providers", "base"})
SERVICES = frozenset({"accounts", "history", "generation"})

MAY_IMPORT: dict[str, frozenset[str]] = {
    "base": frozenset({"base"}),
    "providers": frozenset({"providers"}),
    "models": frozenset({"models", "base"}),
    "accounts": LOWEST | {"accounts"},
    "history": LOWEST | {"accounts", "history"},
    "generation": LOWEST | SERVICES,
    "live": LOWEST - {"providers"} | SERVICES | {"live"},
    "api": LOWEST | SERVICES | {"api"},
    "web": LOWEST | SERVICES | {"web"},
    "admin": LOWEST | SERVICES | {"admin"},
    "apps": frozenset(),
    "migrations": frozenset({"models", "base"}),
    "management": LOWEST | SERVICES | {"management", "web"},
}
"""Which areas of chat/ each area may import from."""

FORBIDDEN_OUTSIDE: dict[str, tuple[str, ...]] = {
    "providers": ("django", "channels", "allauth", "chatsite"),
    **{area: ("chatsite",) for area in MAY_IMPORT if area != "providers"},
}
"""Packages outside chat/ that an area may not import."""

EXCEPTIONS = frozenset({("chat.management.commands.serve", "chatsite")})
"""The command that starts the server has to know the server."""

ENUMS = frozenset({"PartKind", "Status"})
QUERYING = frozenset(
    {"objects", "_default_manager", "_base_manager", "refresh_from_db", "save", "select_related", "bulk_create"}
)
QUERYSETS_OF_THE_GATE = frozenset({"conversations", "messages", "generations", "connections", "administered"})


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name and its text."""

    name: str
    source: str

    @property
    def area(self) -> str:
        """Its area of chat/, `base` for the modules that everybody may use."""
        parts = self.name.split(".")
        part = parts[1] if len(parts) > 1 else ""
        return "base" if part in BASE else part

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    def imports(self) -> list[str]:
        """Dotted names of everything that it imports, wherever in the file that is written."""
        found: list[str] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = ".".join(self.name.split(".")[: -node.level]) if node.level else ""
                module = ".".join(part for part in (base, node.module) if part)
                found += [f"{module}.{alias.name}" for alias in node.names]
        return found


def modules_of(package: str) -> list[Module]:
    """Every module of a top-level package of the repository."""
    return [
        Module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path.read_text())
        for path in sorted((ROOT / package).rglob("*.py"))
    ]


def import_problems(module: Module) -> Iterator[str]:
    """Imports that the table does not allow."""
    if module.name == "chat":
        return
    if module.area not in MAY_IMPORT:
        yield f"{module.name}: chat/{module.area} has no rule; decide what it may import"
        return
    for name in module.imports():
        top, _, rest = name.partition(".")
        if top == "chat":
            part = rest.split(".")[0]
            area = "base" if part in BASE else part
            if area not in MAY_IMPORT[module.area]:
                yield f"{module.name} imports {name}"
        elif top in FORBIDDEN_OUTSIDE[module.area] and (module.name, top) not in EXCEPTIONS:
            yield f"{module.name} imports {name}"


def signal_problems(module: Module) -> Iterator[str]:
    """Signals, which hide who does what."""
    for name in module.imports():
        if name.startswith("django.dispatch") or (name.startswith("django.") and ".signals" in name):
            yield f"{module.name} imports {name}"


def query_problems(module: Module) -> Iterator[str]:
    """Where an edge asks the database itself: a manager, a queryset of the gate, a row that saves itself.

    Row classes may stand in annotations and in `isinstance`; of what chat.models has only enums may be used.
    """
    rows = {name.rpartition(".")[2] for name in module.imports() if name.startswith("chat.models.")} - ENUMS
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            if node.attr in QUERYING:
                yield f"{module.name}:{node.lineno} uses .{node.attr}"
            elif isinstance(node.value, ast.Name) and node.value.id in rows:
                yield f"{module.name}:{node.lineno} uses {node.value.id}.{node.attr}"
        elif isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id in rows:
                yield f"{module.name}:{node.lineno} makes a {function.id}"
            elif isinstance(function, ast.Attribute) and function.attr in QUERYSETS_OF_THE_GATE:
                yield f"{module.name}:{node.lineno} takes the rows of .{function.attr}()"


def environment_problems(module: Module) -> Iterator[str]:
    """Reads of the environment, which belong into the settings. Passing it on whole to a child is none."""
    for node in ast.walk(module.tree):
        read = ast.unparse(node.value) + "[]" if isinstance(node, ast.Subscript) else ""
        if isinstance(node, ast.Attribute):
            read = ast.unparse(node)
        if read in {"os.getenv", "os.environ.get", "os.environb", "os.environ[]"}:
            yield f"{module.name}:{node.lineno} reads the environment"


def variables(settings: Module) -> list[str]:
    """The names that the settings read, as often as they read them."""
    return [
        node.args[0].value
        for node in ast.walk(settings.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    ]
