"""The journal of an answer that another process writes, read from the database.

The database is the truth: a mirror asks it every 200 ms, and at once when a hint says that there is news. A hint that
is lost, doubled or late changes nothing but the moment.
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import Error as DatabaseProblem

from chat.bus import bus
from chat.database import database
from chat.events import Event
from chat.generation.endings import ended_event
from chat.generation.journal import Journal
from chat.models import Generation, GenerationDelta, Message, PartKind, Status

logger = logging.getLogger(__name__)

INTERVAL = 0.2


@dataclass(frozen=True)
class Stretch:
    """What the database has beyond a position; `end` when the generation has ended."""

    parts: list[tuple[str, str]]
    end: Event | None


@dataclass(eq=False)
class Mirror:
    """Follows one generation until its end, for as long as its owner has a tab here.

    `before` is what the message had before this generation began: code points of content and of reasoning.
    """

    generation_id: UUID
    owner_id: UUID
    journal: Journal = field(default_factory=Journal)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    before: tuple[int, int] | None = None
    catching_up: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def catch_up(self) -> bool:
        """Take over what the database has; True when the generation has ended, which its owner's tabs are told.

        One at a time: two tabs that open at once would both read, and append, the same stretch.
        """
        async with self.catching_up:
            if self.journal.ended:
                return True
            stretch = await database.read(self._read)
            for kind, text in stretch.parts:
                self.journal.append(kind, text)
            if stretch.end is not None:
                self.journal.end()
                bus.publish(self.owner_id, stretch.end)
            return self.journal.ended

    async def follow(self) -> None:
        """Fill the journal, and tell the end to the tabs of this process."""
        while bus.has_listeners(self.owner_id):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(INTERVAL):
                    await self.news.wait()
            self.news.clear()
            try:
                if await self.catch_up():
                    return
            except Generation.DoesNotExist:
                break
            except DatabaseProblem as error:
                logger.warning("an answer of another process could not be read: %s", error)
        self.journal.end()

    def _read(self) -> Stretch:
        generation = Generation.objects.select_related("message").get(id=self.generation_id)
        if generation.status == Status.RUNNING:
            self.before = (len(generation.message.content), len(generation.message.reasoning))
            return Stretch(_parts(self.generation_id, self.journal.position), None)
        rest = self._rest(generation.message, generation.position)
        return Stretch(rest, ended_event(generation, generation.message.conversation_id))

    def _rest(self, message: Message, position: int) -> list[tuple[str, str]]:
        """What the compacted message has and the journal has not; reasoning first, as it is shown.

        Nothing when it had ended before the first look: whoever asked for this journal reads the message again.
        Nothing too when the message has more than this generation wrote, since it was continued meanwhile: a page
        that is told an end which its text does not reach opens the conversation again.
        """
        if self.before is None:
            return []
        content = message.content[self.before[0] + len(self.journal.text(PartKind.CONTENT)) :]
        reasoning = message.reasoning[self.before[1] + len(self.journal.text(PartKind.REASONING)) :]
        if self.journal.position + len(content) + len(reasoning) != position:
            return []
        return [(PartKind.REASONING.value, reasoning), (PartKind.CONTENT.value, content)]


def _parts(generation_id: UUID, position: int) -> list[tuple[str, str]]:
    """The kinds and texts that the database has of a running generation from a position on, in order."""
    rows = GenerationDelta.objects.filter(generation_id=generation_id, position__gte=position).order_by("position")
    return list(rows.values_list("kind", "text"))


class Mirrors:
    """The mirrors of this process, by generation, on one event loop."""

    def __init__(self) -> None:
        self._mirrors: dict[UUID, tuple[Mirror, asyncio.Task[None]]] = {}

    async def journal(self, generation_id: UUID, owner_id: UUID) -> Journal:
        """The journal of a generation that runs elsewhere, with what is stored by now; its end will be told."""
        if generation_id not in self._mirrors:
            mirror = Mirror(generation_id, owner_id)
            task = asyncio.create_task(self._follow(mirror), name=f"mirror of {generation_id}")
            self._mirrors[generation_id] = (mirror, task)
        mirror, _ = self._mirrors[generation_id]
        if mirror.before is None and not mirror.journal.ended:
            await mirror.catch_up()
        return mirror.journal

    async def _follow(self, mirror: Mirror) -> None:
        try:
            await mirror.follow()
        finally:
            del self._mirrors[mirror.generation_id]

    def hint(self, generation_id: UUID) -> bool:
        """There may be news of this generation. Whether it is followed here: then its end will be told, once."""
        if generation_id in self._mirrors:
            self._mirrors[generation_id][0].news.set()
        return generation_id in self._mirrors


_mirrors: WeakKeyDictionary[asyncio.AbstractEventLoop, Mirrors] = WeakKeyDictionary()


def mirrors() -> Mirrors:
    """The mirrors of this event loop."""
    return _mirrors.setdefault(asyncio.get_running_loop(), Mirrors())
