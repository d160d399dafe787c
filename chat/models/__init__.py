"""The rows of the chat and the transitions between their states."""

from chat.models.account import User
from chat.models.connection import Connection
from chat.models.conversation import Conversation, Message, MessageRevision
from chat.models.draft import Draft
from chat.models.feedback import Feedback
from chat.models.generation import Generation, GenerationDelta, PartKind, Status
from chat.models.preferences import Preferences
from chat.models.prompt import Prompt
from chat.models.queue import QueuedMessage
from chat.models.site import SiteSettings

__all__ = [
    "Connection",
    "Conversation",
    "Draft",
    "Feedback",
    "Generation",
    "GenerationDelta",
    "Message",
    "MessageRevision",
    "PartKind",
    "Preferences",
    "Prompt",
    "QueuedMessage",
    "SiteSettings",
    "Status",
    "User",
]
