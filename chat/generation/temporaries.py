"""The temporary conversations of a process: found by their owner only, bounded, and forgotten after a while."""

import asyncio
from collections.abc import Sequence
from uuid import UUID
from weakref import WeakKeyDictionary

from chat.errors import ChatError
from chat.generation.temporary_conversation import TemporaryConversation

KEPT_SECONDS = 600.0  # after the last answer has ended
OWN_CONVERSATIONS, ALL_CONVERSATIONS = 5, 500
OWN_CHARACTERS, ALL_CHARACTERS = 4_000_000, 64_000_000


class Temporaries:
    """By id, on one event loop; the least recently used first."""

    def __init__(self) -> None:
        self._conversations: dict[UUID, TemporaryConversation] = {}
        self._expiries: dict[UUID, asyncio.TimerHandle] = {}

    def find(self, owner_id: UUID, conversation_id: UUID) -> TemporaryConversation | None:
        """A conversation of this owner."""
        found = self._conversations.get(conversation_id)
        return found if found is not None and found.owner_id == owner_id else None

    def asked(self, owner_id: UUID, client_id: UUID) -> TemporaryConversation | None:
        """The conversation of this owner in which that was asked."""
        return next((found for found in self._of(owner_id) if found.has_asked(client_id)), None)

    def answering(self, owner_id: UUID, generation_id: UUID) -> TemporaryConversation | None:
        """The conversation of this owner in which that generation runs or has ended."""
        return next((found for found in self._of(owner_id) if found.has_generation(generation_id)), None)

    def new(self, owner_id: UUID, said: Sequence[tuple[str, str]]) -> TemporaryConversation:
        """One that begins with what was said before, elsewhere or in an earlier process."""
        conversation = TemporaryConversation(owner_id, said, lambda: self._expire_later(conversation.info.id))
        return conversation

    def use(self, conversation: TemporaryConversation) -> None:
        """Keep it while it is used. Others give way, the longest unused first; ChatError where all are running."""
        others = [found for found in self._conversations.values() if found is not conversation]
        own = [found for found in others if found.owner_id == conversation.owner_id]
        self._make_room(own, OWN_CONVERSATIONS, OWN_CHARACTERS - conversation.size)
        others = [found for found in others if found.info.id in self._conversations]
        self._make_room(others, ALL_CONVERSATIONS, ALL_CHARACTERS - conversation.size)
        self._forget(conversation.info.id)
        self._conversations[conversation.info.id] = conversation

    def _of(self, owner_id: UUID) -> list[TemporaryConversation]:
        return [found for found in self._conversations.values() if found.owner_id == owner_id]

    def _make_room(self, others: list[TemporaryConversation], number: int, characters: int) -> None:
        idle = [found for found in others if not found.is_running]
        count, size = len(others), sum(found.size for found in others)
        while count >= number or size > characters:
            if not idle:
                raise ChatError(
                    "conversation.too_many", "Too many temporary chats are being answered. Wait for one, or stop it."
                )
            oldest = idle.pop(0)
            count, size = count - 1, size - oldest.size
            self._forget(oldest.info.id)

    def _expire_later(self, key: UUID) -> None:
        if key in self._conversations:
            self._expiries[key] = asyncio.get_running_loop().call_later(KEPT_SECONDS, self._forget, key)

    def _forget(self, key: UUID) -> None:
        self._conversations.pop(key, None)
        expiry = self._expiries.pop(key, None)
        if expiry is not None:
            expiry.cancel()


_temporaries: WeakKeyDictionary[asyncio.AbstractEventLoop, Temporaries] = WeakKeyDictionary()


def temporaries() -> Temporaries:
    """The temporary conversations of this event loop."""
    return _temporaries.setdefault(asyncio.get_running_loop(), Temporaries())
