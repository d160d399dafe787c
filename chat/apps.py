"""The chat application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChatConfig(AppConfig):
    """Everything of the chat; see docs/architecture.md for its rooms."""

    name = "chat"
    verbose_name = _("Chat")
