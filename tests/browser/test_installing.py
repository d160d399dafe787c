"""The site as a browser sees it that would install it, and where the network really goes away."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, listens, wait_ended, wait_running, words, written
from tests.browser.chromium import ARGUMENTS, EXECUTABLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def installer(browser, site, tmp_path):
    """Alice's page in a browser that keeps what it is given: no other installs anything."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=EXECUTABLE, headless=True, args=ARGUMENTS, base_url=site.url
    )
    _, session = site.live.cookie("alice")["Cookie"].split("=", 1)
    context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    yield context.pages[0]
    context.close()


def test_chromium_would_install_it(installer):
    installer.goto("/")
    installer.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
    browser = installer.context.new_cdp_session(installer)
    manifest = browser.send("Page.getAppManifest")
    assert json.loads(manifest["data"])["name"] == "Scripta"
    assert manifest["errors"] == []
    assert browser.send("Page.getInstallabilityErrors")["installabilityErrors"] == []


def test_an_answer_that_goes_on_while_there_is_no_network_is_whole_when_there_is(visit, site):
    page = visit("/")
    ask(page, '!{"chunks": 60, "hold_after": 30}')
    wait_running(page, "word29")
    composer = page.get_by_label("Your message")
    composer.fill("What comes next")
    page.context.set_offline(True)
    expect(page.locator(".banner__line")).to_contain_text("You are offline")
    composer.press_sequentially(", without a network")
    site.upstream.go()
    assert site.upstream.last_end() == "completed"
    expect(page.locator(".message--running")).to_have_count(1)

    page.context.set_offline(False)
    wait_ended(page)
    expect(page.locator(".banner__line")).to_have_count(0)
    listens(page)
    assert written(page) == words(60)
    expect(composer).to_have_value("What comes next, without a network")
