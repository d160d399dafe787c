"""Whether an answer that was continued is what several requests sent: each says in its body what it continues."""

from collections.abc import Iterable
from os.path import commonprefix

from chat.generation.context import GO_ON
from tests.upstream.record import Answer


def is_chain(text: str, question: str, answers: Iterable[tuple[Answer, str]], length: int) -> bool:
    """Whether `text` is made of so many beginnings of answers, each continuing exactly what was there before it.

    `answers` are the service's records with their text as it can be stored.
    """
    pieces = [(given, sent) for answer, sent in answers if (given := _continued(answer, question)) is not None]
    ends = {0}  # where the text so far may end
    for _ in range(length):
        ends = {
            end
            for given, sent in pieces
            if len(given) in ends and text.startswith(given)
            for end in range(len(given), len(given) + _agreement(sent, text, len(given)) + 1)
        } | ({0} & ends)  # a generation that failed before its request has no record
    return len(text) in ends


def asks(content: str, question: str) -> bool:
    """Whether what somebody says last in a request is this question, alone or below others without an answer."""
    return f"\n\n{content}".endswith(f"\n\n{question}")


def _continued(answer: Answer, question: str) -> str | None:
    """The text that a request asked to go on from: none for the question itself; None when it is another's."""
    messages = answer.body.get("messages", []) if isinstance(answer.body, dict) else []
    said = [(message.get("role", "user"), str(message["content"])) for message in messages]
    if said and said[-1] == ("user", GO_ON):
        said.pop()
    if said and said[-1][0] == "user" and asks(said[-1][1], question):
        return ""
    if len(said) > 1 and said[-1][0] == "assistant" and asks(said[-2][1], question):
        return said[-1][1]
    return None


def _agreement(sent: str, text: str, start: int) -> int:
    return len(commonprefix([sent, text[start:]]))  # noqa: RUF071 - of strings, not of paths
