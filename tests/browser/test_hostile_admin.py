"""Names that would like to be more than words in the administration: every page of it keeps them words."""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.hostile import SHORT, TEXTS, assert_harmless

pytestmark = pytest.mark.browser

SEED = """
from uuid import uuid4
from tests.making import conversation, generation
from chat.models import Connection, User
for number, name in enumerate({names!r}):
    user = User.objects.create_user(f"{{name}} {{number}}", email=f"{{uuid4()}}@example.org")
    connection = Connection.objects.create(name=name, base_url="https://a.example/" + name, model_ids=[name])
    row = conversation(user, name, name, title=name, connection=connection)
    row.model_id = name
    row.save()
    generation(row.head, "failed", connection=connection, connection_name=name, model_id=name,
               error_code="provider.failed", error_message=name, finish_reason=name[:40], worker=name)
"""
NAMES = [" ".join(SHORT[:3]), " ".join(SHORT[3:])]
MODELS = ["connection", "conversation", "generation", "user"]
LINKS = "(nodes) => nodes.map((node) => node.href)"
SKIPPED = ("/logout/", "/password_change/", "/jsi18n/")


@pytest.fixture
def admin(visit, site):
    """The administrator's page, on a site of hostile names; its console has to stay silent."""
    page = visit("/admin/", user="admin")
    page.errors = []

    def note(message):
        asked_by_browser = message.location["url"].endswith("/favicon.ico")
        if message.type in ("error", "warning") and not asked_by_browser:
            page.errors.append(message.text)

    page.on("console", note)
    yield page
    assert page.errors == []


@pytest.fixture(scope="module", autouse=True)
def _names(site):
    site.shell(SEED.format(names=NAMES))


def pages(page, path):
    """The addresses of the administration that a page links to, without their queries, in its order."""
    page.goto(path)
    links = [urlsplit(link).path for link in page.locator("#content a[href], #nav-sidebar a[href]").evaluate_all(LINKS)]
    return [link for link in dict.fromkeys(links) if link.startswith("/admin/") and not link.endswith(SKIPPED)]


def test_lists_show_names_as_words(admin):
    for model in MODELS:
        admin.goto(f"/admin/chat/{model}/")
        for name in NAMES:
            expect(admin.locator("#result_list")).to_contain_text(name)
        assert_harmless(admin)
    admin.goto("/admin/chat/generation/?connection_name=" + NAMES[0])
    expect(admin.locator("#changelist-filter")).to_contain_text(NAMES[0])
    admin.goto("/admin/chat/user/?q=" + NAMES[0])
    expect(admin.locator("#searchbar")).to_have_value(NAMES[0])
    assert_harmless(admin)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_every_page_of_a_row_is_harmless(admin, model):
    seen = {f"/admin/chat/{model}/"}
    for row in pages(admin, f"/admin/chat/{model}/"):
        if row.startswith(f"/admin/chat/{model}/") and row not in seen:
            for own in [row, *pages(admin, row)]:
                if own.startswith(f"/admin/chat/{model}/") and own not in seen:
                    seen.add(own)
                    admin.goto(own)
                    expect(admin.locator("#content")).to_be_visible()
                    assert_harmless(admin)
    assert len(seen) > 2 * len(NAMES)


@pytest.fixture(scope="module")
def corpus(site):
    """How the hostile texts are named in the administration: each of them is the name of everything that has one."""
    texts = list(dict.fromkeys(TEXTS))
    site.shell(SEED.format(names=texts))
    return [" ".join(text.split()) for text in texts]


@pytest.mark.slow
@pytest.mark.parametrize("model", ["connection", "user"])
def test_every_text_of_the_corpus_is_words_in_lists_and_questions(admin, corpus, model):
    admin.goto(f"/admin/chat/{model}/?all=")
    names = " ".join(admin.locator("#result_list").inner_text().split())
    assert [text for text in corpus if text not in names] == []
    assert_harmless(admin)
    admin.locator("#action-toggle").check()
    admin.locator("select[name=action]").select_option("delete_selected")
    admin.get_by_role("button", name="Go").click()
    expect(admin.locator("#content")).to_contain_text("Are you sure")
    names = " ".join(admin.locator("#content").inner_text().split())
    assert [text for text in corpus if text not in names] == []
    assert_harmless(admin)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_every_text_of_the_corpus_is_harmless_in_its_row(admin, corpus, model):
    rows = [row for row in pages(admin, f"/admin/chat/{model}/?all=") if row.endswith("/change/")]
    assert len(rows) >= len(corpus)
    for row in rows:
        admin.goto(row)
        expect(admin.locator("#content")).to_be_visible()
        assert_harmless(admin)


def test_what_an_administrator_writes_comes_back_as_words(admin):
    name = "<img src=y onerror=harm()>"
    admin.goto("/admin/chat/connection/add/")
    admin.get_by_label("Name").fill(name)
    admin.get_by_label("Base URL").fill('https://"><script>harm()</script>@evil.example/')
    admin.get_by_label("Model ids").fill(json.dumps([*SHORT, ""]))
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.locator(".errorlist").first).to_be_visible()
    assert_harmless(admin)

    admin.get_by_label("Base URL").fill("https://api.example.org/'><script>harm()</script>")
    admin.get_by_label("Model ids").fill(json.dumps(SHORT))
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.locator(".messagelist")).to_contain_text(name)
    assert_harmless(admin)
    admin.goto("/admin/")
    expect(admin.locator("#recent-actions-module")).to_contain_text(name)
    assert_harmless(admin)

    admin.goto("/admin/chat/connection/")
    admin.get_by_role("row", name=name).get_by_role("checkbox").first.check()
    admin.locator("select[name=action]").select_option("delete_selected")
    admin.get_by_role("button", name="Go").click()
    expect(admin.locator("#content")).to_contain_text(name)
    assert_harmless(admin)


def test_people_see_connections_and_models_as_words(visit):
    page = visit("/")
    page.locator(".model-chip__choice").first.click()
    for name in NAMES:
        expect(page.get_by_role("option", name=name).first).to_be_attached()
    assert_harmless(page)
