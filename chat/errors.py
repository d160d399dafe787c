"""What the chat refuses, in words for people and codes for programs.

ChatError            a code such as `message.too_long` and a plain sentence
└── NotFound         missing and foreign alike
"""


class ChatError(Exception):
    """A refusal. `code` is stable and dotted (`area.reason`); `message` may be shown to anybody who may ask."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NotFound(ChatError):
    """There is no such thing for this actor: what belongs to others looks exactly like what does not exist."""

    def __init__(self, noun: str) -> None:
        super().__init__(f"{noun.replace(' ', '_')}.not_found", f"There is no such {noun} here.")
