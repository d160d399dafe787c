"""`make screenshots`: the page in its main states, as docs/screenshots/ shows them, from a real server."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import chromium
from tests.browser.recorder import settled
from tests.browser.sights import ASKED, THINKING, seed
from tests.live_server import LiveSite, make_template
from tests.process import ROOT
from tests.upstream.server import Upstream
from tests.upstream.threaded import threaded_upstream

FOLDER = ROOT / "docs" / "screenshots"
WIDE, TABLET, PHONE = (1440, 900), (768, 1024), (360, 740)


class Camera:
    """Opens pages as alice and keeps pictures of them."""

    def __init__(self, browser: Browser, live: LiveSite, url: str) -> None:
        self.browser, self.live, self.url = browser, live, url

    def page(self, path: str, size: tuple[int, int] = WIDE, *, user: str | None = "alice", **options: object) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = self.browser.new_context(
            base_url=self.url, viewport=viewport, has_touch=size == PHONE, reduced_motion="reduce", **options
        )
        if user:
            _, session = self.live.cookie(user)["Cookie"].split("=", 1)
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        page = context.new_page()
        page.goto(path)
        return page

    def take(self, page: Page, name: str) -> None:
        """Keep what is seen, once it is drawn and the fonts are there; the page is done then."""
        page.evaluate("() => document.fonts.ready.then(() => null)")
        settled(page)
        page.screenshot(path=FOLDER / f"{name}.png")
        page.context.close()


def written(camera: Camera, path: str) -> None:
    """A conversation that is there, in every width and theme."""
    for name, size, options in (
        ("conversation", WIDE, {}),
        ("conversation-dark", WIDE, {"color_scheme": "dark"}),
        ("conversation-tablet", TABLET, {}),
        ("conversation-phone", PHONE, {}),
        ("conversation-phone-dark", PHONE, {"color_scheme": "dark"}),
        ("conversation-russian", WIDE, {"locale": "ru-RU"}),
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


def running(camera: Camera, service: Upstream) -> None:
    """An answer on its way, with its reasoning, and what is queued behind it."""
    service.script(**THINKING)
    page = camera.page("/")
    page.locator(".composer__text").fill(ASKED)
    page.locator(".composer__send").click()
    expect(page.locator(".message--running .prose")).to_contain_text("factor of")
    page.locator(".composer__text").fill("And which of them would you try first?")
    page.locator(".composer__send").click()
    expect(page.locator(".queue")).to_be_visible()
    camera.take(page, "running-and-queued")


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
            camera = Camera(browser, live, server.url)
            written(camera, f"/c/{seeded.stdout.strip()}/")
            camera.take(camera.page("/"), "new")
            camera.take(camera.page("/", PHONE), "new-phone")
            camera.take(camera.page("/", user=None), "sign-in")
            camera.take(camera.page("/nowhere/"), "not-found")
            running(camera, service)
        finally:
            live.close()


if __name__ == "__main__":
    main()
