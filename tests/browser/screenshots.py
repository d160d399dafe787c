"""`make screenshots`: the page in its main states, as docs/screenshots/ shows them, from a real server."""

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.browser.camera import FOLDER, PHONE, TABLET, WIDE, Camera
from tests.browser.chromium import chromium
from tests.browser.recorder import settled
from tests.browser.sights import ASKED, DIAGRAM, LIBRARY, MODELS, PROMPTS, THINKING, seed
from tests.browser.wire import Wire
from tests.live_server import LiveSite, make_template, manage
from tests.process import ServerProcess
from tests.upstream.server import Upstream
from tests.upstream.threaded import threaded_upstream


def written(camera: Camera, path: str) -> None:
    """A conversation that is there, in every width and theme."""
    for name, size, options in (
        ("conversation", WIDE, {}),
        ("conversation-dark", WIDE, {"color_scheme": "dark"}),
        ("conversation-tablet", TABLET, {}),
        ("conversation-tablet-dark", TABLET, {"color_scheme": "dark"}),
        ("conversation-phone", PHONE, {}),
        ("conversation-phone-dark", PHONE, {"color_scheme": "dark"}),
        ("conversation-russian", WIDE, {"locale": "ru-RU"}),
        ("conversation-contrast", WIDE, {"contrast": "more"}),
        ("conversation-forced-colours", WIDE, {"forced_colors": "active"}),
        ("conversation-without-javascript", WIDE, {"java_script_enabled": False}),
    ):
        page = camera.page(path, size, **options)
        if options.get("java_script_enabled", True):
            expect(page.locator("scripta-message").last).to_be_visible()
            page.locator(".stage__scroll").evaluate("(stage) => { stage.scrollTop = 0 }")
            camera.take(page, name)
        else:
            page.screenshot(path=FOLDER / f"{name}.png")
            page.context.close()


def beside(camera: Camera, path: str) -> None:
    """The answers of two models to one question."""
    for name, size in (("columns", WIDE), ("columns-phone", PHONE)):
        page = camera.page(path, size)
        expect(page.locator(".turn--columns .prose")).to_have_count(2)
        camera.take(page, name)


def ended(camera: Camera, path: str) -> None:
    """Answers that were stopped, cut off, and refused."""
    for name, size, options in (
        ("endings", WIDE, {}),
        ("endings-phone", PHONE, {}),
        ("endings-tablet-dark", TABLET, {"color_scheme": "dark"}),
        ("endings-russian", TABLET, {"locale": "ru-RU"}),
    ):
        page = camera.page(path, size, **options)
        expect(page.locator(".ending")).to_have_count(3)
        camera.take(page, name)


def mirrored(camera: Camera, path: str) -> None:
    """Words that run from right to left, with others between them."""
    for name, size, options in (
        ("right-to-left", WIDE, {}),
        ("right-to-left-phone-dark", PHONE, {"color_scheme": "dark"}),
        ("right-to-left-forced-colours", TABLET, {"forced_colors": "active", "locale": "ru-RU"}),
    ):
        page = camera.page(path, size, **options)
        page.locator(".reasoning__summary").click()
        expect(page.locator(".reasoning__text")).to_be_visible()
        page.locator(".stage__scroll").evaluate("(stage) => { stage.scrollTop = 0 }")
        camera.take(page, name)


def refused(camera: Camera, path: str) -> None:
    """What does not work, and what the page says of it."""
    page = camera.page(path, TABLET, locale="ru-RU")
    wire = Wire(page)
    page.reload()
    wire.refuse_next("message.send")
    page.locator(".composer__text").fill(ASKED)
    page.locator(".composer__send").click()
    expect(page.locator(".notice-line")).to_be_visible()
    wire.is_down = True
    wire.cut()
    expect(page.locator(".banner__line")).to_be_visible()
    camera.take(page, "notice-and-banner-russian")


