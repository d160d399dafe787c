"""Hooks at the end of the process."""

import asyncio
import logging

from chat.lifecycle import Lifecycle


async def test_every_hook_runs_once_with_the_grace():
    lifecycle, given = Lifecycle(), []

    async def hook(grace):
        given.append((grace, lifecycle.draining))

    lifecycle.on_shutdown(hook)
    lifecycle.on_shutdown(hook)
    assert not lifecycle.draining
    await lifecycle.shut_down(3.0)
    await lifecycle.shut_down(3.0)
    assert given == [(3.0, True), (3.0, True)]


async def test_a_hook_that_fails_is_logged_and_the_others_finish(caplog):
    lifecycle, finished = Lifecycle(), asyncio.Event()

    async def fails(grace):
        raise RuntimeError("on purpose")

    async def works(grace):
        finished.set()

    lifecycle.on_shutdown(fails)
    lifecycle.on_shutdown(works)
    await lifecycle.shut_down(3.0)
    assert finished.is_set()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


async def test_cancelling_the_shutdown_cancels_the_hooks_and_waits_for_them():
    lifecycle, begun, ended = Lifecycle(), asyncio.Event(), asyncio.Event()

    async def overstays(grace):
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    lifecycle.on_shutdown(overstays)
    shutdown = asyncio.ensure_future(lifecycle.shut_down(600))
    await begun.wait()
    shutdown.cancel()
    await asyncio.wait([shutdown])
    assert shutdown.cancelled()
    assert ended.is_set()
