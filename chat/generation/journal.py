"""The text of one running answer, in the order it came, for any number of readers.

A position counts the code points appended so far, of all kinds together, so that every integer up to `position` is a
valid cursor however the deltas were cut. Appending costs the same whoever reads: no queue for a reader, no work for
a delta. Short deltas are merged into stretches, so that a million of them do not become a million objects.
"""

import asyncio
from bisect import bisect_right

from chat.shapes import Part

STRETCH = 1024  # code points; below it a delta is merged into the one before


class Journal:
    """Append-only record of a generation's deltas."""

    def __init__(self) -> None:
        self.position = 0
        self.ended = False
        self._starts: list[int] = []
        self._stretches: list[Part] = []
        self._waiting: list[asyncio.Future[None]] = []

    def append(self, kind: str, text: str) -> None:
        """Add an increment. Empty text is nothing."""
        if not text or self.ended:
            return
        last = self._stretches[-1] if self._stretches else None
        if last is not None and last.kind == kind and len(last.text) + len(text) <= STRETCH:
            self._stretches[-1] = Part(kind, last.text + text)
        else:
            self._starts.append(self.position)
            self._stretches.append(Part(kind, text))
        self.position += len(text)
        self._wake()

    def end(self) -> None:
        """Nothing follows. Readers that wait are woken."""
        self.ended = True
        self._wake()

    def since(self, position: int, until: int | None = None) -> list[Part]:
        """The text from `position` up to `until` (default: all), neighbours of one kind joined.

        Raises ValueError for a position that the journal has not reached.
        """
        until = self.position if until is None else until
        if not 0 <= position <= until <= self.position:
            raise ValueError(f"{position} to {until} is not within 0 to {self.position}")
        joined: list[tuple[str, list[str]]] = []
        index = max(bisect_right(self._starts, position) - 1, 0)
        while index < len(self._starts) and self._starts[index] < until:
            start, part = self._starts[index], self._stretches[index]
            text = part.text[max(position - start, 0) : until - start]
            if text and joined and joined[-1][0] == part.kind:
                joined[-1][1].append(text)
            elif text:
                joined.append((part.kind, [text]))
            index += 1
        return [Part(kind, "".join(texts)) for kind, texts in joined]

    def text(self, kind: str) -> str:
        """All text of one kind."""
        return "".join(part.text for part in self._stretches if part.kind == kind)

    async def news(self, position: int) -> None:
        """Return when there is text after `position`, or when nothing follows."""
        while self.position <= position and not self.ended:
            waiter = asyncio.get_running_loop().create_future()
            self._waiting.append(waiter)
            await waiter

    def _wake(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for waiter in waiting:
                if not waiter.done():
                    waiter.set_result(None)
