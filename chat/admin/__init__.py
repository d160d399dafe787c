"""The administration at /admin/."""

from chat.admin import connections, history, people

__all__ = ["connections", "history", "people"]
