"""No words stand in a template or module itself: the first are marked for translation, the others are in a table."""

import re

from tests.admin.test_language import WORD, Texts
from tests.architecture.rules import ROOT

TAGS = re.compile(r"{% *blocktranslate.*?endblocktranslate *%}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r'/\*.*?\*/|(?<![:"])//[^\n]*', re.DOTALL)
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
SAYS = re.compile(r"[A-Z][a-z]+(?:[ ,.!?…:].*)?$|.*[a-z]+ [a-z]+ [a-z]+[.!?…]$", re.DOTALL)
ATTRIBUTE = re.compile(r'^[\w-]+="[^"]*">')
"""A tag that opens in two ways (`{% else %}`) holds it twice."""
NAMES = {"Scripta", "Diagram"}
"""The site, and the frame that nobody sees."""
KEYS = {
    "ArrowDown", "ArrowUp", "Backspace", "Comma", "Delete", "Enter", "Esc", "Escape", "Home", "Key", "Period",
    "Semicolon", "Slash", "Tab",
}  # fmt: skip
THROWN = {"A diagram has no pictures."}
"""What only a developer reads."""


def untranslated(template: str) -> list[str]:
    """The texts of a template with a word of their own."""
    texts = Texts()
    texts.feed(TAGS.sub("", template))
    return [text for text in texts.found if set(WORD.findall(ATTRIBUTE.sub("", text))) - NAMES]


def sentences(module: str) -> list[str]:
    """The literals of a module that are written as words to be read: from a capital, or up to the end of a sentence."""
    literals = (one or other for one, other in LITERAL.findall(COMMENT.sub("", module)))
    return [literal for literal in literals if SAYS.match(literal) and literal not in KEYS | THROWN]


def test_templates_and_modules_have_no_words_of_their_own():
    templates = list((ROOT / "templates").rglob("*.html"))
    modules = [
        path
        for folder in ("js", "worker")
        for path in (ROOT / "static" / folder).rglob("*.js")
        if path.parent.name != "strings"
    ]
    found = {path.name: untranslated(path.read_text()) for path in templates}
    found |= {path.name: sentences(path.read_text()) for path in modules}

    assert len(templates) > 20 and len(modules) > 100
    assert {name: words for name, words in found.items() if words} == {}


def test_words_of_their_own_are_found():
    template = """{% load i18n %}<p title="{% translate 'Yes' %}">{{ yes }}</p>{% if no %}<b>Not this</b>{% endif %}
      <input aria-label="Nor {{ this }}"><script>const Hidden = "Words";</script>"""
    module = """/** "Not a word" */ make("p", { textContent: "Loading …" }, `Goes on ${here}`, "Stop", "Tab", "li");
      // "No"
      fetch("Content-Type", "https://example.org", "and at the end."); // "Nor"."""

    assert untranslated(template) == ["Not this", "Nor "]
    assert sentences(module) == ["Loading …", "Goes on ${here}", "Stop", "and at the end."]
