"""The scripted service itself: both wires on one loopback port, in the test's own loop or a process of its own."""

import json
import ssl
from collections import Counter, deque
from dataclasses import replace
from typing import Any, Self

from aiohttp import web

from tests.upstream.player import play
from tests.upstream.record import Answer
from tests.upstream.script import Script
from tests.upstream.wires import AiChatOnlineWire, OpenAIWire, Wire

MODELS = {"object": "list", "data": [{"id": "scripted-1", "object": "model"}, {"id": "scripted-2", "object": "model"}]}


class Upstream:
    """`async with Upstream() as upstream`; `upstream.answers` is its record, oldest first."""

    def __init__(self, *, delay_ms: float = 0.0, ssl_context: ssl.SSLContext | None = None) -> None:
        self.answers: deque[Answer] = deque(maxlen=20_000)
        self.requests: deque[tuple[str, str, dict[str, str]]] = deque(maxlen=20_000)  # method, path with query, headers
        self.models: Any = MODELS
        self.token: Any = {"code": 200, "data": "scripted-unique-id"}
        self.token_script = Script()
        self._default = Script(delay_ms=delay_ms)
        self._programmed: Script | None = None
        self._failures: Counter[str] = Counter()
        self._ssl = ssl_context
        self._runner: web.AppRunner | None = None
        self.port = 0

    def script(self, **fields: Any) -> None:
        """What the answers from now on do, unless their message says otherwise; without fields, the usual."""
        self._programmed = Script.from_fields(fields) if fields else None
        self._failures.clear()

    @property
    def url(self) -> str:
        """The root, without a trailing slash."""
        return f"{'https' if self._ssl else 'http'}://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """For OpenAICompatible."""
        return f"{self.url}/v1"

    @property
    def last(self) -> Answer:
        return self.answers[-1]

    def go(self) -> None:
        """Let every answer so far that holds, or is yet to hold, go on."""
        for answer in self.answers:
            answer.gate.set()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/v1/chat/completions", self._completions)
        app.router.add_get("/v1/models", self._models)
        app.router.add_get("/api/v1/user/getUniqueId", self._unique_id)
        app.router.add_post("/aichatonline/api/chat/gpt", self._aichatonline)
        app.router.add_get("/_log", self._log)
        app.router.add_delete("/_log", self._clear)
        app.router.add_get("/_end", self._end)
        app.router.add_post("/_go", self._go)
        app.router.add_post("/_script", self._program)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, ssl_context=self._ssl)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *exc_info: object) -> None:
        await self.stop()

    async def _completions(self, request: web.Request) -> web.StreamResponse:
        body = await self._note(request).json()
        script = self._choose(_last_user_content(body.get("messages") or []))
        if refused := [name for name in script.refuse_fields if name in body]:
            detail = {"detail": [{"loc": ["body", refused[0]], "msg": "Extra inputs are not permitted"}]}
            script = replace(script, status=400, body=json.dumps(detail))
        return await self._play(request, script, OpenAIWire(script, str(body.get("model"))), body)

    async def _aichatonline(self, request: web.Request) -> web.StreamResponse:
        body = await self._note(request).json()
        prompt = str(body.get("prompt", ""))
        if not prompt.startswith("!") and "\nAssistant:" in prompt:
            prompt = prompt.rpartition("User: ")[2].partition("\nAssistant:")[0]
        script = self._choose(prompt)
        return await self._play(request, script, AiChatOnlineWire(script), body)

    async def _play(self, request: web.Request, script: Script, wire: Wire, body: Any) -> web.StreamResponse:
        answer = Answer(wire.name, dict(request.headers), body, _peer(request))
        self.answers.append(answer)
        return await play(request, script, wire, answer)

    async def _unique_id(self, request: web.Request) -> web.StreamResponse:
        self._note(request)
        script = self.token_script
        if script != Script():
            answer = Answer("token", dict(request.headers), None)
            return await play(request, self._counted(script, "token"), AiChatOnlineWire(script), answer)
        return web.json_response(self.token)

    async def _models(self, request: web.Request) -> web.Response:
        self._note(request)
        return web.json_response(self.models)

    async def _log(self, request: web.Request) -> web.Response:
        return web.json_response([answer.as_dict() for answer in self.answers])

    async def _clear(self, request: web.Request) -> web.Response:
        self.answers.clear()
        return web.json_response({})

    async def _end(self, request: web.Request) -> web.Response:
        """How the last answer ended, once it has."""
        return web.json_response(await self.last.wait_ended())

    async def _go(self, request: web.Request) -> web.Response:
        self.go()
        return web.json_response({})

    async def _program(self, request: web.Request) -> web.Response:
        self.script(**await request.json())
        return web.json_response({})

    def _note(self, request: web.Request) -> web.Request:
        self.requests.append((request.method, str(request.rel_url), dict(request.headers)))
        return request

    def _choose(self, content: str) -> Script:
        asked = Script.from_message(content)
        return self._counted(asked or self._programmed or self._default, content if asked else "")

    def _counted(self, script: Script, key: str) -> Script:
        if script.fail_times is None:
            return script
        self._failures[key] += 1
        over = self._failures[key] > script.fail_times
        return replace(script, status=200, hang_up=False, fail_times=None) if over else script


def _peer(request: web.Request) -> int:
    name = request.transport.get_extra_info("peername") if request.transport else None
    return int(name[1]) if name else 0


def _last_user_content(messages: list[dict[str, Any]]) -> str:
    """The last question, also where it stands below others that nobody has answered."""
    contents = [message.get("content") for message in messages if message.get("role") == "user"]
    content = contents[-1] if contents and isinstance(contents[-1], str) else ""
    return content.rpartition("\n\n")[2] if "\n\n!" in f"\n\n{content}" else content
