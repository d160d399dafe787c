"""Around the conversation: the list, undo, preferences, shortcuts, what tells of an answer elsewhere."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import ask, hears_keys, leave, reload, wait_ended, wait_running
from tests.browser.test_list import begun, options

pytestmark = pytest.mark.browser


def theme(page):
    return page.evaluate("() => document.documentElement.dataset.theme")


def stored(page):
    """The next change of the preferences that the server has taken."""
    return page.expect_response(lambda response: "/api/preferences" in response.url)


def test_a_deleted_conversation_comes_back_for_who_changes_his_mind(visit):
    page = begun(visit, "Bring me back")
    address = page.url
    options(page, "Bring me back")
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.locator(".list__link", has_text="Bring me back")).to_have_count(0)

    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".list__link", has_text="Bring me back")).to_have_count(1)
    expect(page.locator(".message--user .message__body")).to_have_text("Bring me back")
    expect(page).to_have_url(address)


def test_a_pinned_conversation_stands_first_and_stays_there(visit):
    begun(visit, "The one to pin")
    page = begun(visit, "A later one")
    options(page, "The one to pin")
    page.get_by_role("menuitem", name="Pin").click()

    first = page.locator(".list__day").first
    expect(first).to_have_text("Pinned")
    expect(page.locator(".list__link").first).to_have_text("The one to pin")
    reload(page)
    expect(page.locator(".list__link").first).to_have_text("The one to pin")
    options(page, "The one to pin")
    page.get_by_role("menuitem", name="Unpin").click()
    expect(first).not_to_have_text("Pinned")


def test_an_answer_that_ended_elsewhere_is_unread_until_it_is_opened(visit, site):
    page = visit("/", user="bob")
    ask(page, '!{"chunks": 60, "delay_ms": 20, "hold_after": 30}')
    wait_running(page, "word1")
    item = page.locator(".list__item", has_text="chunks")
    expect(page).to_have_title(re.compile("^… "))
    leave(page)
    site.upstream.go()

    expect(item.get_by_role("img", name="A new answer")).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    expect(page.locator('link[rel="icon"]')).to_have_attribute("href", re.compile("unread"))
    reload(page)
    expect(item.get_by_role("img", name="A new answer")).to_be_visible()
    item.get_by_role("link").click()
    expect(item.get_by_role("img")).to_have_count(0)
    expect(page).to_have_title(re.compile(r"^!\{"))


def test_a_folded_sidebar_is_folded_from_the_first_byte(visit):
    page = visit("/")
    page.keyboard.press("Control+Shift+S")
    expect(page.locator(".sidebar")).to_be_hidden()

    html = page.request.get("/").text()
    assert 'data-sidebar="folded"' in html
    reload(page)
    expect(page.locator(".sidebar")).to_be_hidden()
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator(".sidebar")).to_be_visible()
    assert 'data-sidebar="folded"' not in page.request.get("/").text()


def test_the_sheet_on_a_phone_keeps_the_focus_and_gives_it_back(visit):
    page = visit("/", width=360, height=740)
    opener = page.get_by_role("button", name="Conversations")
    opener.click()
    expect(page.locator(".sidebar__close")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body || document.activeElement.closest('.sidebar, .toasts')"
        )
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    opener.click()
    page.locator(".scrim").click(position={"x": 350, "y": 400})
    expect(page.locator(".sidebar")).to_be_hidden()


def test_a_theme_changes_in_every_tab_and_comes_with_the_page(visit):
    page, other = visit("/", user="bob"), visit("/", user="bob")
    page.keyboard.press("Control+Comma")
    page.get_by_role("radio", name="High contrast").check()

    for each in (page, other):
        expect(each.locator("html")).to_have_attribute("data-theme", "contrast")
        expect(each.locator("link[data-contrast]")).to_have_attribute("media", "all")
    page.get_by_role("radio", name="Large").check()
    expect(other.locator("html")).to_have_attribute("data-text-size", "large")
    assert 'data-theme="contrast" data-text-size="large"' in page.request.get("/").text()
    page.get_by_role("radio", name="System").check()
    page.get_by_role("radio", name="Normal").check()
    expect(other.locator("html")).to_have_attribute("data-text-size", "normal")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Your message")).to_be_focused()


LOOK = """() => {
  const seen = getComputedStyle(document.documentElement).backgroundColor;
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  canvas.fillStyle = seen;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return [(red + green + blue) / 3, parseFloat(getComputedStyle(document.documentElement).fontSize)];
}"""


def test_themes_and_text_sizes_are_seen(visit):
    page = visit("/", user="bob", color_scheme="light")
    page.keyboard.press("Control+Comma")
    seen = {}
    for name in ("Light", "Dark", "High contrast", "System"):
        with stored(page):
            page.get_by_role("radio", name=name).check()
        seen[name] = page.evaluate(LOOK)[0]
    assert seen["Light"] > 240 > 60 > seen["Dark"]
    assert seen["System"] == seen["Light"]
    assert seen["High contrast"] in (0, 255)
    sizes = []
    for name in ("Small", "Large", "Normal"):
        with stored(page):
            page.get_by_role("radio", name=name).check()
        sizes.append(page.evaluate(LOOK)[1])
    assert sizes == [15, 19, 16]


def test_the_manifest_makes_the_site_installable(visit):
    page = visit("/", user="bob", locale="ru-RU")
    manifest = page.evaluate("async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()")
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == ("Scripta", "/", "standalone")
    assert manifest["lang"] == "ru"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert "maskable" in {icon.get("purpose") for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        answer = page.request.get(icon["src"])
        assert answer.ok
        assert answer.headers["content-type"] == icon["type"]


def test_the_language_changes_with_everything_in_it(visit):
    page = visit("/", user="bob")
    asked = []
    page.keyboard.press("Control+Comma")
    russian = page.get_by_role("radio", name="Русский")
    expect(russian).to_be_visible()
    page.on("request", lambda request: asked.append(request.url))
    russian.click()

    hears_keys(page, "ru")
    expect(page.get_by_label("Ваше сообщение")).to_be_visible()
    assert [url for url in asked if "/strings/ru" in url]
    assert not [url for url in asked if "/strings/en" in url]
    page.keyboard.press("Control+Comma")
    page.get_by_role("radio", name="Как в браузере").click()
    hears_keys(page, "en")
    expect(page.get_by_label("Your message")).to_be_visible()


def test_shortcuts_do_what_their_list_says_until_they_are_switched_off(visit):
    page = begun(visit, "Shortcuts")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("Control+Shift+C")
    expect(page.locator(".toast")).to_contain_text("copied")
    assert page.evaluate("() => navigator.clipboard.readText()").startswith("## A short answer")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Shift+O")
    expect(page.locator(".message")).to_have_count(0)
    page.locator(".sidebar__new").focus()
    page.keyboard.press("Shift+Escape")
    expect(page.get_by_label("Your message")).to_be_focused()

    page.keyboard.press("Control+Slash")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog.get_by_text("Copy the last answer")).to_be_visible()
    with stored(page):
        dialog.get_by_role("switch").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("Control+Shift+S")
    expect(page.locator(".sidebar")).to_be_visible()
    page.keyboard.press("Control+Slash")
    expect(dialog).to_be_visible()
    with stored(page):
        dialog.get_by_role("switch").check()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("Control+Shift+S")
    expect(page.locator(".sidebar")).to_be_hidden()


def test_stop_has_a_key(visit):
    page = visit("/", user="bob")
    ask(page, "!forever")
    wait_running(page)
    page.keyboard.press("Control+Period")
    wait_ended(page)
    expect(page.get_by_text("Stopped", exact=False).last).to_be_visible()


def test_without_network_the_page_says_so_and_a_new_one_has_its_own_words(visit):
    page = visit("/", user="bob", service_workers="allow")
    page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="The site cannot be reached")).to_be_visible()
    colour = page.evaluate("() => getComputedStyle(document.querySelector('.entrance__sheet')).borderRadius")
    assert colour != "0px"
    kept = page.evaluate(
        """async () => {
            const names = await caches.keys();
            const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
            return lists.flat().map(({ url }) => new URL(url).pathname);
        }"""
    )
    assert all(path == "/offline/" or path.startswith("/static/") for path in kept)
    page.get_by_role("link", name="Русский").click()
    expect(page.get_by_role("heading", name="Сайт недоступен")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="The site cannot be reached")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_label("Your message")).to_be_visible()


def test_notifications_need_the_browsers_leave(visit):
    page = visit("/", user="bob")
    page.evaluate("() => (globalThis.Notification = { permission: 'denied' })")
    page.keyboard.press("Control+Comma")
    switch = page.get_by_role("switch", name="Notifications")
    switch.click()
    expect(page.get_by_text("This browser does not allow notifications")).to_be_visible()
    expect(switch).not_to_be_checked()

    page.evaluate("() => (Notification.permission = 'granted')")
    with stored(page):
        switch.click()
    expect(switch).to_be_checked()
    page.context.grant_permissions(["notifications"])
    reload(page)
    page.keyboard.press("Control+Comma")
    expect(switch).to_be_checked()
