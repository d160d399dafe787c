"""Every hostile text as an answer, its reasoning, a question and a title, wherever the site shows it: nothing runs."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, drawn, last_answer, menu, reload, wait_ended
from tests.browser.hostile import TEXTS, assert_harmless, assert_readable
from tests.browser.recorder import Recorder

pytestmark = pytest.mark.browser

MARKS = [f"Text {number} ends here." for number in range(len(TEXTS))]
ANSWER = "\n\n".join(f"{text}\n\n{mark}" for text, mark in zip(TEXTS, MARKS, strict=True))
AS_IT_IS = [text for text in TEXTS if text.startswith("<") and "javascript:harm()>" not in text]  # HTML is shown
LIMIT = 1_800  # characters of a question
TITLE_LIMIT = 200
PIECE = 7  # characters, on a fixed beat
SEED = """
import json
from tests.making import conversation
from chat.models import User
user = User.objects.get(username="alice")
print(json.dumps([str(conversation(user, "Q", "A", title=title).id) for title in {titles!r}]))
"""


def joined(texts, limit):
    """The texts in as few as fit into so many characters each."""
    groups = [""]
    for text in texts:
        if len(groups[-1]) + len(text) + 1 > limit:
            groups.append("")
        groups[-1] += f"{text}\n"
    return groups


def check_answer(page):
    """The last answer is drawn whole and harmless."""
    expect(drawn(page)).to_contain_text(MARKS[-1])
    assert_readable(drawn(page), MARKS)
    assert_harmless(page)
    shown = drawn(page).inner_text()
    assert [text for text in AS_IT_IS if text not in shown] == []


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([ANSWER], id="whole", marks=pytest.mark.slow),
        pytest.param([ANSWER[at : at + PIECE] for at in range(0, len(ANSWER), PIECE)], id="pieces"),
    ],
)
def test_an_answer_is_words_as_it_comes_stored_and_copied(visit, site, pieces):
    site.upstream.script(pieces=pieces, delay_ms=1, reasoning=ANSWER)
    page = visit("/")
    ask(page, "Say it.")
    wait_ended(page)
    check_answer(page)
    reload(page)
    check_answer(page)

    before = page.url
    menu(page, last_answer(page), "New conversation from here")
    page.get_by_role("button", name="Up to here The messages").click()
    page.wait_for_url(lambda url: url != before)
    wait_ended(page)
    check_answer(page)
    last_answer(page).locator(".reasoning summary").click()
    assert_readable(last_answer(page).locator(".reasoning__text"), TEXTS)
    assert_harmless(page)


@pytest.mark.slow
def test_what_is_pasted_into_another_page_is_words(visit, browser, site):
    site.upstream.script(pieces=[ANSWER])
    page = visit("/", permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Say it.")
    wait_ended(page)
    expect(drawn(page)).to_contain_text(MARKS[-1])
    last_answer(page).hover()
    last_answer(page).locator(".message-bar").get_by_role("button", name="Copy", exact=True).click()
    expect(last_answer(page).locator(".message-bar").get_by_role("button", name="Copied")).to_be_visible()
    html = page.evaluate("async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()")
    assert MARKS[-1] in html

    elsewhere = browser.new_context()  # a page without any policy
    paper = elsewhere.new_page()
    paper.recorder = Recorder(elsewhere, "about:blank")
    paper.reload()
    assert paper.evaluate("() => typeof harm") == "function"
    paper.set_content(html)
    assert_readable(paper.locator("body"), MARKS)
    assert_harmless(paper)
    elsewhere.close()


def test_a_question_is_words_and_so_is_the_title_made_of_it(visit):
    page = visit("/")
    for count, question in enumerate(joined(TEXTS, LIMIT), start=1):
        ask(page, question)
        wait_ended(page, count)
        expect(page.locator(".message--user .question").last).to_have_text(question.strip())
    assert_harmless(page)
    reload(page)
    assert_harmless(page)


@pytest.mark.slow
def test_titles_are_words(visit, site):
    titles = [title.strip() for title in joined(TEXTS, TITLE_LIMIT)]
    ids = json.loads(site.shell(SEED.format(titles=titles)))
    page = visit("/")
    for title, own in zip(titles, ids, strict=True):
        page.locator(f".list__link[href='/c/{own}/']").click()
        expect(page.locator(".topbar__title")).to_have_text(title)
        assert " ".join(page.title().split()).startswith(" ".join(title.split())[:20])
    assert_harmless(page)
    reload(page)
    assert_harmless(page)
