"""The child process: one for each machine, replaced when it dies or hangs, gone when it is not needed."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from chat.providers.base import Usage
from chat.providers.embedded import Embedded, unavailable
from chat.providers.llama import endpoint as endpoints
from chat.providers.llama import process
from chat.providers.llama.errors import EmbeddedCrashedError, EmbeddedUnavailableError
from tests.embedded.asking import STORY, ask, children, first_chunk, question, until

ROOT = Path(__file__).parents[2]

FIVE_FIRST_USES = """
import asyncio, json, sys
from pathlib import Path
from chat.providers import embedded
from chat.providers.llama import endpoint
from chat.providers.llama.config import EmbeddedConfig
from chat.providers.session import close_session

async def main():
    config = EmbeddedConfig(Path(sys.argv[1]), Path(sys.argv[2]))
    embedded.configure(config)
    sys.stdin.readline()
    ask = lambda: embedded.Embedded.create_async("", [{"role": "user", "content": "Say hello."}], max_tokens=4)
    answers = await asyncio.gather(*[ask() for _ in range(5)])
    print(json.dumps([endpoint.current(config.run_dir).pid, [len(answer) for answer in answers]]))
    await close_session()

asyncio.run(main())
"""


def test_ten_first_uses_in_two_processes_start_one_child(own):
    config = own()
    command = [sys.executable, "-W", "error", "-c", FIVE_FIRST_USES, config.weights, config.run_dir]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    workers = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(2)]
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    outcomes = [worker.communicate(timeout=60) for worker in workers]

    assert [errors for _, errors in outcomes] == ["", ""]
    (pid, lengths), (other_pid, other_lengths) = [json.loads(out) for out, _ in outcomes]
    assert all([*lengths, *other_lengths])
    assert pid == other_pid
    assert [child.pid for child in children(config.run_dir)] == [pid]


async def test_killed_in_mid_answer_it_fails_that_answer_and_answers_the_next(own):
    config = own()
    stream = Embedded.create_async_generator("", question(STORY), max_tokens=2000)
    await first_chunk(stream)
    killed = endpoints.current(config.run_dir).pid
    os.kill(killed, signal.SIGKILL)

    with pytest.raises(EmbeddedCrashedError) as caught:
        async for _ in stream:
            pass

    assert (caught.value.code, caught.value.retryable) == ("provider.embedded_crashed", True)
    assert isinstance((await ask())[-1], Usage)
    assert [child.pid for child in children(config.run_dir)] != [killed]
    assert not psutil.pid_exists(killed)


async def test_killed_between_two_questions_it_is_not_noticed(own):
    config = own()
    await ask()
    os.kill(endpoints.current(config.run_dir).pid, signal.SIGKILL)

    assert isinstance((await ask())[-1], Usage)


async def test_hung_in_mid_answer_it_is_killed_and_replaced(own):
    config = own(hang_seconds=1.5)
    stream = Embedded.create_async_generator("", question(STORY), max_tokens=2000)
    await first_chunk(stream)
    hung = endpoints.current(config.run_dir).pid
    started = time.monotonic()
    os.kill(hung, signal.SIGSTOP)

    with pytest.raises(EmbeddedCrashedError):
        async for _ in stream:
            pass

    assert time.monotonic() - started < 10
    assert isinstance((await ask())[-1], Usage)
    assert endpoints.current(config.run_dir).pid != hung


async def test_hung_before_a_question_it_is_replaced_and_the_question_answered(own):
    config = own(hang_seconds=1.5)
    await ask()
    hung = endpoints.current(config.run_dir).pid
    os.kill(hung, signal.SIGSTOP)

    assert isinstance((await ask())[-1], Usage)
    assert endpoints.current(config.run_dir).pid != hung


async def test_hung_while_it_loads_it_is_killed_after_a_bounded_time(own):
    config = own(startup_seconds=2.0)
    asking = asyncio.create_task(ask())
    await until(lambda: endpoints.holder(config.run_dir) is not None)
    os.kill(endpoints.holder(config.run_dir), signal.SIGSTOP)

    with pytest.raises(EmbeddedUnavailableError):
        await asyncio.wait_for(asking, 10)

    assert children(config.run_dir) == []
    own()
    assert isinstance((await ask())[-1], Usage)


async def test_idle_it_ends_itself_and_comes_back(own):
    config = own(idle_seconds=1.0)
    await ask()
    idle = endpoints.current(config.run_dir).pid

    await until(lambda: not psutil.pid_exists(idle))

    assert endpoints.current(config.run_dir) is None
    assert not (config.run_dir / endpoints.ENDPOINT).exists()
    assert isinstance((await ask())[-1], Usage)


async def test_asked_to_end_it_is_gone_at_once_without_a_zombie(own):
    config = own()
    await ask()
    pid = endpoints.current(config.run_dir).pid

    assert await asyncio.to_thread(process.end, config.run_dir)

    await until(lambda: not psutil.pid_exists(pid), seconds=2)
    assert not [thread for thread in threading.enumerate() if thread.name == f"embedded-{pid}"]


async def test_changed_configuration_replaces_it(own):
    config = own()
    await ask()
    before = endpoints.current(config.run_dir)
    own(slots=2)
    await ask()
    after = endpoints.current(config.run_dir)

    assert (before.slots, after.slots) == (4, 2)
    assert [child.pid for child in children(config.run_dir)] == [after.pid]


async def test_weights_that_llama_cannot_load_are_an_error_and_not_started_again_and_again(own, tmp_path):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + bytes(100))
    config = own(weights=broken)
    assert unavailable() is None

    for _ in range(2):
        with pytest.raises(EmbeddedUnavailableError) as caught:
            await ask()
    assert caught.value.code == "provider.embedded_unavailable"
    assert children(config.run_dir) == []
    with pytest.raises(EmbeddedUnavailableError) as caught:
        await ask()
    assert caught.value.retryable
    assert 0 < caught.value.retry_after <= 1


@pytest.mark.parametrize("content", [None, b"", b"<html>not found</html>"])
async def test_missing_and_corrupt_weights_say_so_and_start_nothing(own, tmp_path, content):
    weights = tmp_path / "other.gguf"
    if content is not None:
        weights.write_bytes(content)
    config = own(weights=weights)

    with pytest.raises(EmbeddedUnavailableError) as caught:
        await ask()

    assert caught.value.message == unavailable()
    assert "other.gguf" in caught.value.message
    assert not config.run_dir.exists()


async def test_not_configured_says_so(use):
    use(None)

    with pytest.raises(EmbeddedUnavailableError) as caught:
        await ask()

    assert caught.value.message == unavailable() == "The embedded model is not available. It is not configured."


def test_child_loads_neither_django_nor_aiohttp():
    code = "import sys, chat.providers.llama.server; print(*{'django', 'aiohttp', 'xllamacpp'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == ""
