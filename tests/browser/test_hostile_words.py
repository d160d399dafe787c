"""Titles and answers that would like to be more than words: they are shown, run nothing and fetch nothing."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, last_answer, wait_ended
from tests.browser.hostile import SHORT, assert_harmless

pytestmark = pytest.mark.browser

IMAGES = """![a](https://evil.example/inline.png) ![b][name] ![c] [![d](https://evil.example/nested.png)](https://evil.example/)

<img src="https://evil.example/html.png"> $\\includegraphics{https://evil.example/tex.png}$

| ![e](https://evil.example/cell.png) |
|---|
| ![f](//evil.example/bare.png) |

[name]: https://evil.example/reference.png
[c]: https://evil.example/short.png
"""
SEED = """
import json
from tests.making import conversation
from chat.models import User
user = User.objects.get(username="alice")
print(json.dumps([str(conversation(user, title, title, title=title).id) for title in {titles!r}]))
"""
PLANTED = "img[src*=evil], svg[onload], [onerror], [onmouseover], script:not([src]):not([type])"


@pytest.fixture(scope="module")
def conversations(site):
    """Their ids, one for each title."""
    return json.loads(site.shell(SEED.format(titles=SHORT)))


def test_titles_are_words_wherever_they_stand(visit, conversations):
    page = visit("/")
    for title, each in zip(SHORT, conversations, strict=True):
        page.goto(f"/c/{each}/")
        expect(page.locator(".topbar__title")).to_have_text(title)
        link = page.locator(f".list__link[href='/c/{each}/']")
        expect(link).to_contain_text(title)
        link.hover()
        assert title in page.title()
        assert page.locator(PLANTED).count() == 0
        assert page.evaluate("() => globalThis.harmed") is None


def test_a_title_is_words_in_a_toast(visit, site):
    title = SHORT[0]
    (own,) = json.loads(site.shell(SEED.format(titles=[title])))
    page = visit("/")
    item = page.locator(".list__item", has=page.locator(f".list__link[href='/c/{own}/']"))
    item.hover()
    item.get_by_role("button", name=f"Options for “{title}”").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.locator(".toast")).to_contain_text(title)
    assert page.locator(PLANTED).count() == 0
    page.get_by_role("button", name="Undo").click()
    expect(item).to_contain_text(title)
    assert page.evaluate("() => globalThis.harmed") is None


def test_titles_are_words_without_javascript(visit, conversations):
    page = visit("/", java_script_enabled=False)
    for title, each in zip(SHORT, conversations, strict=True):
        page.goto(f"/c/{each}/")
        assert title in page.title()
        expect(page.locator(f".list__link[href='/c/{each}/']")).to_contain_text(title)
        expect(page.locator("article").first).to_contain_text(title)
        assert page.locator(PLANTED).count() == 0


def test_images_of_an_answer_are_never_asked_for(visit):
    page = visit("/")
    ask(page, "!" + json.dumps({"text": IMAGES}))
    wait_ended(page)

    expect(last_answer(page).locator("a.image-link")).to_have_count(4)  # and one in a link is that link's words
    assert last_answer(page).locator("img").count() == 0
    assert_harmless(page)
