"""Owns the tasks that run generations: the only one that starts and cancels them.

A consumer never awaits a generation: a handler that streams inline hears neither stop nor disconnect.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from uuid import UUID
from weakref import WeakKeyDictionary

from django.conf import settings

from chat.bus import bus
from chat.events import Event, ServerDraining
from chat.generation import endings
from chat.generation.health import watch
from chat.generation.run import Job, Outcome, Run
from chat.generation.worker import running_here
from chat.generation.writer import BUSY, GIVE_UP, Order, Writer
from chat.lifecycle import lifecycle
from chat.models import PartKind, Status
from chat.providers import registry
from chat.providers.base import FinishReason, Reasoning, Usage
from chat.providers.errors import ProviderError
from chat.providers.session import close_session
from chat.shapes import Failure

logger = logging.getLogger(__name__)

CANCEL_AGAIN_SECONDS = 2.0  # a foreign class may swallow the first cancellation; asked again later it hears another
STORE_AGAIN_SECONDS = 2.0  # between two tries to store an end that has been told as not stored
STORING_SECONDS = 3.0  # of the grace at a shutdown are kept for storing what is interrupted
TELLING_SECONDS = 1.0  # of these, for the tabs to send the last text and the end; each closes once it has
RECONNECT_AFTER_MS = 1500
End = Callable[[Run, Outcome], Awaitable[None]]
Then = Callable[[Job], Awaitable[None]]
EMPTY = Failure("provider.empty_answer", "The service answered without any text. Try again, or pick another model.")


class Runner:
    """The generations that this process runs, by id, on one event loop.

    They fail when the database has not taken anything for `give_up_after` seconds.
    """

    def __init__(self, give_up_after: float = GIVE_UP) -> None:
        self.runs: dict[UUID, Run] = {}
        self.draining = False
        self._stored: dict[UUID, Run] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._writer = Writer(self._stored, self._obey, self._fail_all, give_up_after)

    def start(self, job: Job, then: Then | None = None) -> Run:
        """Begin a generation whose rows are committed. Returns at once; the registry keeps the task.

        `then` is what follows once its end is stored and told.
        """
        run = Run(job, limit=settings.ANSWER_MAX_CHARACTERS)
        self._stored[job.generation_id] = run
        running_here.add(job.generation_id)
        self._begin(run, self._store, then)
        if not self.draining:
            self._writer.wake()
        return run

    def start_unstored(self, job: Job, end: End) -> Run:
        """Begin a generation that has no rows: `end` is all that is done about its end."""
        run = Run(job, limit=settings.ANSWER_MAX_CHARACTERS)
        self._begin(run, end, None)
        return run

    def stop(self, generation_id: UUID, ago: float = 0.0) -> bool:
        """Stop at the user's wish, of so many seconds `ago`. False when this process does not run it.

        Its end is told by an event; a run whose end was told before it could be stored has that as its `unstored`.
        """
        run = self.runs.get(generation_id)
        if run is None:
            return False
        if run.stop_asked is None and not run.ending:
            run.stop_asked = max(time.monotonic() - max(ago, 0.0), run.started)
        self._cancel(run, Status.STOPPED)
        return True

    async def shutdown(self, grace: float = 0.0) -> None:
        """Let what runs come to its end for `grace` seconds, interrupt the rest; returns when all of it is stored.

        What is started from then on is interrupted before it asks anybody; another call waits for it.
        """
        self.draining = True
        if self._tasks and grace > 0:
            await asyncio.wait(tuple(self._tasks), timeout=grace)
        while self._tasks:  # again for what was just about to begin
            for run in tuple(self.runs.values()):
                self._cancel(run, Status.INTERRUPTED)
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._writer.close()

    def _obey(self, order: Order) -> None:
        """Another process wants a generation stopped, or has ended it because this one seemed dead."""
        if order.status == Status.RUNNING:
            self.stop(order.generation_id, order.asked_ago)
        elif order.generation_id in self.runs:
            self._cancel(self.runs[order.generation_id], order.status)

    def _fail_all(self) -> None:
        """Nothing can be stored any more: an answer that goes on would only be lost later."""
        for run in tuple(self._stored.values()):
            self._cancel(run, Status.FAILED)

    def _begin(self, run: Run, end: End, then: Then | None) -> None:
        self.runs[run.job.generation_id] = run
        if self.draining:  # it was asked for before that, and its rows are there
            run.cancelled_as = Status.INTERRUPTED
        run.task = asyncio.create_task(self._run(run, end, then), name=f"generation {run.job.generation_id}")
        self._tasks.add(run.task)
        run.task.add_done_callback(self._tasks.discard)

    def _cancel(self, run: Run, status: Status) -> None:
        now = time.monotonic()
        if run.ending or run.task is None or (run.cancelled_at and now - run.cancelled_at < CANCEL_AGAIN_SECONDS):
            return
        run.cancelled_as, run.cancelled_at = run.cancelled_as or status, now
        if run.begun:  # cancelling a task that has not begun would skip its body, and with it the end of the run
            run.task.cancel()

    async def _run(self, run: Run, end: End, then: Then | None) -> None:
        run.begun = True
        try:
            outcome = await self._outcome(run)
            run.ending = True
            run.upstream_closed = time.monotonic()
            if outcome.status in (Status.COMPLETED, Status.FAILED):
                watch.hear_end(run.job.connection, outcome.failure)
            await end(run, outcome)
        finally:
            del self.runs[run.job.generation_id]
            self._stored.pop(run.job.generation_id, None)
            running_here.discard(run.job.generation_id)
            run.journal.end()
        if then is not None:
            await then(run.job)

    async def _store(self, run: Run, outcome: Outcome) -> None:
        """Store the end, then tell it. When it cannot be stored that is told, once, and storing it is tried on."""
        if outcome is not endings.NOT_STORED:
            try:
                self._tell(run, await self._finish(run, outcome))
                return
            except BUSY:
                logger.exception("the end of generation %s could not be stored", run.job.generation_id)
        run.unstored = endings.unstored(run, endings.NOT_STORED)
        self._tell(run, [run.unstored])
        await self._store_late(run)

    async def _finish(self, run: Run, outcome: Outcome) -> list[Event]:
        """Its end as it is; where that cannot be stored, for whatever a service has said: a failure, with its text."""
        try:
            return await self._writer.finish(run, outcome)
        except BUSY:
            raise
        except Exception:
            logger.exception("generation %s cannot be stored as it ended", run.job.generation_id)
            run.forget_figures()
            return await self._writer.finish(run, endings.BROKEN)

    async def _store_late(self, run: Run) -> None:
        while True:
            try:
                events = await self._writer.store(run, endings.NOT_STORED)
            except BUSY:
                if self.draining:
                    return
                await asyncio.sleep(STORE_AGAIN_SECONDS)
            else:
                self._tell(run, events)
                return

    def _tell(self, run: Run, events: list[Event]) -> None:
        run.journal.end()
        bus.publish(run.job.owner_id, *events)

    async def _outcome(self, run: Run) -> Outcome:
        try:
            if run.cancelled_as is None:
                await self._drive(run)
        except asyncio.CancelledError:
            if run.cancelled_as is None:
                raise
            _uncancel()
        except ProviderError as error:
            logger.warning("generation %s failed: %s (status %s)", run.job.generation_id, error.code, error.status)
            reason = "incomplete" if error.code == "provider.incomplete" else "error"
            return Outcome(Status.FAILED, reason, Failure(error.code, error.message, error.retry_after))
        except Exception:
            logger.exception("generation %s failed", run.job.generation_id)
            return endings.BROKEN
        if run.cancelled_as == Status.FAILED:
            return endings.NOT_STORED
        if run.cancelled_as is not None:
            return Outcome(run.cancelled_as)
        if run.journal.position == 0:
            return Outcome(Status.FAILED, run.finish_reason, EMPTY)
        return Outcome(Status.COMPLETED, run.finish_reason or "stop")

    async def _drive(self, run: Run) -> None:
        prompt = run.job.prompt
        if isinstance(prompt, ProviderError):
            raise prompt
        run.omitted_messages, run.input_characters = prompt.omitted_messages, prompt.characters
        async with aclosing(
            registry.stream(prompt.provider, run.job.model_id, prompt.messages, **prompt.options)
        ) as chunks:
            async for chunk in chunks:
                self._take(run, chunk)
                if run.journal.position >= run.limit:
                    run.finish_reason = "length"
                    return

    def _take(self, run: Run, chunk: object) -> None:
        room = run.limit - run.journal.position
        match chunk:
            case str():
                run.append(PartKind.CONTENT.value, chunk[:room])
            case Reasoning():
                run.append(PartKind.REASONING.value, chunk.text[:room])
            case Usage():
                run.input_tokens, run.output_tokens = chunk.input_tokens, chunk.output_tokens
            case FinishReason():
                run.finish_reason = chunk.reason


def _uncancel() -> None:
    task = asyncio.current_task()
    while task is not None and task.cancelling():
        task.uncancel()


_runners: WeakKeyDictionary[asyncio.AbstractEventLoop, Runner] = WeakKeyDictionary()


def runner() -> Runner:
    """The runner of this event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _runners:
        _runners[loop] = Runner()
        lifecycle.on_shutdown(_shut_down)
    return _runners[loop]


async def _shut_down(grace: float) -> None:
    bus.broadcast(ServerDraining(reconnect_after_ms=RECONNECT_AFTER_MS))
    await runner().shutdown(max(grace - STORING_SECONDS, 0.0))
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(TELLING_SECONDS):
            await bus.deserted()
    await runner().shutdown()  # again for what was asked just before, and has been begun since
    await close_session()
