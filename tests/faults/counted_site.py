"""`manage.py serve` that tells of its tasks: `python -m tests.faults.counted_site serve ...`.

On SIGUSR1 it writes what runs on its event loop into the file TASKS_FILE, a line for each task. Its connections to the
database keep few pages, so that it is not these which grow.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path
from threading import Timer

import manage


def write_tasks(*_: object) -> None:
    """Into another file first: who waits for this one finds it whole. Before the loop runs it asks itself again."""
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:
        Timer(0.02, os.kill, [os.getpid(), signal.SIGUSR1]).start()
        return
    path = Path(os.environ["TASKS_FILE"])
    making = path.with_suffix(".making")
    making.write_text("".join(f"{task.get_coro().__qualname__}\n" for task in tasks))
    making.rename(path)


def keep_few_pages() -> None:
    """200 kB a connection in place of 8 MB."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatsite.settings")
    from chatsite.settings import DATABASES

    options = DATABASES["default"]["OPTIONS"]
    before, name, after = options["init_command"].partition("cache_size=-8000")
    assert name, "the setting has another value"
    options["init_command"] = f"{before}cache_size=-200{after}"


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, write_tasks)
    keep_few_pages()
    sys.exit(manage.main())
