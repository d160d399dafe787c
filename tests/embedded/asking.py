"""Asks the embedded model, and looks at its process from outside."""

import asyncio
import json
import time
from contextlib import aclosing

import psutil

from chat.providers.embedded import Embedded
from chat.providers.llama import endpoint as endpoints
from chat.providers.session import session

STORY = "Tell me a long story about a fox."


def question(text):
    return [{"role": "user", "content": text}]


async def ask(text="Say hello.", **options):
    """All chunks of an answer."""
    stream = Embedded.create_async_generator("", question(text), **{"max_tokens": 8} | options)
    async with aclosing(stream) as chunks:
        return [chunk async for chunk in chunks]


async def first_chunk(stream):
    return await asyncio.wait_for(anext(stream), 30)


async def get(config, path, key=None):
    """Status and JSON of a GET to the child, with its own key unless another is given."""
    endpoint = endpoints.current(config.run_dir)
    headers = {"Authorization": f"Bearer {endpoint.key if key is None else key}", "Connection": "close"}
    async with session().get(f"http://127.0.0.1:{endpoint.port}{path}", headers=headers) as response:
        return response.status, json.loads(await response.read())


async def until(condition, seconds=15.0):
    """Waits for `condition()`, which may be a coroutine, to be true."""
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if await result if asyncio.iscoroutine(result) else result:
            return
        assert time.monotonic() < deadline, "it did not come true in time"
        await asyncio.sleep(0.02)


def children(run_dir):
    """The child processes that work in `run_dir`, whoever started them."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if f"--run-dir={run_dir}" in (process.info["cmdline"] or []):
            found.append(process)
    return found
