"""Diagrams of an answer: drawn in their frame, followed by their source, and harmless whatever they say."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, last_answer, wait_ended
from tests.browser.recorder import is_parsed_only, settled

pytestmark = pytest.mark.browser

FLOW = "flowchart LR\n  A[River] --> B[Sea]\n"
HOSTILE = [  # and good Mermaid
    'flowchart LR\n  A --> B\n  click A "javascript:harm()"\n  click B call harm()\n',
    'flowchart LR\n  A["<img src=https://evil.example/x.png onerror=harm()>"] --> B["<script>harm()</script>"]\n',
    '%%{init: {"securityLevel": "loose", "themeCSS": "@import url(//evil.example/x.css)", "htmlLabels": true}}%%\n'
    + FLOW,
    "sequenceDiagram\n  participant A\n  link A: Go @ javascript:harm()\n  A->>A: <iframe src=https://evil.example></iframe>\n",
]
REFUSED = [
    'flowchart LR\n  A@{ img: "https://evil.example/x.png", label: "x" } --> B\n',
]
STORED = """
from tests.making import conversation
from chat.models import User
print(conversation(User.objects.get(username="alice"), "Draw it.", {answer!r}).id)
"""


PATIENT = "() => { AbortSignal.timeout = () => new AbortController().signal; }"
"""A frame that is slow is given up after 10 s; a busy machine needs more."""


NOTE_DIAGRAMS = """() => {
  globalThis.pictures = 0;
  addEventListener("message", ({ data }) => (pictures += "id" in data));
}"""


def say(page, text):
    """Have the model answer exactly this."""
    ask(page, "!" + json.dumps({"text": text}))
    wait_ended(page)


def fenced(*sources):
    return "\n".join(f"```mermaid\n{source}```\n" for source in sources)


def test_a_diagram_is_drawn_and_its_source_is_a_button_away(visit):
    page = visit("/")
    page.evaluate(PATIENT)
    say(page, "Look:\n\n" + fenced(FLOW) + "\nThat was it.")
    answer = last_answer(page)

    picture = answer.get_by_role("img", name="Diagram")
    expect(picture).to_be_visible(timeout=60_000)
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100
    expect(answer.locator("pre")).not_to_be_visible()
    answer.get_by_role("button", name="Show the source").press("Enter")
    expect(answer.locator("pre")).to_contain_text("A[River] --> B[Sea]")
    expect(picture).not_to_be_visible()


@pytest.mark.slow
def test_a_diagram_is_drawn_once_its_fence_is_closed_while_the_answer_runs(page, site):
    page.evaluate(PATIENT)
    page.evaluate(NOTE_DIAGRAMS)
    site.upstream.script(
        pieces=["Look:\n\n```mermaid\n", FLOW, "  B --> C[Sky]\n", "```\n", "\nThat ", "was it."], hold_after=[2, 3, 5]
    )

    # The first time what draws it has to come; the second time it is there, and could draw at once.
    for count in (1, 2):
        ask(page, "Draw it")
        expect(answers(page)).to_have_count(count)
        answer = page.locator(".message--running")
        for last in ("A[River] --> B[Sea]", "B --> C[Sky]"):
            expect(answer.locator("pre")).to_contain_text(last)
            settled(page)
            expect(answer.locator(".code--diagram, .code__note, .code__picture")).to_have_count(0)
            expect(page.locator("iframe")).to_have_count(count - 1)
            site.upstream.go()
        picture = answer.get_by_role("img", name="Diagram")
        expect(picture).to_be_visible(timeout=60_000)
        assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100
        expect(answer.locator(".prose p").last).to_have_text("That")
        expect(page.locator("iframe")).to_have_count(1)
        site.upstream.go()
        wait_ended(page, count)
        expect(last_answer(page).get_by_role("img", name="Diagram")).to_be_visible()
        assert page.evaluate("() => pictures") == count


@pytest.mark.slow
def test_the_frame_that_draws_has_an_origin_of_its_own_and_reaches_nothing(visit):
    page = visit("/")
    page.evaluate(PATIENT)
    say(page, fenced(FLOW))
    expect(last_answer(page).get_by_role("img", name="Diagram")).to_be_visible(timeout=60_000)

    expect(page.locator("iframe")).to_have_attribute("sandbox", "allow-scripts")
    (frame,) = page.main_frame.child_frames
    assert frame.evaluate("() => origin") == "null"
    for closed in ("parent.document", "document.cookie", "localStorage", "indexedDB.open('x')"):
        reach = f"() => {{ try {{ {closed}; }} catch ({{ name }}) {{ return name; }} }}"
        assert frame.evaluate(reach) == "SecurityError", closed


def test_a_diagram_that_cannot_be_drawn_says_so(visit):
    page = visit("/")
    say(page, fenced("flowchart LR\n  A -->> ]broken[\n"))

    expect(last_answer(page).locator(".code__note")).to_contain_text("could not be drawn", timeout=15_000)
    expect(last_answer(page).locator("pre")).to_contain_text("broken")


def test_a_hostile_diagram_does_nothing(visit):
    page = visit("/")
    page.evaluate(PATIENT)
    drawn = [*HOSTILE, FLOW]
    say(page, fenced(*REFUSED, *drawn))

    blocks = last_answer(page).locator(".code--diagram")
    expect(blocks).to_have_count(len(REFUSED) + len(drawn))
    for block in blocks.all():
        block.scroll_into_view_if_needed()
        expect(block.locator(".code__note")).not_to_contain_text("Drawing", timeout=60_000)
    expect(blocks.locator(".code__note:not(:empty)")).to_have_count(len(REFUSED))
    expect(blocks.locator(".code__diagram")).to_have_count(len(drawn))
    faults = page.recorder.take()
    assert [fault for fault in faults if not is_parsed_only(fault, "mermaid")] == []


def test_a_source_that_is_too_long_stays_what_it_is(visit, site):
    answer = fenced("x" * 10_001 + "\n")
    conversation = site.shell(STORED.format(answer=answer))
    page = visit(f"/c/{conversation}/")

    expect(last_answer(page).locator(".code__note")).to_contain_text("too long")
    expect(last_answer(page).locator("pre")).to_be_visible()
    assert page.locator("iframe").count() == 0


def test_the_words_of_a_wide_diagram_stay_large_enough_and_it_is_scrolled(page):
    page.set_viewport_size({"width": 360, "height": 740})
    chain = " --> ".join(f"{letter}[A longer name]" for letter in "ABCDEFG")
    say(page, fenced(f"flowchart LR\n  {chain}\n"))
    image = page.locator(".code__diagram")
    expect(image).to_be_visible(timeout=15_000)

    assert image.evaluate("(image) => 14 * image.getBoundingClientRect().width / image.getAttribute('width')") >= 10
    shape = "(image) => image.getBoundingClientRect().height / image.getBoundingClientRect().width"
    assert abs(image.evaluate(shape) - image.evaluate("(image) => image.naturalHeight / image.naturalWidth")) < 0.01
    assert page.locator(".code__picture").evaluate("(frame) => frame.scrollWidth > frame.clientWidth")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 360
