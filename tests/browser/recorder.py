"""Notes what must not happen in a page: violations of its policy, uncaught errors, requests to anywhere else."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError

MARK = "policy violated:"
LISTENER = f"""addEventListener("securitypolicyviolation", (event) =>
  console.error("{MARK}", event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample))"""


class Recorder:
    """Listens to every page of a context. `faults` are plain lines; a test that expects some takes them out."""

    def __init__(self, context: BrowserContext, site: str):
        self.faults: list[str] = []
        self._host = urlsplit(site).netloc
        context.add_init_script(LISTENER)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def take(self) -> list[str]:
        """What was noted; from now on it is forgotten."""
        faults, self.faults = self.faults, []
        return faults

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and (MARK in message.text or "Content Security Policy" in message.text):
            self.faults.append(message.text)

    def _error(self, error: WebError) -> None:
        self.faults.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self._host:
            self.faults.append(f"request elsewhere: {request.url}")


def settled(page: Page) -> None:
    """Return once what the page has begun so far is drawn, and its console messages have arrived."""
    page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))")
