"""The whole site as processes of their own, and people with browsers in front of it."""

import json
import sqlite3
import urllib.request
from contextlib import closing
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import listens, reload
from tests.browser.chromium import chromium
from tests.browser.keyboard import Keyboard, text
from tests.browser.many import MAKE
from tests.browser.recorder import Recorder, settled
from tests.browser.rivers import seed
from tests.browser.wire import Wire
from tests.live_server import LiveSite, make_template
from tests.process import ModuleProcess, ServerProcess

CONNECT = """
from chat.models import Connection
Connection.objects.update(enabled=False)
Connection.objects.create(name="Scripted", kind="openai_compatible", base_url="http://service/v1",
                          model_ids=["scripted-1", "scripted-2"])
Connection.objects.filter(kind="aichatonline").update(enabled=True, base_url="http://service", position=90)
"""
LEAD = "UPDATE chat_connection SET base_url = replace(base_url, 'http://service', ?)"
FORGET = ("DELETE FROM chat_preferences", "DELETE FROM chat_draft WHERE conversation_id IS NULL")
MESSAGE_MAX_CHARACTERS = 2_000
ENVIRONMENT = {"MESSAGE_MAX_CHARACTERS": str(MESSAGE_MAX_CHARACTERS)}

expect.set_options(timeout=15_000)  # on a machine that does other things meanwhile


@dataclass
class Upstream:
    """The scripted service, as a process of its own."""

    url: str

    def log(self) -> list[dict]:
        """Its own record of every answer, oldest first."""
        with urllib.request.urlopen(f"{self.url}/_log", timeout=10) as response:
            return json.load(response)

    def last_end(self) -> str:
        """How its last connection ended, once it has noticed."""
        with urllib.request.urlopen(f"{self.url}/_end", timeout=30) as response:
            return json.load(response)

    def go(self) -> None:
        """Let every answer that holds, or is yet to hold, go on."""
        self._tell("_go")

    def script(self, **fields: object) -> None:
        """What the answers do for the rest of the test, unless their message says otherwise."""
        self._tell("_script", fields)

    def _tell(self, path: str, fields: object = None) -> None:
        with urllib.request.urlopen(f"{self.url}/{path}", data=json.dumps(fields).encode(), timeout=10):
            pass


@dataclass
class Site:
    """A running site and the service behind it."""

    live: LiveSite
    server: ServerProcess
    upstream: Upstream

    @property
    def url(self) -> str:
        return self.server.url

    def shell(self, code: str) -> str:
        """Run code with the models of this site at hand; returns what it prints."""
        outcome = self.live.manage("shell", "-v", "0", "-c", code)
        assert outcome.returncode == 0, outcome.stderr
        return outcome.stdout.strip()

    def forget(self) -> None:
        """What a test must not leave to the next: preferences, what was written for a new conversation, a script."""
        self.upstream.script()
        with closing(sqlite3.connect(self.live.database, timeout=30)) as database, database:
            for statement in FORGET:
                database.execute(statement)

    def revive(self) -> None:
        """Kill the server, and start it again where it was."""
        self.server.kill()
        self.server = self.live.start(port=self.server.port, **ENVIRONMENT)


@pytest.fixture(scope="module")
def upstream():
    """The service that models are asked through."""
    with ModuleProcess("tests.upstream", "--delay-ms", "5") as process:
        yield Upstream(process.url)


@pytest.fixture(scope="session")
def connected(tmp_path_factory):
    """The folder of a site with connections, to be copied: to a service that has no address yet."""
    template = make_template(tmp_path_factory.getbasetemp() / "site-template")
    live = LiveSite(tmp_path_factory.mktemp("connected"), template)
    outcome = live.manage("shell", "-v", "0", "-c", CONNECT)
    assert outcome.returncode == 0, outcome.stderr
    return live.var


@pytest.fixture(scope="module")
def site(tmp_path_factory, connected, upstream):
    """A site that asks the scripted service, for all tests of a module."""
    live = LiveSite(tmp_path_factory.mktemp("browser"), connected)
    with closing(sqlite3.connect(live.database)) as database, database:
        database.execute(LEAD, [upstream.url])
    yield Site(live, live.start(**ENVIRONMENT), upstream)
    live.close()


@pytest.fixture(scope="module")
def rivers(site):
    """Where a conversation is that has everything in it that an answer can hold."""
    return f"/c/{site.shell(seed())}/"


@pytest.fixture(scope="module")
def long_one(site):
    """The address of a conversation of 130 messages; bob has 120 conversations."""
    return f"/c/{site.shell(MAKE)}/"


@pytest.fixture(scope="module")
def browser():
    """One Chromium for all tests of a module."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser, site):
    """Opens pages: `visit("/", user="alice", width=360)`. None of them may break its policy or call elsewhere.

    What a page keeps for offline days comes only with `service_workers="allow"`: it is a second first load each time.
    """
    site.forget()
    opened = []

    def open_page(path="/", *, user="alice", width=1280, height=800, **options):
        options = {"service_workers": "block", "viewport": {"width": width, "height": height}} | options
        context = browser.new_context(base_url=site.url, **options)
        if user:
            _, session = site.live.cookie(user)["Cookie"].split("=", 1)
            context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        page = context.new_page()
        page.recorder = Recorder(context, site.url)
        opened.append((context, page, options.get("java_script_enabled", True)))
        page.goto(path)
        if options.get("java_script_enabled", True) and page.locator("body.chat").count():
            listens(page)
        return page

    yield open_page
    faults = []
    for context, page, scripted in opened:
        if scripted:
            settled(page)
        faults += page.recorder.take()
        context.close()
    assert faults == []


@pytest.fixture
def page(visit):
    """Alice's empty page."""
    return visit("/")


@pytest.fixture
def keys(page):
    """The keyboard in front of Alice's empty page: the caret is in the composer."""
    keys = Keyboard(page)
    keys.stands_on(text(page))
    return keys


@pytest.fixture
def wire(page):
    """The socket of `page`, which a test can cut and answer."""
    wire = Wire(page)
    reload(page)
    expect(page.locator(".model-chip__choice")).to_be_visible()
    return wire
