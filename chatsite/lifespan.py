"""Start and end under a server that speaks ASGI's lifespan, such as uvicorn; daphne does not, `serve` does the same."""

from typing import Any

from django.conf import settings

from chat.database import database
from chat.generation import engine
from chatsite.drain import Drain


async def lifespan(scope: Any, receive: Any, send: Any) -> None:
    """End what an earlier process left running, and at the end let the own work come to its rest."""
    await receive()
    await database.write(engine.prepare)
    engine.start()
    drain = Drain(settings.SHUTDOWN_GRACE_SECONDS)
    drain.hear_signals()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await drain.finish()
    await send({"type": "lifespan.shutdown.complete"})
