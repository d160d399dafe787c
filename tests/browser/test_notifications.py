"""Who is told of the end of a long answer: once in a browser, if nobody sees it there; on phones by a worker."""

import pytest
from playwright.sync_api import expect

from tests.browser.chatting import answers, ask, leave, listens, reload, wait_ended, wait_running
from tests.browser.test_shell import stored
from tests.browser.test_signs import ASKING, HIDE, NOTE_NOTIFICATIONS, lasts, told, wants_notices
from tests.browser.wire import Wire

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEEN = "async (count) => (await navigator.locks.query()).held.length === count"
OPENED = "() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/page/panels.'))"
AS_A_PHONE = """
globalThis.Notification = new Proxy(Notification, { construct() { throw new TypeError("Illegal constructor"); } });"""
SHOWN = """async () => {
  const { scope } = await navigator.serviceWorker.ready;
  const shown = await (await navigator.serviceWorker.getRegistration(scope)).getNotifications();
  return shown.map(({ title, body, data }) => [title, body, data.conversationId]);
}"""
CLICK = """async () => {
  const did = [];
  const work = [];
  // Where no hand has clicked Chromium waits for nothing, brings no tab forward and opens none.
  WindowClient.prototype.focus = async function () {
    did.push("focus");
    return this;
  };
  Clients.prototype.openWindow = async (path) => void did.push("open");
  const [notification] = await registration.getNotifications();
  const click = new NotificationEvent("notificationclick", { notification });
  click.waitUntil = (promise) => work.push(promise);
  dispatchEvent(click);
  await Promise.all(work);
  if ((await registration.getNotifications()).length > 0) did.push("left it standing");
  return did;
}"""


def begin(page, path="/"):
    """Go to a page that is told that its answers take long, and that has what tells of them."""
    lasts(Wire(page))
    page.goto(path)
    listens(page)
    page.wait_for_function(OPENED)


@pytest.fixture
def tabs(visit):
    """Two tabs of a reader who wants to be notified, in a browser that allows it."""
    first = visit("/offline/")
    first.context.grant_permissions(["notifications"])
    first.context.add_init_script(f"({NOTE_NOTIFICATIONS})()")
    begin(first)
    wants_notices(first)
    second = first.context.new_page()
    begin(second)
    return first, second


def test_who_sees_the_end_in_one_tab_is_not_told_by_another(tabs, site):
    first, second = tabs
    second.evaluate(HIDE, True)
    ask(first, ASKING)
    wait_running(first, "word5")
    expect(second.locator(".list__item").first).to_contain_text("chunks")
    first.wait_for_function(SEEN, arg=1)
    site.upstream.go()
    wait_ended(first)
    expect(second.get_by_role("img", name="An answer is being written")).to_have_count(0)

    ask(first, ASKING)
    wait_running(first, "word5")
    leave(first)
    first.wait_for_function(SEEN, arg=0)
    site.upstream.go()

    second.wait_for_function("() => told.length > 0")
    assert len(told(second)) == 1, "of the second answer only"
    assert told(first) == []


def test_who_hides_the_tab_just_before_the_end_is_told(tabs, site):
    first, _ = tabs
    ask(first, ASKING)
    wait_running(first, "word5")
    first.wait_for_function(SEEN, arg=1)
    first.evaluate(HIDE, True)
    site.upstream.go()

    first.wait_for_function("() => told.length === 1")


def test_two_hidden_tabs_tell_once(tabs, site):
    first, second = tabs
    ask(first, ASKING)
    wait_running(first, "word5")
    for tab in tabs:
        tab.evaluate(HIDE, True)
    site.upstream.go()

    for tab in tabs:
        tab.wait_for_function("() => told.length === 1")
    assert first.evaluate("() => told[0].tag") == second.evaluate("() => told[0].tag") != ""


