"""Ends generations whose process is gone: they become `interrupted`, and their text stays."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import Error as DatabaseProblem
from django.db import connection, transaction
from django.db.models import Sum
from django.db.models.functions import Length
from django.utils import timezone

from chat.bus import bus
from chat.database import database
from chat.errands import errands
from chat.events import GenerationEnded
from chat.generation.endings import ended_event
from chat.generation.mirror import mirrors
from chat.generation.worker import lives, running_here
from chat.generation.writer import GIVE_UP
from chat.lifecycle import lifecycle
from chat.models import Generation, GenerationDelta, Message, PartKind, Status

logger = logging.getLogger(__name__)

INTERVAL = 5.0  # seconds between two looks for abandoned generations
BATCH = 500  # generations that are ended in one transaction
BATCH_CHARACTERS = 4_000_000  # of theirs, but for a single generation: what is in memory at once
# A process that lives cannot renew its leases while the database takes nothing; for as long as it tries, its text is
# not lost, and must not be cut off by whoever gets the database first.
PATIENCE = timedelta(seconds=GIVE_UP)

APPEND_TEXT = "UPDATE chat_message SET content = content || %s, reasoning = reasoning || %s WHERE id = %s"

END = """
UPDATE chat_generation SET status = 'interrupted', position = %s, ended_at = %s, lease_until = NULL WHERE id = %s
"""


def interrupt_abandoned(generation_id: UUID | None = None) -> list[UUID]:
    """End every running generation (or this one) whose lease has run out, or whose process on this machine has died.

    What this process still runs is spared, however long it could not store it: its text is only in memory. Returns the
    ids of the ended ones. Two processes may do this at once: each row is ended by one of them.
    """
    now = timezone.now()
    ended: list[UUID] = []
    for batch in _batches(_abandoned(now, generation_id)):
        ended += _interrupt(batch, now)
    return ended


async def keep_recovering(then: Callable[[bool], Awaitable[None]]) -> None:
    """Look for abandoned generations until the process ends, and tell their owners.

    `then(lately)` follows each look: True where nothing was found. Others may have ended something, or have gone down,
    just before what waited for it.
    """
    while not lifecycle.draining:
        await asyncio.sleep(INTERVAL)
        try:
            ended = await database.write(interrupt_abandoned)
            await tell_ends(ended)
            await then(not ended)
        except DatabaseProblem as error:
            logger.warning("abandoned answers could not be looked for: %s", error)


async def end_abandoned(generation_id: UUID) -> bool:
    """Whether this generation was abandoned: then it has ended now, and its owner's tabs are told."""
    # Asked first: the one thread that writes may be waiting for a database that another process has locked.
    if not await database.look_up(_abandoned, timezone.now(), generation_id):
        return False
    return await errands().run(_end_and_tell(generation_id))


async def _end_and_tell(generation_id: UUID) -> bool:
    ended = await database.write(interrupt_abandoned, generation_id)
    await tell_ends(ended)
    return bool(ended)


async def tell_ends(generation_ids: Sequence[UUID]) -> None:
    """After the commit: tell the owners of what `interrupt_abandoned` has ended."""
    for owner_id, end in await database.read(ends_of, generation_ids) if generation_ids else ():
        tell_end(owner_id, end)


def tell_end(owner_id: UUID, end: GenerationEnded) -> None:
    """After the commit: tell an owner of one end, or have its mirror here tell it."""
    if not mirrors().hint(end.generation_id):
        bus.publish(owner_id, end)


def ends_of(generation_ids: Sequence[UUID]) -> list[tuple[UUID, GenerationEnded]]:
    """The ends of these generations, each behind its owner."""
    rows = Generation.objects.select_related("message").in_bulk(generation_ids).values()
    return [(row.message.owner_id, ended_event(row, row.message.conversation_id)) for row in rows]


def _abandoned(now: datetime, generation_id: UUID | None) -> list[UUID]:
    running = Generation.objects.filter(status=Status.RUNNING)
    if generation_id is not None:
        running = running.filter(id=generation_id)
    rows = running.values_list("id", "lease_until", "worker")
    return [
        key for key, lease_until, worker in rows if key not in running_here and _is_abandoned(lease_until, worker, now)
    ]


def _is_abandoned(lease_until: datetime | None, worker: str, now: datetime) -> bool:
    alive = lives(worker)
    if lease_until is None or alive is False:
        return True
    return lease_until < (now - PATIENCE if alive else now)


def _batches(generation_ids: list[UUID]) -> Iterator[list[UUID]]:
    """The same ids, bounded by their number and by what is stored of them."""
    for start in range(0, len(generation_ids), BATCH):
        ids = generation_ids[start : start + BATCH]
        stored = GenerationDelta.objects.filter(generation_id__in=ids).values_list("generation_id")
        sizes = dict(stored.annotate(size=Sum(Length("text"))))
        batch: list[UUID] = []
        size = 0
        for key in ids:
            size += sizes.get(key, 0)
            if batch and size > BATCH_CHARACTERS:
                yield batch
                batch, size = [], sizes.get(key, 0)
            batch.append(key)
        yield batch


def _interrupt(generation_ids: list[UUID], now: datetime) -> list[UUID]:
    with transaction.atomic():
        # Others that do the same have these rows locked, or have ended them: then they are not here.
        locked = Generation.objects.select_for_update(skip_locked=True)
        found = locked.filter(id__in=generation_ids, status=Status.RUNNING)
        # A lease may have been renewed while this one waited.
        messages = {
            key: message_id
            for key, message_id, lease_until, worker in found.values_list("id", "message_id", "lease_until", "worker")
            if key not in running_here and _is_abandoned(lease_until, worker, now)
        }
        _update(messages, _texts(list(messages)), now)
        GenerationDelta.objects.filter(generation_id__in=list(messages)).delete()
    return list(messages)


def _texts(generation_ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    pieces: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = GenerationDelta.objects.filter(generation_id__in=generation_ids).order_by("position")
    for generation_id, kind, text in rows.values_list("generation_id", "kind", "text"):
        pieces[generation_id][kind].append(text)
    texts: dict[UUID, dict[str, str]] = defaultdict(dict)
    texts.update({key: {kind: "".join(parts) for kind, parts in kinds.items()} for key, kinds in pieces.items()})
    return texts


def _update(messages: dict[UUID, UUID], texts: dict[UUID, dict[str, str]], now: datetime) -> None:
    """Two statements for all generations: with the ORM 10,000 of them take half a minute, so less than a second."""
    key = Message._meta.get_field("id").get_db_prep_value
    moment = Generation._meta.get_field("ended_at").get_db_prep_value(now, connection)
    with connection.cursor() as cursor:
        cursor.executemany(
            END,
            [(sum(map(len, texts[row_id].values())), moment, key(row_id, connection)) for row_id in messages],
        )
        written = [(message_id, texts[row_id]) for row_id, message_id in messages.items() if texts[row_id]]
        cursor.executemany(
            APPEND_TEXT,
            [
                (text.get(PartKind.CONTENT, ""), text.get(PartKind.REASONING, ""), key(message_id, connection))
                for message_id, text in written
            ],
        )
