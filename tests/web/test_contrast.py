"""In every theme code in answers can be read, 4.5 to 1, and fields and what is chosen be found, 3 to 1.

WCAG 2.2, 1.4.3 and 1.4.11; light, dark and both of high contrast.
"""

import math
import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
TOKEN = re.compile(r"--([\w-]+): light-dark\(oklch\(([^)]*)\), oklch\(([^)]*)\)\)")
COLOURS = re.compile(r"\.hljs-[^{]*\{[^}]*?\bcolor: var\(--([\w-]+)\)")
GROUNDS = {"ochre": "verdigris-wash", "rubric": "rubric-wash"}  # what is added and what is gone


def tokens(*names):
    """{name: (light, dark)} of the files, the later ones on top."""
    found = {}
    for name in names:
        for token, *colours in TOKEN.findall((CSS / name).read_text()):
            found[token] = [tuple(map(float, colour.split("/")[0].split())) for colour in colours]
    return found


def luminance(lightness, chroma, hue):
    """Relative luminance of an OKLCH colour (https://bottosson.github.io/posts/oklab/)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    shares = zip((0.2126, 0.7152, 0.0722), (red, green, blue), strict=True)
    return sum(share * min(1.0, max(0.0, value)) for share, value in shares)


def contrast(one, other):
    darker, lighter = sorted((luminance(*one), luminance(*other)))
    return (lighter + 0.05) / (darker + 0.05)


IN_EVERY_THEME = pytest.mark.parametrize(
    ("files", "scheme"), list(product((("tokens.css",), ("tokens.css", "contrast.css")), (0, 1))), ids=str
)
EDGED = {
    "answer-panels.css": [".note__text"],
    "composer.css": [".composer__card"],
    "controls.css": [".field input, .field textarea"],
    "preferences.css": [".choice__input:checked + .choice__words"],
    "writing.css": [".queue__field"],
}
ACTIVE = {"model-list.css": ".model-option--active", "prompt-list.css": '.prompt-option[aria-selected="true"]'}


@IN_EVERY_THEME
def test_every_colour_of_code_can_be_read(files, scheme):
    palette = tokens(*files)
    used = {*COLOURS.findall((CSS / "code.css").read_text()), "ink"}
    assert len(used) >= 6
    pairs = [(colour, "paper-sunk") for colour in used] + list(GROUNDS.items())
    faint = {pair: contrast(palette[pair[0]][scheme], palette[pair[1]][scheme]) for pair in pairs}

    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@IN_EVERY_THEME
def test_the_edges_of_fields_and_the_rings_of_options_can_be_seen(files, scheme):
    palette = tokens(*files)
    grounds = ["paper", "paper-raised", "paper-sunk"]
    pairs = [*product(["edge", "verdigris"], grounds), ("verdigris", "paper-tinted")]
    faint = {pair: contrast(palette[pair[0]][scheme], palette[pair[1]][scheme]) for pair in pairs}

    assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}


def test_fields_have_these_edges_and_options_these_rings():
    for name, selectors in EDGED.items():
        for selector in selectors:
            assert "var(--edge)" in declarations(name, selector), selector
    for name, selector in ACTIVE.items():
        assert "outline: 2px solid var(--verdigris)" in declarations(name, selector)


def declarations(name, selector):
    return " ".join(re.findall(rf"^ *{re.escape(selector)} {{([^}}]*)}}", (CSS / name).read_text(), re.MULTILINE))


def test_black_on_white_is_twenty_one_to_one():
    assert round(contrast((0, 0, 0), (1, 0, 0)), 1) == 21.0
