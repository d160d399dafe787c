"""Tells what a model thinks from what it answers where a service sends one text: `<think>...</think>` comes first."""

from chat.providers.base import Reasoning

_CLOSINGS = {
    **{f"<{name}>": f"</{name}>" for name in ("think", "thinking", "thought", "reasoning")},
    "[THINK]": "[/THINK]",  # Magistral
    "◁think▷": "◁/think▷",  # Kimi
}
_LINE_ENDS = "\r\n"
_MARGIN = 1000  # characters of space before a tag; endless space would be looked through again at each chunk


class ThoughtSplitter:
    """Takes the text of an answer in any pieces. A tag is one only before the first content, later it is plain text.

    The tags belong to neither, nor do line ends right after them. A thought that is not closed ends with the answer.
    Once content has `begun`, nothing is looked at or held back any more.
    """

    __slots__ = ("_closing", "_held", "_is_after_tag", "begun")

    def __init__(self) -> None:
        self.begun = False
        self._held = ""  # may be the beginning of a tag, or the space before one
        self._closing = ""  # the tag that ends the thought which this is in
        self._is_after_tag = False

    def feed(self, text: str) -> list[str | Reasoning]:
        """What `text` and what was held back before are known to be."""
        if self.begun:
            return [text]
        self._held += text
        found: list[str | Reasoning] = []
        while self._skip_line_ends() and (self._leave(found) if self._closing else self._enter(found)):
            self._is_after_tag = True
        return found

    def finish(self) -> list[str | Reasoning]:
        """What was held back to the end."""
        held, self._held = self._held, ""
        if not held:
            return []
        return [Reasoning(held) if self._closing else held]

    def _skip_line_ends(self) -> bool:
        """Whether there is anything to look at."""
        if self._is_after_tag:
            self._held = self._held.lstrip(_LINE_ENDS)
            self._is_after_tag = not self._held
        return bool(self._held)

    def _enter(self, found: list[str | Reasoning]) -> bool:
        """Whether a thought begins here; else this is content, unless it may become a tag yet."""
        text = self._held.lstrip()
        if len(self._held) - len(text) > _MARGIN:
            found.append(self._held)
            self._held, self.begun = "", True
            return False
        for opening, closing in _CLOSINGS.items():
            if text.startswith(opening):
                self._held, self._closing = text[len(opening) :], closing
                return True
        if text and not any(opening.startswith(text) for opening in _CLOSINGS):
            found.append(self._held)
            self._held, self.begun = "", True
        return False

    def _leave(self, found: list[str | Reasoning]) -> bool:
        """Whether the thought ends here; what cannot be its closing tag any more is given out."""
        thought, tag, rest = self._held.partition(self._closing)
        if not tag:
            kept = _beginning_of(self._closing, thought)
            thought, rest = thought[: len(thought) - kept], thought[len(thought) - kept :]
        if thought:
            found.append(Reasoning(thought))
        self._held = rest
        if tag:
            self._closing = ""
        return bool(tag)


def _beginning_of(tag: str, text: str) -> int:
    """How many characters at the end of `text` may be the beginning of `tag`."""
    return next((size for size in range(min(len(tag) - 1, len(text)), 0, -1) if text.endswith(tag[:size])), 0)
