"""The two wires as bytes: how a delta, an error, noise and an end look on each."""

import json
from typing import Any

from tests.upstream.script import Script


class OpenAIWire:
    """Server-sent events of chat completion chunks."""

    name = "openai"
    content_type = "text/event-stream"

    def __init__(self, script: Script, model: str) -> None:
        self._script = script
        self._model = model
        self._count = 0

    def delta(self, text: str) -> bytes:
        self._count += 1
        return self._choice({"content": text})

    def reasoning(self, text: str) -> bytes:
        return self._choice({self._script.reasoning_field: text})

    def noise(self) -> bytes:
        return (
            b": keep-alive\n\n"
            + self._choice({"tool_calls": [{"index": 0, "function": {"name": "rm", "arguments": "{}"}}]})
            + self._event({"choices": [], "x_unknown": {"deep": [1, None]}})
            + self._event({"type": "execute", "code": "planted()", "choices": [{"delta": {"execute": "planted()"}}]})
            + b'event: execute\ndata: {"code": "planted()"}\n\n'
            + b"id: 7\nretry: 10\n\n"
        )

    def odd(self) -> bytes:
        return b'data: {"choices": [{"delta": {"content": "bro\n\n'

    def error(self, error: Any) -> bytes:
        return self._event({"error": error})

    def comment(self) -> bytes:
        return b": still there\n\n"

    def end(self) -> list[bytes]:
        frames = []
        if not self._script.no_finish:
            frames.append(
                self._event(self._chunk({"index": 0, "delta": {}, "finish_reason": self._script.finish_reason}))
            )
        if self._script.usage:
            frames.append(self._event(self._chunk() | {"usage": self._usage()}))
        if not self._script.no_end_mark:
            frames.append(b"data: [DONE]\n\n")
        return frames

    def document(self, text: str) -> bytes:
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        return json.dumps(self._chunk(choice) | {"usage": self._usage()}, indent=2).encode()

    def _choice(self, delta: dict[str, Any]) -> bytes:
        return self._event(self._chunk({"index": 0, "delta": delta, "finish_reason": None}))

    def _chunk(self, *choices: dict[str, Any]) -> dict[str, Any]:
        kind = "chat.completion.chunk"
        return {"id": "c-1", "object": kind, "created": 1, "model": self._model, "choices": list(choices)}

    def _usage(self) -> dict[str, int]:
        return {"prompt_tokens": 7, "completion_tokens": self._count, "total_tokens": 7 + self._count}

    def _event(self, value: Any) -> bytes:
        # Unescaped where possible, so that characters can be cut; escaped where they cannot be encoded.
        try:
            return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()
        except UnicodeEncodeError:
            return f"data: {json.dumps(value)}\n\n".encode()


class AiChatOnlineWire:
    """Lines of JSON with the text under `data.message`, and no end mark."""

    name = "aichatonline"
    content_type = "application/json"

    def __init__(self, script: Script) -> None:
        self._script = script

    def delta(self, text: str) -> bytes:
        return self._line({"code": 200, "data": {"message": text}})

    def reasoning(self, text: str) -> bytes:
        return b""

    def noise(self) -> bytes:
        return b"\n" + self._line({"code": 200, "data": {"message": "", "extra": [1], "execute": "planted()"}})

    def odd(self) -> bytes:
        return b'{"data": {"message": "bro\n'

    def error(self, error: Any) -> bytes:
        return self._line({"code": 500, "error": error})

    def comment(self) -> bytes:
        return b"\n"

    def end(self) -> list[bytes]:
        return []

    def document(self, text: str) -> bytes:
        return self.delta(text).rstrip()

    def _line(self, value: Any) -> bytes:
        try:
            return f"{json.dumps(value, ensure_ascii=False)}\n".encode()
        except UnicodeEncodeError:
            return f"{json.dumps(value)}\n".encode()


Wire = OpenAIWire | AiChatOnlineWire
