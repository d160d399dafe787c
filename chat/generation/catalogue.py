"""The models that people may pick: what the enabled connections offer, and why some are not available."""

import asyncio
import time
from dataclasses import dataclass
from uuid import UUID
from weakref import WeakKeyDictionary

from chat.accounts.access import Access
from chat.database import database
from chat.errors import ChatError
from chat.generation import offers
from chat.generation.health import Health, watch
from chat.generation.offers import Offer
from chat.models import Connection
from chat.shapes import Failure

LISTING_SECONDS = 60.0
FAILED_LISTING_SECONDS = 10.0


@dataclass(frozen=True)
class ModelChoice:
    """One line of the model picker. `note` says why it is not available, or what to expect; `note_code` is its code.

    `capabilities` are words for what is known that it can do; `health` is what was heard of its connection lately.
    """

    connection_id: UUID
    connection: str
    kind: str
    model_id: str
    label: str
    available: bool
    note: str
    note_code: str
    context_size: int | None
    capabilities: tuple[str, ...]
    health: Health
    is_default: bool


@dataclass(frozen=True)
class _Listing:
    offer: Offer
    fresh_until: float
    changed: object


_listings: dict[UUID, _Listing] = {}
_asking: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[UUID, asyncio.Task[None]]] = WeakKeyDictionary()


async def model_choices(access: Access) -> list[ModelChoice]:
    """All choices, in the order of the connections; the first available one is the default.

    Services that have not said lately what they have are asked, each once however many want to know.
    """
    rows = await database.read(lambda: list(access.connections()))
    await asyncio.gather(*(_refresh(row) for row in rows if _known(row) is None))
    return await database.read(_choices, rows)


def resolve(access: Access, connection_id: UUID | None, model_id: str | None) -> tuple[Connection, str]:
    """The connection and model to ask, without asking any service: this runs inside transactions.

    Without a connection: the first available choice. One that is named but gone is never replaced by another: what is
    meant for a model here would go to a service elsewhere. Raises ChatError `model.none` when nothing is available,
    `model.gone` and `model.unknown` for a connection or a model that is not offered.
    """
    if connection_id is None:
        return _first(access, model_id)
    row = access.connections().filter(id=connection_id).first()
    if row is None:
        raise ChatError("model.gone", "This model is not available any more. Pick another one.")
    offered = _offer(row).model_ids
    if not model_id:
        model_id = offered[0] if offered else ""
    if not model_id or (offered and model_id not in offered):
        raise ChatError("model.unknown", f"{row.name} does not offer this model. Pick another one.")
    return row, model_id


def context_size(row: Connection, model_id: str) -> int | None:
    """Tokens that the model reads and writes in one conversation, where known."""
    return row.context_size or _offer(row).context_sizes.get(model_id)


def _first(access: Access, model_id: str | None) -> tuple[Connection, str]:
    offered = [
        (row, name)
        for row, offer in ((row, _offer(row)) for row in access.connections())
        if offer.available
        for name in offer.model_ids
    ]
    wanted = [choice for choice in offered if choice[1] == model_id] or offered
    if not wanted:
        raise ChatError("model.none", "No model is available. An administrator can connect one.")
    return wanted[0]


def _choices(rows: list[Connection]) -> list[ModelChoice]:
    choices: list[ModelChoice] = []
    for row in rows:
        offer, health = _offer(row), watch.health(row)
        for model_id in offer.model_ids or ([] if offer.available else [""]):
            is_default = offer.available and not any(choice.is_default for choice in choices)
            choices.append(
                ModelChoice(
                    connection_id=row.id,
                    connection=row.name,
                    kind=row.kind,
                    model_id=model_id,
                    label=model_id or row.name,
                    available=offer.available,
                    note=offer.note.message if offer.note else "",
                    note_code=offer.note.code if offer.note else "",
                    context_size=context_size(row, model_id),
                    capabilities=offer.capabilities.get(model_id, ()),
                    health=health,
                    is_default=is_default,
                )
            )
    return choices


def _offer(row: Connection) -> Offer:
    """What is known without asking the service: its last listing, however old, or what is configured."""
    listing = _listings.get(row.id)
    if listing is not None and listing.changed == row.updated_at:
        return listing.offer
    return offers.known_offer(row)


def _known(row: Connection) -> _Listing | None:
    listing = _listings.get(row.id)
    fresh = listing is not None and listing.changed == row.updated_at and listing.fresh_until > time.monotonic()
    return listing if fresh else None


async def _refresh(row: Connection) -> None:
    asking = _asking.setdefault(asyncio.get_running_loop(), {})
    if row.id not in asking:
        asking[row.id] = asyncio.create_task(_ask(row), name=f"models of {row.name}")
        asking[row.id].add_done_callback(lambda _: asking.pop(row.id))
    await asyncio.shield(asking[row.id])


async def _ask(row: Connection) -> None:
    offer = await offers.asked_offer(row)
    if offer.asked:
        refusal = None if offer.available or offer.note is None else offer.note
        watch.hear(row.name, "listing", Failure(refusal.code, refusal.message) if refusal else None)
    seconds = LISTING_SECONDS if offer.available else FAILED_LISTING_SECONDS
    _listings[row.id] = _Listing(offer, time.monotonic() + seconds, row.updated_at)
