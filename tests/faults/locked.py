"""Another process that holds SQLite's write lock. Run as `python -m tests.faults.locked DATABASE`."""

import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.process import ROOT, clean_environment


@contextmanager
def locked(database: Path | str):
    """While the block runs nobody else can write to the database."""
    command = [sys.executable, "-m", "tests.faults.locked", str(database)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=clean_environment(), **pipes) as process:
        try:
            assert process.stdout.readline() == "locked\n"
            yield
        finally:
            process.communicate("release\n")


if __name__ == "__main__":
    with sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None) as connection:
        connection.execute("BEGIN IMMEDIATE")
        print("locked", flush=True)
        sys.stdin.readline()
        connection.execute("ROLLBACK")
