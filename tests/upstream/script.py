"""What the scripted service does for one answer, and how a message asks for it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

DEFAULT_TEXT = """## A short answer

A river finds the sea by *going downhill*, one small decision at a time. Three things help it along:

1. **Slope** gives it direction.
2. **Rain** gives it strength.
3. **Time** gives it everything else.

```python
def flow(height):
    while height > 0:
        height -= 1
    return "море 🌊"
```

| river | length |
|:------|-------:|
| Nile  | 6,650 km |
| Волга | 3,530 km |

> “No man ever steps in the same river twice.”
"""

KEYWORDS: dict[str, dict[str, Any]] = {
    "slow": {"delay_ms": 200},
    "stall": {"stall_after": 3},
    "reset": {"reset_after": 3},
    "cut": {"eof_after": 3},
    "html": {"html": True},
    "busy": {"status": 429, "headers": {"Retry-After": "20"}},
    "broken": {"status": 500},
    "think": {"reasoning": "First I look at the question. Then I look again.", "delay_ms": 20},
    "muse": {"reasoning": "I look at the question, and at nothing else.", "pieces": []},
    "forever": {"drip": "deltas", "delay_ms": 100},
    "empty": {"pieces": []},
}


@dataclass(slots=True)
class Script:
    """One answer. Counts (`stall_after` ...) are of content deltas sent before it happens."""

    text: str = DEFAULT_TEXT
    pieces: list[str] | None = None
    chunks: int | None = None  # this many deltas, cut from the text or made of numbered words
    delay_ms: float = 0.0  # between deltas, on a fixed beat
    first_delay_ms: float = 0.0
    split: str = ""  # "bytes": every byte of the wire is a write of its own
    newline: str = "\n"
    gzip: bool = False
    stamp: bool = False  # every delta begins with its time in ns since the epoch

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    fail_times: int | None = None  # after so many failures, answer
    html: bool = False
    stall_headers: bool = False
    refuse_fields: list[str] = field(default_factory=list)  # 400 to a request that has one of them
    hang_up: bool = False  # close without a word

    hold_after: int | list[int] | None = None  # each time until the test lets it go on: `upstream.go()`, or `POST /_go`
    stall_after: int | None = None
    reset_after: int | None = None
    eof_after: int | None = None
    error_after: int | None = None
    error_event: Any = None
    odd_after: int | None = None  # one line of broken JSON among good ones
    bad_json: bool = False  # nothing but broken JSON
    noise: bool = False  # comments, tool calls, unknown events and fields around the deltas
    drip: str = ""  # for ever: "deltas" or "comments"
    no_end_mark: bool = False
    no_finish: bool = False
    cut_line: bool = False  # the body ends in the middle of a line

    long_line: int = 0  # one delta of so many characters comes first
    gzip_bomb: int = 0  # megabytes of one line
    reasoning: str = ""
    reasoning_field: str = "reasoning_content"
    finish_reason: str = "stop"
    usage: bool = True
    document: bool = False  # ignore `stream`, answer with one JSON document

    @classmethod
    def from_fields(cls, values: dict[str, Any]) -> "Script":
        """A script from the known fields in `values`; an unknown one is a mistake of the test."""
        unknown = values.keys() - {each.name for each in fields(cls)}
        if unknown:
            raise ValueError(f"unknown in a script: {', '.join(sorted(unknown))}")
        return cls(**values)

    @classmethod
    def from_message(cls, content: str) -> "Script | None":
        """The script in a message `!{...}` (JSON) or `!keyword`; None where it has none."""
        if not content.startswith("!"):
            return None
        command = content[1:].strip()
        if command.startswith("{"):
            return cls.from_fields(json.loads(command))
        return cls.from_fields(KEYWORDS[command]) if command in KEYWORDS else None

    @property
    def holds(self) -> list[int | None]:
        """Each count of `hold_after`."""
        return [*self.hold_after] if isinstance(self.hold_after, list) else [self.hold_after]

    def deltas(self) -> Iterator[str]:
        """The content, cut into deltas."""
        if self.long_line:
            yield "long" * (self.long_line // 4)
        if self.pieces is not None:
            yield from self.pieces
        elif self.chunks is None:
            yield from re.findall(r"\s*\S+\s*?(?=\s|$)|\s+$", self.text)
        elif self.text is DEFAULT_TEXT or self.text == DEFAULT_TEXT:
            yield from (f"word{number} " for number in range(self.chunks))
        else:
            size = max(1, -(-len(self.text) // self.chunks))
            yield from (self.text[start : start + size] for start in range(0, len(self.text), size))
        while self.drip == "deltas":
            yield "drop "
