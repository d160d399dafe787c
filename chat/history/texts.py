"""What a text has to be so that it can be stored and sent."""

from chat.errors import ChatError


def check_text(content: str, most: int) -> None:
    """Refuse what is empty, cannot be stored, or has more than `most` characters. Raises ChatError."""
    if not content.strip():
        raise ChatError("message.empty", "There is nothing to send yet.")
    if "\0" in content:
        raise ChatError("message.has_nul", "The text holds a NUL character, which cannot be stored. Remove it.")
    if len(content) > most:
        raise ChatError(
            "message.too_long", f"The message has {len(content):,} characters; at most {most:,} can be sent."
        )
