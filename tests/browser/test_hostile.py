"""What looks for hostile texts that have become more than words finds what is planted."""

import pytest

from tests.browser.hostile import RUNNING, assert_harmless, assert_readable
from tests.browser.recorder import Recorder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = "<p>Words, and <a href='https://evil.example/'>a link</a> to <code>javascript:harm()</code>.</p>"
PLANTED = [
    '<a href="javascript:harm()">a link</a>',
    '<a href=" \tJavaScript:harm()">a link</a>',
    '<a href="vbscript:harm()">a link</a>',
    '<a href="data:text/html,words">a link</a>',
    '<p onclick="harm()">words</p>',
    '<button formaction="javascript:harm()">a button</button>',
    '<form action="https://evil.example/"></form>',
    '<video src="https://evil.example/"></video>',
    '<svg><a xlink:href="javascript:harm()">a link</a></svg>',
    '<iframe srcdoc="words"></iframe>',
    "<script>void 0</script>",
    '<base href="/">',
    "<object></object>",
    "<embed>",
    '<meta http-equiv="Refresh" content="9999">',
]
RUNS = {
    "when it is there": "harm();",
    "when it is met": 'document.querySelector("p").addEventListener("mouseover", harm);',
}


@pytest.fixture
def paper(browser):
    """An empty page without any policy, watched."""
    context = browser.new_context()
    page = context.new_page()
    page.recorder = Recorder(context, "about:blank")
    page.reload()
    page.set_content(WORDS)
    yield page
    context.close()


@pytest.mark.parametrize("html", PLANTED)
def test_what_could_run_or_fetch_is_found(paper, html):
    assert_harmless(paper)
    paper.set_content(WORDS + html)
    (found,) = paper.locator("html").evaluate(RUNNING)
    assert found.startswith(html[: html.index(">")].split()[0] if "<svg>" not in html else "<a")
    with pytest.raises(AssertionError):
        assert_harmless(paper)


@pytest.mark.parametrize("script", RUNS.values(), ids=RUNS)
def test_what_runs_is_found(paper, script):
    assert_harmless(paper)
    paper.evaluate(f"() => {{ {script} }}")
    assert paper.locator("html").evaluate(RUNNING) == []
    with pytest.raises(AssertionError):
        assert_harmless(paper)


@pytest.mark.parametrize("html", ["<p>One</p>", "<p>Two</p><p>One</p>", "<p>One</p><p hidden>Two</p>"])
def test_words_that_do_not_stand_there_are_found(paper, html):
    paper.set_content("<p>One</p><p>Two</p>")
    assert_readable(paper.locator("body"), ["One", "Two"])
    paper.set_content(html)
    with pytest.raises(AssertionError):
        assert_readable(paper.locator("body"), ["One", "Two"])
