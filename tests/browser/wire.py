"""A page's socket with somebody in the middle, who cuts it, holds frames back and answers in the server's place."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

Frame = dict[str, Any]

CUT = 4000  # as good as any: the page knows only the codes of its own server
FAULT = ("server.error", "Something went wrong on this server. Try again.")
ADDRESS = re.compile(r"/ws/$")


class Wire:
    """Passes frames on in both directions. Make it before the page goes where its socket begins.

    `on_command` and `on_event` see each frame before it passes, and return False to keep it back. While `is_down`,
    nobody gets through; `restore` ends that. `sockets` counts those that did.
    """

    def __init__(self, page: Page) -> None:
        self.commands: list[Frame] = []
        self.is_down = False
        self.sockets = 0
        self.on_command: Callable[[Frame], bool | None] = lambda frame: None
        self.on_event: Callable[[Frame], bool | None] = lambda frame: None
        self._page = page
        self._route: WebSocketRoute | None = None
        self._server: WebSocketRoute | None = None
        page.route_web_socket(ADDRESS, self._connect)

    def cut(self) -> None:
        """End the connection; the page tries again by itself."""
        assert self._route is not None
        route, self._route = self._route, None
        route.close(code=CUT)

    def restore(self) -> None:
        """Let the page through again, and tell it so: it need not wait for its next try."""
        self.is_down = False
        self._page.evaluate("() => dispatchEvent(new Event('online'))")

    def pass_on(self, command: Frame) -> None:
        """Give the server a command that was kept back."""
        assert self._server is not None
        self._server.send(json.dumps(command))

    def answer(self, event: Frame) -> None:
        """Tell the page something in the server's place."""
        assert self._route is not None
        self._route.send(json.dumps(event))

    def refuse(self, command: Frame, code: str, message: str) -> None:
        """Refuse a command in the server's place."""
        self.answer({"type": "error", "code": code, "message": message, "request_id": command["request_id"]})

    def keep(self, kind: str) -> list[Frame]:
        """Keep commands of a type back from now on; they are in the list as they come."""
        kept: list[Frame] = []
        self.on_command = lambda command: kept.append(command) or False if command["type"] == kind else None
        return kept

    def refuse_next(self, kind: str, times: int = 1) -> None:
        """Refuse the next commands of a type, in the server's place, with FAULT."""
        left = [FAULT] * times

        def refuse(command: Frame) -> bool | None:
            if command["type"] != kind or not left:
                return None
            self.refuse(command, *left.pop())
            return False

        self.on_command = refuse

    def wait_for(self, frames: Callable[[], object]) -> None:
        """Return once `frames()` is true; the page goes on meanwhile."""
        for _ in range(1000):
            if frames():
                return
            self._page.wait_for_timeout(10)
        raise AssertionError("it did not come")

    def of(self, kind: str) -> list[Frame]:
        """The commands of a type that the page has sent, whether or not they passed."""
        return [command for command in self.commands if command["type"] == kind]

    def _connect(self, route: WebSocketRoute) -> None:
        if self.is_down:
            route.close(code=CUT)
            return
        self.sockets += 1
        self._route = route
        self._server = server = route.connect_to_server()
        route.on_message(lambda text: self._command(server, text))
        server.on_message(lambda text: self._event(route, text))

    def _command(self, server: WebSocketRoute, text: str | bytes) -> None:
        frame = json.loads(text)
        self.commands.append(frame)
        if self.on_command(frame) is not False:
            server.send(text)

    def _event(self, route: WebSocketRoute, text: str | bytes) -> None:
        if route is self._route and self.on_event(json.loads(text)) is not False and route is self._route:
            route.send(text)