def test_a_temporary_chat_tells_too_and_is_not_left_by_the_click(tabs, site):
    page, other = tabs
    page.get_by_role("button", name="Temporary chat").click()
    ask(page, ASKING)
    wait_running(page, "word5")
    for tab in tabs:
        tab.evaluate(HIDE, True)
    site.upstream.go()

    page.wait_for_function("() => told.length === 1")
    assert told(page) == [["Temporary chat", "The answer is complete."]]
    assert told(other) == []
    page.evaluate(HIDE, False)
    page.evaluate("() => told[0].dispatchEvent(new Event('click'))")
    wait_ended(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(answers(page)).to_have_count(1)


@pytest.fixture
def phone(visit):
    """A page in a browser that lets only a worker notify."""
    page = visit("/offline/", service_workers="allow")
    page.context.grant_permissions(["notifications"])
    page.add_init_script(AS_A_PHONE)
    begin(page)
    wants_notices(page)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


def ends_unseen(page, site):
    """An answer ends while the page is hidden, and is told; returns where it is."""
    ask(page, ASKING)
    wait_running(page, "word5")
    address = page.evaluate("() => location.pathname")
    page.evaluate(HIDE, True)
    site.upstream.go()
    page.wait_for_function(f"async () => (await ({SHOWN})()).length === 1")
    wait_ended(page)
    return address


def click(page):
    """Click what the worker has shown; returns what it did."""
    (worker,) = page.context.service_workers
    return worker.evaluate(CLICK)


def test_on_a_phone_the_worker_tells_and_leads_to_the_tab_that_shows_it(phone, site):
    address = ends_unseen(phone, site)
    ((title, body, conversation),) = phone.evaluate(SHOWN)
    assert title.startswith('!{"chunks"')
    assert body == "The answer is complete."
    assert address == f"/c/{conversation}/"

    phone.evaluate("() => (globalThis.isTheSame = true)")
    assert click(phone) == ["focus"]
    assert phone.evaluate("() => globalThis.isTheSame")


def test_on_a_phone_a_tab_that_shows_something_else_goes_there(phone, site):
    address = ends_unseen(phone, site)
    leave(phone)
    phone.evaluate("() => (globalThis.isTheSame = true)")

    assert click(phone) == ["focus"]
    expect(phone).to_have_url(site.url + address)
    wait_ended(phone)
    assert phone.evaluate("() => globalThis.isTheSame")


def test_on_a_phone_another_tab_goes_there_where_that_which_told_is_gone(phone, site):
    address = ends_unseen(phone, site)
    leave(phone)
    reload(phone)

    assert click(phone) == ["focus"]
    expect(phone).to_have_url(site.url + address)
    wait_ended(phone)


def test_on_a_phone_a_temporary_chat_comes_forward_as_it_is(phone, site):
    phone.get_by_role("button", name="Temporary chat").click()
    assert ends_unseen(phone, site) == "/"
    assert phone.evaluate(SHOWN) == [["Temporary chat", "The answer is complete.", None]]

    assert click(phone) == ["focus"]
    expect(answers(phone)).to_have_count(1)


def test_the_switch_shows_what_is_so_on_this_device(visit, site):
    first = visit("/", user="bob", permissions=["notifications"])
    wants_notices(first)
    page = visit("/", user="bob", permissions=["clipboard-read"])  # and no other
    page.keyboard.press("Control+Comma")
    switch = page.get_by_role("switch", name="Notifications")
    refused = page.get_by_text("This browser does not allow notifications")
    assert page.evaluate("() => Notification.permission") == "denied"
    expect(refused).to_be_visible()
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()

    page.context.grant_permissions(["notifications"])
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Comma")
    expect(switch).to_be_checked()
    expect(refused).to_have_count(0)


def test_a_device_that_has_not_been_asked_is_asked_at_the_switch(visit, site):
    page = visit("/", user="bob")
    page.context.grant_permissions(["notifications"])
    wants_notices(page)
    page.evaluate("""() => {
      const requestPermission = async () => (Notification.permission = "granted");
      globalThis.Notification = { permission: "default", requestPermission };
    }""")
    page.keyboard.press("Control+Comma")
    switch = page.get_by_role("switch", name="Notifications")
    expect(switch).not_to_be_checked()
    expect(page.get_by_text("This browser does not allow notifications")).to_have_count(0)

    with stored(page):
        switch.check()
    expect(switch).to_be_checked()
