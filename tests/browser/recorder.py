"""Notes what must not happen in a page or its frames: violations of its policy, hostile text that runs, uncaught
errors, requests to anywhere else.
"""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, WebError

POLICY = "policy violated:"
HARM = "harm was done:"
INLINE = (
    "Executing inline event handler", "Applying inline style", f"{POLICY} script-src-attr", f"{POLICY} style-src-attr",
)  # fmt: skip
WATCH = f"""
addEventListener("securitypolicyviolation", (event) =>
  console.error("{POLICY}", event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample));
globalThis.harm = () => {{
  globalThis.harmed = true;
  console.error("{HARM}", location.href);
}};"""
"""Runs in every frame before anything of its own. Hostile texts call `harm()` where they would run."""


class Recorder:
    """Listens to every page of a context. `faults` are plain lines; a test that expects some takes them out."""

    def __init__(self, context: BrowserContext, site: str):
        self.faults: list[str] = []
        self._host = urlsplit(site).netloc
        context.add_init_script(WATCH)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("dialog", self._dialog)

    def take(self) -> list[str]:
        """What was noted; from now on it is forgotten."""
        faults, self.faults = self.faults, []
        return faults

    def _console(self, message: ConsoleMessage) -> None:
        marks = (POLICY, HARM, "Content Security Policy")
        if message.type == "error" and any(mark in message.text for mark in marks):
            self.faults.append(f"{message.text} at {message.location['url']}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self._host:
            self.faults.append(f"request elsewhere: {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":  # the page's own: it keeps what is not sent yet
            dialog.accept()
            return
        self.faults.append(f"a dialog: {dialog.message}")
        dialog.dismiss()


def is_parsed_only(fault: str, library: str) -> bool:
    """Whether a sanitiser in this library met a handler or a style in a document of its own, where nothing can run.

    Chromium holds the page's policy against what `DOMParser` reads, too. What runs is another fault: `HARM`.
    """
    return fault.startswith(INLINE) and library in fault


def settled(page: Page) -> None:
    """Return once what the page has begun so far is drawn, and its console messages have arrived."""
    page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))")
