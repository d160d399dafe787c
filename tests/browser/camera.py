"""Takes the pictures of docs/screenshots/."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.recorder import settled
from tests.live_server import LiveSite
from tests.process import ROOT

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
        if page.locator(".model-picker").count() and options.get("java_script_enabled", True):
            expect(page.locator(".model-chip__choice").first).to_be_visible()
        return page

    def take(self, page: Page, name: str) -> None:
        """Keep what is seen, once it is drawn and the fonts are there; the page is done then."""
        page.evaluate("() => document.fonts.ready.then(() => null)")
        settled(page)
        page.screenshot(path=FOLDER / f"{name}.png")
        page.context.close()