def opened(camera: Camera, path: str) -> None:
    """What opens over a conversation, or in it."""
    page = camera.page(path)
    page.locator(".message--user").hover()
    page.locator('.message--user [data-way="edit"]').click()
    expect(page.locator(".editor__text")).to_be_focused()
    camera.take(page, "editor")

    page = camera.page(path)
    page.locator(".figures").last.click()
    expect(page.locator(".figures__table")).to_be_visible()
    camera.take(page, "figures")

    answer = ".message--assistant"
    page = camera.page(path, TABLET)
    page.locator(f'{answer} [data-way="down"]').last.click()
    page.locator(".note textarea").fill("The pivot of the second picture is not the one in the text.")
    camera.take(page, "rating")

    page = camera.page(path, color_scheme="dark")
    page.locator(f'{answer} [data-way="more"]').last.click()
    page.get_by_role("menuitem", name="New conversation from here").click()
    expect(page.locator(".fork")).to_be_visible()
    camera.take(page, "fork")

    page = camera.page(path, PHONE)
    page.locator(".topbar__sidebar").tap()
    expect(page.locator(".sidebar__close")).to_be_focused()
    camera.take(page, "sidebar-phone")

    for name, keys, options in (
        ("preferences", "Control+Comma", {}),
        ("preferences-russian", "Control+Comma", {"locale": "ru-RU", "color_scheme": "dark"}),
        ("shortcuts", "Control+Slash", {}),
    ):
        page = camera.page(path, **options)
        expect(page.locator("scripta-message").first).to_be_visible()
        page.keyboard.press(keys)
        expect(page.get_by_role("dialog")).to_be_visible()
        camera.take(page, name)

    for name, size, options in (("settings", WIDE, {}), ("settings-phone-russian", PHONE, {"locale": "ru-RU"})):
        page = camera.page(path, size, **options)
        page.locator(".topbar__settings").click()
        expect(page.locator(".settings-panel")).to_be_visible()
        camera.take(page, name)


def composing(camera: Camera) -> None:
    """A new conversation and what its composer offers."""
    camera.take(camera.page("/"), "new")
    camera.take(camera.page("/", PHONE), "new-phone")
    page = camera.page("/", TABLET)
    page.locator(".topbar__temporary").click()
    expect(page.locator(".temporary__words")).to_be_visible()
    camera.take(page, "temporary")

    for name, options in (("too-long-phone", {}), ("too-long-phone-russian", {"locale": "ru-RU"})):
        page = camera.page("/", PHONE, **options)
        page.locator(".composer__text").fill("Слово и ещё слово. " * 2_000)
        expect(page.locator(".composer__count--over")).to_be_visible()
        camera.take(page, name)

    page = camera.page("/", WIDE, color_scheme="dark")
    page.locator(".composer__text").press_sequentially("/")
    expect(page.get_by_role("option")).to_have_count(len(PROMPTS) + 1)
    camera.take(page, "prompts")


def chosen(camera: Camera) -> None:
    """Some models, what they can do, and one whose service fails."""
    with threaded_upstream() as library:
        library.models = {"data": MODELS}
        camera.live.manage("shell", "-v", "0", "-c", LIBRARY.format(url=library.base_url.removesuffix("/v1")))
        library.script(status=500)
        page = camera.page("/")
        page.locator(".model-chip__choice").click()
        page.get_by_role("option", name="wren-2b").click()
        page.locator(".composer__text").fill("What would you call a small bird?")
        page.locator(".composer__send").click()
        expect(page.locator(".ending--failed")).to_be_visible()
        page.context.close()
        for name, size, options in (("models", WIDE, {}), ("models-phone", PHONE, {"color_scheme": "dark"})):
            page = camera.page("/", size, **options)
            page.locator(".model-chip__choice").click()
            expect(page.locator(".model-option__health--failing")).to_be_attached()
            camera.take(page, name)


def running(camera: Camera, service: Upstream, name: str, size: tuple[int, int]) -> None:
    """An answer on its way, with its reasoning, and what is queued behind it."""
    service.script(**THINKING)
    page = camera.page("/", size)
    page.locator(".composer__text").fill(ASKED)
    page.locator(".composer__send").click()
    expect(page.locator(".message--running .prose")).to_contain_text("factor of")
    page.locator(".composer__text").fill("And which of them would you try first?")
    page.locator(".composer__send").click()
    expect(page.get_by_role("button", name="Send now")).to_be_visible()
    camera.take(page, name)


