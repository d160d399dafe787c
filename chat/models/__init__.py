"""The rows of the chat and the transitions between their states."""

from chat.models.account import User
from chat.models.connection import Connection
from chat.models.conversation import Conversation, Message
from chat.models.generation import Generation, GenerationDelta, PartKind, Status
from chat.models.site import SiteSettings

__all__ = [
    "Connection",
    "Conversation",
    "Generation",
    "GenerationDelta",
    "Message",
    "PartKind",
    "SiteSettings",
    "Status",
    "User",
]
