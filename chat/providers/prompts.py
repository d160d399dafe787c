"""Writes a conversation as one text, for services that take a prompt instead of messages."""

from typing import Any

from chat.providers.base import Messages
from chat.providers.errors import MisconfiguredError


def format_prompt(messages: Messages) -> str:
    """A single message's content alone; several as a line `Role: content` each, and a last line `Assistant:`."""
    if not messages:
        raise MisconfiguredError("There is no message to send.")
    if len(messages) == 1:
        return content_text(messages[0].get("content"))
    lines = [
        f"{str(message.get('role', '')).capitalize()}: {content_text(message.get('content'))}" for message in messages
    ]
    return "\n".join([*lines, "Assistant:"])


def content_text(content: Any) -> str:
    """The text of a message's or a delta's content: a string, or a list of parts of which the text ones count."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = (part.get("text") for part in content if isinstance(part, dict) and part.get("type") in ("text", None))
    return "".join(text for text in texts if isinstance(text, str))
