"""The server is killed in mid-answer and starts again where it was, while a page is open."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, last_answer, leave, listens, reload, wait_ended, wait_running, written

pytestmark = pytest.mark.browser


def test_after_a_kill_the_page_comes_back_and_the_answer_goes_on(visit, site):
    page = visit("/")
    ask(page, '!{"chunks": 2000, "delay_ms": 20}')
    wait_running(page, "word30")
    before = written(page)
    page.get_by_label("Your message").fill("kept")

    site.revive()

    ending = last_answer(page).locator(".ending--interrupted")
    expect(ending).to_contain_text("Interrupted", timeout=30_000)
    expect(ending.get_by_role("button", name="Retry")).to_be_visible()
    expect(page.locator(".banner__line")).to_have_count(0)
    expect(page.get_by_label("Your message")).to_have_value("kept")
    partial = written(page)
    assert before.startswith(partial) or partial.startswith(before)
    assert partial.startswith("word0 word1 word2 ")

    site.upstream.script(pieces=["onward ", "never"], hold_after=1)
    ending.get_by_role("button", name="Continue").click()
    wait_running(page, "onward")
    page.get_by_role("button", name="Stop").click()
    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
    onward = written(page)
    assert onward.startswith(partial)
    reload(page)
    expect(last_answer(page).locator(".ending--stopped")).to_be_visible()
    assert written(page) == onward


def test_what_is_asked_while_the_server_is_away_is_asked_once(visit, site):
    page = visit("/")
    ask(page, "How does a river find the sea?")
    wait_ended(page)
    site.server.kill()
    expect(page.locator(".banner__line")).to_be_visible()
    ask(page, "And the rain?")
    expect(page.locator(".message--pending")).to_contain_text("And the rain?")

    site.revive()

    expect(page.locator(".message--assistant")).to_have_count(2, timeout=30_000)
    wait_ended(page, 2)
    expect(page.locator(".message--user")).to_have_count(2)
    sent = [answer["body"]["messages"][-1]["content"] for answer in site.upstream.log()]
    assert sent.count("And the rain?") == 1


@pytest.fixture
def kept(visit):
    """Bob's page of an answered question, in a browser that keeps what to show when the site cannot be reached."""
    page = visit("/", user="bob", service_workers="allow")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    ask(page, "How does a river find the sea?")
    wait_ended(page)
    return page


def unreached(page, heading="The site cannot be reached"):
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    assert page.evaluate("() => navigator.onLine")


@pytest.mark.slow
def test_who_comes_while_the_server_is_away_gets_his_page_once_it_is_back(kept, site):
    page, address = kept, kept.url
    site.server.kill()
    page.reload()
    unreached(page)
    expect(page.locator("main")).to_contain_text("no network, or the server does not answer")
    page.get_by_role("link", name="Русский").click()
    unreached(page, "Сайт недоступен")
    expect(page.locator("main")).to_contain_text("нет сети, либо сервер сейчас не отвечает")
    page.get_by_role("link", name="English").click()
    unreached(page)

    site.revive()

    listens(page)
    expect(page).to_have_url(address)
    expect(page.locator(".message--user .message__body")).to_have_text("How does a river find the sea?")


@pytest.mark.slow
def test_another_conversation_opens_once_the_server_is_back(kept, site):
    page, address = kept, kept.url
    leave(page)
    site.server.kill()
    expect(page.locator(".banner__line")).to_be_visible()
    page.locator(".list__link").first.click()
    unreached(page)

    site.revive()

    listens(page)
    expect(page).to_have_url(address)
    expect(page.locator(".message--user")).to_have_count(1)


NOTE_QUESTIONS = """
globalThis.asked = [];
globalThis.answered = 0;
const ask = globalThis.fetch;
globalThis.fetch = async (...given) => {
  asked.push(Date.now() / 1000);
  try {
    return await ask(...given);
  } finally {
    answered += 1;
  }
};"""


class Waiting:
    """The page that waits for the site, on a clock that the test moves."""

    def __init__(self, page):
        self.page = page
        page.add_init_script(NOTE_QUESTIONS)
        page.clock.install()
        page.clock.pause_at(page.evaluate("() => Date.now() + 60_000"))
        page.reload()
        unreached(page)

    def asked(self):
        """How often, once each question is answered."""
        self.page.wait_for_function("() => answered === asked.length")
        return self.page.evaluate("() => asked.length")

    def goes(self, seconds):
        """So much time goes by; how often the site was asked for, and that the last time was at its end."""
        before = self.asked()
        self.page.clock.run_for(seconds * 1000)
        count = self.asked() - before
        return count, count > 0 and self.page.evaluate("() => Date.now() / 1000 - asked.at(-1)") == 0

    def hears(self, event):
        """Something happens; how often the site was asked for then."""
        before = self.asked()
        self.page.evaluate(event)
        return self.asked() - before


def hide(hidden):
    return f"""() => {{
      Object.defineProperty(document, "hidden", {{ get: () => {str(hidden).lower()}, configurable: true }});
      document.dispatchEvent(new Event("visibilitychange"));
    }}"""


@pytest.mark.slow
def test_the_site_is_asked_for_more_and_more_seldom_and_at_once_where_something_changes(kept, site):
    site.server.kill()
    waiting = Waiting(kept)

    assert [waiting.goes(seconds) for seconds in (1, 2, 4, 8, 15, 15)] == [(1, True)] * 6
    assert waiting.hears("() => dispatchEvent(new Event('online'))") == 1
    assert waiting.goes(1) == (1, True)
    assert waiting.hears(hide(True)) == 0
    assert waiting.goes(60) == (0, False)
    assert waiting.hears(hide(False)) == 1

    site.revive()
    kept.clock.resume()
    listens(kept)


def test_who_wants_the_page_for_the_unreached_itself_keeps_it(visit):
    page = visit("/offline/")
    asked = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))

    page.evaluate("() => { dispatchEvent(new Event('online')); return fetch('/healthz').then(({ ok }) => ok); }")

    assert asked == ["healthz"]
