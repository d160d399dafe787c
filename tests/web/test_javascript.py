"""The modules of the page, tested in Chromium by the modules in javascript/, under the site's own policy."""

import json
import mimetypes
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from csp.utils import build_policy

from tests.browser.chromium import chromium
from tests.browser.recorder import POLICY, Recorder, is_parsed_only, settled

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "javascript"
HELPERS = {"answer", "untimed", "harness", "begin", "clock", "events", "wire", "kept-tree", "thread"}
MODULES = sorted(path.stem for path in HERE.glob("*.js") if path.stem not in HELPERS)
DATA = {
    "user": {"id": "u"},
    "messages": [],
    "list": {"items": []},
    "message_max_characters": 100,
    "urls": {"icons": "/i", "math_style": "/static/css/math.css", "diagram": "/diagram/"},
}
PAGE = f"""<!doctype html><title>tests</title>
<script id="page-data" type="application/json">{json.dumps(DATA)}</script>
<script type="module" src="/begin.js"></script>"""

MODULE_MS = 120_000  # all tests of a module; two processors that do other things meanwhile are slow

pytestmark = pytest.mark.browser


class Handler(BaseHTTPRequestHandler):
    """The page, static/ and the test modules; everything under the policy."""

    policy = ""

    def do_GET(self):
        path = urlsplit(self.path).path
        file = ROOT / path[1:] if path.startswith("/static/") else HERE / path[1:]
        if path == "/":
            self._answer(200, "text/html; charset=utf-8", PAGE.encode())
        elif path == DATA["urls"]["diagram"]:
            self._answer(200, "text/html; charset=utf-8", b"", self.policy.replace("frame-ancestors 'none'", ""))
        elif file.is_file():
            self._answer(200, mimetypes.guess_type(file.name)[0] or "text/plain", file.read_bytes())
        else:
            self._answer(404, "text/plain", b"")

    def log_message(self, *_):
        """Nobody reads it."""

    def _answer(self, status, content_type, body, policy=""):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Security-Policy", policy or self.policy)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def address():
    """Where the test page is."""
    Handler.policy = build_policy()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser, address):
    """A page whose recorder notes what it did against its policy."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.recorder = Recorder(context, address)
    yield page
    context.close()


@pytest.mark.parametrize("module", MODULES)
def test_module(page, module):
    page.goto(f"/?module={module}")
    page.wait_for_function("() => globalThis.outcomes", timeout=MODULE_MS)
    outcomes = page.evaluate("() => globalThis.outcomes")

    assert len(outcomes) > 3
    failures = [f"{outcome['name']}: {outcome['failure']}" for outcome in outcomes if outcome["failure"]]
    assert not failures, "\n".join(failures)
    assert [fault for fault in page.recorder.take() if not is_parsed_only(fault, "purify")] == []


def test_a_planted_failure_is_seen(page):
    page.goto("/?module=no-such-module")
    page.wait_for_function("() => globalThis.outcomes")

    assert page.evaluate("() => globalThis.outcomes[0].failure")


def test_a_planted_violation_is_seen(page):
    page.goto("/?module=strings")
    page.evaluate("() => document.body.setAttribute('style', 'color: red')")
    settled(page)

    assert [fault for fault in page.recorder.take() if fault.startswith(f"{POLICY} style-src-attr")]
