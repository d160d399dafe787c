"""Reads the chat completions dialect: events and documents in, chunks of an answer out. No I/O."""

import json
from collections.abc import Iterator
from typing import Any

from chat.providers import errors, faults
from chat.providers.base import Chunk, FinishReason, Reasoning, Usage
from chat.providers.prompts import content_text
from chat.providers.streams import NotJson, ServerSentEvent, ServerSentEvents, clean_text, decode_json

END_MARK = "[DONE]"
_SPACE = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"


class CompletionReader:
    """Reads one answer, streamed or whole: a server that ignores `stream` sends a document instead of events.

    `done` is set by the end mark. `finish` says whether the answer was one: raises IncompleteError where neither the
    mark nor a finish reason came, BadResponseError where nothing could be read, EmptyAnswerError where it is empty.
    """

    def __init__(self, limit: int, secrets: tuple[str | None, ...] = ()) -> None:
        self.done = False
        self.odd = 0
        self._limit, self._secrets = limit, secrets
        self._start = b""
        self._document: bytearray | None = None
        self._events: ServerSentEvents | None = None
        self._usage: Usage | None = None
        self._finish_reason: str | None = None
        self._good = False
        self._said = False
        self._first_odd = ""

    def feed(self, data: bytes) -> Iterator[Chunk]:
        """The chunks that `data` completes; raises the typed error of an `error` object among them."""
        if self._events is None and self._document is None:
            data = self._start + data
            if not self._recognise(data):
                self._start = data if _BOM.startswith(data) else b""
                return
        if self._document is not None:
            self._document += data
            if len(self._document) > self._limit:
                raise errors.TooLargeError
        elif self._events is not None:
            yield from self._read_events(self._events.feed(data))

    def finish(self) -> Iterator[Chunk]:
        """What was left at the end of the body, then the usage; raises where it was no complete answer."""
        if self._document is not None:
            yield from self._read(decode_json(self._document.decode("utf-8", "replace")))
        elif self._events is not None and not self.done:
            yield from self._read_events(self._events.finish())
        if not self._good and self._first_odd:
            raise errors.BadResponseError(excerpt=self._first_odd, secrets=self._secrets)
        if not self.done and self._finish_reason is None:
            raise errors.IncompleteError
        if not self._said:
            raise self._nothing_said()
        if self._usage is not None:
            yield self._usage

    def _recognise(self, data: bytes) -> bool:
        """Tells a document from events by the first byte that is no space; False where none has come yet."""
        if len(data) < len(_BOM) and _BOM.startswith(data):
            return False
        first = data.removeprefix(_BOM).lstrip(_SPACE)[:1]
        if not first:
            return False
        if first in b"{[":
            self._document = bytearray()
        elif first == b"<":
            page = data[:2000].decode("utf-8", "replace")
            raise errors.BadResponseError(excerpt=page, secrets=self._secrets)
        else:
            self._events = ServerSentEvents(self._limit)
        return True

    def _read_events(self, events: list[ServerSentEvent]) -> Iterator[Chunk]:
        for event in events:
            if self.done:
                return
            if event.data.strip() == END_MARK:
                self.done = True
                return
            value = decode_json(event.data)
            if event.event == "error" and not (isinstance(value, dict) and value.get("error")):
                value = {"error": event.data if isinstance(value, NotJson) else value}
            yield from self._read(value)

    def _read(self, value: Any) -> Iterator[Chunk]:
        if not isinstance(value, dict):
            self._note_odd(value)
            return
        error = value if value.get("object") == "error" else value.get("error")
        if error:
            raise faults.from_error_object(error, self._secrets)
        usage = value.get("usage")
        if isinstance(usage, dict):
            self._usage = Usage.from_mapping(usage)
        choices = value.get("choices")
        if not isinstance(choices, list):
            if usage is None:
                self._note_odd(value)
            return
        self._good = True
        for choice in choices[:1]:
            if isinstance(choice, dict):
                yield from self._read_choice(choice)

    def _read_choice(self, choice: dict[str, Any]) -> Iterator[Chunk]:
        delta = choice.get("delta") or choice.get("message")
        if isinstance(delta, dict):
            reasoning = delta.get("reasoning_content") or delta.get("reasoning")
            if isinstance(reasoning, str) and reasoning:
                self._said = True
                yield Reasoning(clean_text(reasoning))
            if content := content_text(delta.get("content")):
                self._said = True
                yield clean_text(content)
        reason = choice.get("finish_reason")
        if isinstance(reason, str) and reason and self._finish_reason is None:
            self._finish_reason = clean_text(reason)
            if self._said:
                yield FinishReason(self._finish_reason)

    def _note_odd(self, value: Any) -> None:
        self.odd += 1
        if not self._first_odd:
            self._first_odd = value.text if isinstance(value, NotJson) else json.dumps(value, ensure_ascii=False)

    def _nothing_said(self) -> errors.ProviderError:
        if self._finish_reason == "content_filter":
            return errors.RefusedError(
                "The service's content filter held the answer back. Put the question differently."
            )
        if self._finish_reason == "length":
            return errors.EmptyAnswerError(
                "The model used up its limit of tokens before saying anything. Raise the limit."
            )
        return errors.EmptyAnswerError()
