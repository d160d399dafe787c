"""The first minutes of a new site: the printed link, the administrator, a question to the real model, a reload."""

import pytest
from playwright.sync_api import expect

from chat.providers.llama import process
from tests.browser.chatting import answers, ask, last_answer, reload, wait_ended, written
from tests.browser.recorder import Recorder, settled
from tests.live_server import manage
from tests.process import ServerProcess

pytestmark = pytest.mark.browser

MODEL_MS = 120_000  # two processors that do other things meanwhile are slow


@pytest.fixture
def new_site(tmp_path, weights):
    """A server on an empty folder, with the real weights."""
    var = tmp_path / "var"
    assert manage(var, "prepare", "--no-weights").returncode == 0
    environment = {"VAR_DIR": str(var), "EMBEDDED_WEIGHTS": str(weights)}
    with ServerProcess(["manage.py", "serve", "--port", "0"], environment, tmp_path / "log") as server:
        yield server
    process.end(var / "run")


def test_from_the_printed_link_to_an_answer_that_is_still_there_after_a_reload(new_site, browser):
    (link,) = [word for word in new_site.announced.split() if "/setup/?token=" in word]
    context = browser.new_context()
    page = context.new_page()
    recorder = Recorder(context, new_site.url)
    page.goto(link)
    page.get_by_label("Name").fill("ada")
    for label in ("Password", "Password, again"):
        page.get_by_label(label, exact=True).fill("a fine pass phrase")
    page.get_by_role("button", name="Create the administrator").click()
    expect(page.get_by_role("heading", name="What would you like to ask?")).to_be_visible()
    expect(page.get_by_text("demonstration")).to_be_visible()

    ask(page, "Name three colours of the rainbow.")
    expect(last_answer(page).locator(".prose")).not_to_be_empty(timeout=MODEL_MS)
    expect(page.locator(".message--running")).to_have_count(0, timeout=MODEL_MS)
    wait_ended(page)
    answer = written(page)
    assert answer.strip()

    reload(page)
    expect(answers(page)).to_have_count(1)
    expect(page.locator(".message--user")).to_contain_text("Name three colours of the rainbow.")
    expect(last_answer(page).locator(".prose")).to_be_visible()
    assert written(page) == answer

    page.goto(link)
    expect(page.get_by_role("button", name="Create the administrator")).to_have_count(0)
    settled(page)
    assert recorder.take() == []
    context.close()
