"""The recorder that all browser tests rely on can fail."""

import pytest

from tests.browser.recorder import HARM, POLICY, settled

pytestmark = pytest.mark.browser

PLANTED = {
    "an inline script": """() => {
        const script = document.createElement("script");
        script.append("globalThis.ran = true");
        document.body.append(script);
    }""",
    "HTML out of a string": "() => { try { document.body.innerHTML = '<p>x</p>'; } catch {} }",
    "an inline style": "() => document.body.setAttribute('style', 'color: red')",
    "an image from elsewhere": """() => {
        const image = new Image();
        image.src = "https://elsewhere.example/pixel.png";
        document.body.append(image);
    }""",
    "hostile text that runs": "() => harm()",
    "a dialog": "() => alert(1)",
    "an uncaught error": "() => setTimeout(() => { throw new Error('planted'); })",
}
FRAME = """() => new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.addEventListener("load", resolve);
    frame.src = "/diagram/";
    document.body.append(frame);
})"""


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_noted(visit, name):
    page = visit("/")
    settled(page)
    assert page.recorder.take() == []

    page.evaluate(PLANTED[name])
    settled(page)

    assert page.recorder.take()
    assert page.evaluate("() => globalThis.ran") is None


def test_what_runs_in_a_frame_is_noted(visit):
    page = visit("/")
    page.evaluate(FRAME)
    (frame,) = page.main_frame.child_frames

    frame.evaluate("() => harm()")
    frame.evaluate("() => document.body.setAttribute('onclick', 'harm()')")
    settled(page)

    faults = page.recorder.take()
    assert [fault for fault in faults if fault.startswith(HARM) and "/diagram/" in fault]
    assert [fault for fault in faults if fault.startswith(f"{POLICY} script-src-attr")]
