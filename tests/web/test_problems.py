"""Every refusal that the server can send has words in each language that is not its own."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.utils.translation import override

from chat.errors import NotFound
from chat.shapes import Failure
from chat.web.problems import problem
from tests.architecture.rules import ROOT

CODE = re.compile(r"[a-z_]+\.[a-z_]+")
RUSSIAN = ROOT / "static" / "js" / "page" / "strings" / "ru-problems.js"
NOUN_TAKERS = {"NotFound", "_one"}


def codes(tree: ast.AST) -> Iterator[str]:
    """The codes a module names: what refusals are made with, what error classes have, the nouns of what is missing."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(name), args=arguments) if name in NOUN_TAKERS:
                yield from (NotFound(noun).code for noun in constants(arguments))
            case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name), args=[first, *_]) if name[:1].isupper():
                yield from (code for code in constants([first]) if CODE.fullmatch(code))
            case ast.Assign(targets=[ast.Name("code")], value=value) | ast.AnnAssign(ast.Name("code"), _, value):
                yield from (code for code in constants([value]) if CODE.fullmatch(code))


def constants(nodes: list[ast.expr | None]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def sent() -> set[str]:
    sources = [path for path in (ROOT / "chat").rglob("*.py") if "migrations" not in path.parts]
    return {code for path in sources for code in codes(ast.parse(path.read_text()))}


def translated() -> set[str]:
    return set(re.findall(r'^  "([a-z_.]+)": "', RUSSIAN.read_text(), re.MULTILINE))


def test_every_code_has_russian_words():
    assert {"provider.timeout_idle", "model.gone", "conversation.not_found", "request.invalid"} <= sent()
    assert sorted(sent() - translated()) == []


def test_no_words_are_left_of_codes_that_are_gone():
    assert sorted(translated() - sent()) == []


def test_the_pages_without_javascript_have_the_same_words():
    with override("ru"):
        unsaid = [code for code in translated() if problem(Failure(code, "English")) == "English"]
        quoted = problem(Failure("provider.refused", "It refused. The service said: “bad “seed” value”"))
        unknown = problem(Failure("some.thing", "It is gone."))
    assert unsaid == []
    assert re.fullmatch(r"Сервис отклонил запрос\. .+ Сервис ответил: «bad “seed” value»", quoted)
    assert unknown == "It is gone."
    assert problem(Failure("provider.refused", "It refused.")) == "It refused."


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ('raise ChatError("area.reason", "words")', "area.reason"),
        ('raise errors.BadRequest("area.reason", words)', "area.reason"),
        ('raise NotFound("long noun")', "long_noun.not_found"),
        ('return _one(rows, row_id, "noun")', "noun.not_found"),
        ('class E(X):\n    code: ClassVar[str] = "area.reason"', "area.reason"),
        ('class E(X):\n    code = "area.reason"', "area.reason"),
    ],
)
def test_a_code_is_found(source, code):
    assert list(codes(ast.parse(source))) == [code]
