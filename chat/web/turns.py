"""The visible branch as the page shows it without JavaScript: turns, columns, and what each answer took, in words."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from chat.history.tree import Branch
from chat.shapes import GenerationInfo, MessageInfo
from chat.web.problems import problem
from chat.web.sources import Piece, pieces

Turn = list["Shown"]
"""What stands side by side: a message, or the answers of several models."""


@dataclass(frozen=True)
class Shown:
    """A message with its footer; `problem` is why its answer failed, `chosen` the column that goes on."""

    message: MessageInfo
    figures: list[str]
    problem: str | None
    chosen: bool = False

    @property
    def content(self) -> list[Piece]:
        """The source, in pieces."""
        return pieces(self.message.content)

    @property
    def reasoning(self) -> list[Piece]:
        return pieces(self.message.reasoning)


def turns_of(branch: Branch) -> list[Turn]:
    """The messages of a page of the branch, those of one turn together."""
    grouped = groupby(branch.messages, key=lambda message: (message.parent_id, message.turn_id))
    followed = {message.parent_id for message in branch.messages} | {branch.conversation.head_id}
    return [[_shown(message, followed) for message in turn] for _, turn in grouped]


def _shown(message: MessageInfo, followed: set[object]) -> Shown:
    figures = _figures(message.generation) if message.generation else []
    if message.revised:
        figures.append(gettext("edited"))
    failure = message.generation and message.generation.error
    reason = problem(failure) if failure else None
    return Shown(message, figures, reason, message.id in followed)


def _figures(generation: GenerationInfo) -> list[str]:
    """The connection that answered, times and tokens, and what was left out; only what is known."""
    timings, usage = generation.timings, generation.usage
    figures = [generation.connection] if generation.connection else []
    if timings.first_delta_ms is not None:
        figures.append(gettext("first words after %(time)s") % {"time": _time(timings.first_delta_ms)})
    if timings.reasoning_ms is not None:
        figures.append(gettext("%(time)s of reasoning") % {"time": _time(timings.reasoning_ms)})
    if timings.duration_ms is not None:
        figures.append(gettext("%(time)s in all") % {"time": _time(timings.duration_ms)})
    if usage.output_tokens is not None:
        count = usage.output_tokens
        figures.append(ngettext("%(count)s token", "%(count)s tokens", count) % {"count": _number(count)})
    if omitted := generation.omitted_messages:
        words = ngettext("%(count)s earlier message left out", "%(count)s earlier messages left out", omitted)
        figures.append(words % {"count": _number(omitted)})
    return figures


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)


def _time(milliseconds: int) -> str:
    if milliseconds < 1000:
        return gettext("%(count)s ms") % {"count": milliseconds}
    return gettext("%(count)s s") % {"count": number_format(milliseconds / 1000, 1)}