def drawn(camera: Camera, service: Upstream) -> None:
    """A diagram, and a deletion that can be taken back; what ended elsewhere is marked as unread."""
    service.script(text=DIAGRAM, hold_after=3)
    page = camera.page("/", TABLET)
    page.locator(".composer__text").fill("How does water get back to the spring? Draw it, please.")
    page.locator(".composer__send").click()
    expect(page.locator(".message--running .prose")).to_contain_text("It goes")
    address = page.url
    page.locator(".sidebar__new").dispatch_event("click")
    expect(page.locator(".message")).to_have_count(0)
    service.go()
    item = page.locator(".list__item", has_text="How does water")
    expect(item.locator(".list__sign--unread")).to_be_attached()
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    camera.take(page, "unread")

    for name, size, options in (("diagram", TABLET, {}), ("diagram-phone-dark", PHONE, {"color_scheme": "dark"})):
        page = camera.page(urlsplit(address).path, size, **options)
        expect(page.locator(".code__diagram")).to_be_visible()
        camera.take(page, name)

    page = camera.page(urlsplit(address).path, TABLET)
    page.locator('.message--assistant [data-way="more"]').click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.locator(".toast__way")).to_be_visible()
    camera.take(page, "undo")


def outside(camera: Camera) -> None:
    """What stands before and beside the conversations."""
    camera.take(camera.page("/accounts/login/", user=None), "sign-in")
    camera.take(camera.page("/accounts/login/", PHONE, user=None, locale="ru-RU"), "sign-in-phone-russian")
    camera.take(camera.page("/nowhere/"), "not-found")
    camera.take(camera.page("/admin/", user="admin"), "administration")
    dark = {"locale": "ru-RU", "color_scheme": "dark"}
    camera.take(camera.page("/admin/chat/connection/", user="admin", **dark), "administration-russian-dark")
    camera.take(camera.page("/offline/", PHONE, color_scheme="dark"), "offline-phone-dark")


def enlarged(camera: Camera, path: str) -> None:
    """The largest letters, which alice keeps from then on."""
    page = camera.page(path)
    expect(page.locator("scripta-message").first).to_be_visible()
    page.keyboard.press("Control+Comma")
    page.get_by_role("radio", name="Large").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    camera.take(page, "large-text")


def first_start(browser: Browser, folder: Path) -> None:
    """The page behind the link that a new site prints."""
    var = folder / "var"
    assert manage(var, "prepare", "--no-weights").returncode == 0
    with ServerProcess(["manage.py", "serve", "--port", "0"], {"VAR_DIR": str(var)}, folder / "log") as server:
        (link,) = [word for word in server.announced.split() if "/setup/?token=" in word]
        page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
        page.goto(link)
        settled(page)
        page.screenshot(path=FOLDER / "setup.png")
        page.context.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as name,
        threaded_upstream() as service,
        chromium() as browser,
    ):
        folder = Path(name)
        live = LiveSite(folder / "site", make_template(folder / "template"))
        try:
            server = live.start()
            seeded = live.manage("shell", "-v", "0", "-c", seed(service.url))
            whole, columns, broken, both_ways = (f"/c/{id}/" for id in seeded.stdout.split())
            camera = Camera(browser, live, server.url)
            written(camera, whole)
            beside(camera, columns)
            ended(camera, broken)
            mirrored(camera, both_ways)
            opened(camera, whole)
            refused(camera, whole)
            composing(camera)
            running(camera, service, "running-and-queued", WIDE)
            running(camera, service, "running-and-queued-phone", PHONE)
            drawn(camera, service)
            outside(camera)
            chosen(camera)
            enlarged(camera, whole)
        finally:
            live.close()
        (folder / "new").mkdir()
        first_start(browser, folder / "new")


if __name__ == "__main__":
    main()
