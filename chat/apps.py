"""The chat application."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """Everything of the chat; see docs/architecture.md for its rooms."""

    name = "chat"
    verbose_name = "Chat"
