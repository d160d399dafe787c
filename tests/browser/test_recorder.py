"""The recorder that all browser tests rely on can fail."""

import pytest

from tests.browser.recorder import settled

pytestmark = pytest.mark.browser

PLANTED = {
    "an inline script": """() => {
        const script = document.createElement("script");
        script.append("globalThis.harmed = true");
        document.body.append(script);
    }""",
    "HTML out of a string": "() => { try { document.body.innerHTML = '<p>x</p>'; } catch {} }",
    "an inline style": "() => document.body.setAttribute('style', 'color: red')",
    "an image from elsewhere": """() => {
        const image = new Image();
        image.src = "https://elsewhere.example/pixel.png";
        document.body.append(image);
    }""",
    "an uncaught error": "() => setTimeout(() => { throw new Error('planted'); })",
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_noted(visit, name):
    page = visit("/")
    settled(page)
    assert page.recorder.take() == []

    page.evaluate(PLANTED[name])
    settled(page)

    assert page.recorder.take()
    assert page.evaluate("() => globalThis.harmed") is None
