"""Runs the project's checks and tests inside the virtual environment; pytest's summary is the last that is printed."""

# ruff: noqa: T201 - what it prints is for the person at the terminal
import os
import subprocess
import sys
from pathlib import Path

from chromium import BrowserError, find_or_install

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
# A file's tests stay together: they share a server and a browser.
SIDE_BY_SIDE = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
LINT = {
    "ruff check": [PYTHON, "-m", "ruff", "check", "."],
    "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "mypy": [PYTHON, "-m", "mypy"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "checks": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
}


def run(command: list[str], **variables: str) -> bool:
    """Whether the command succeeded. Its output goes to ours."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, env=os.environ | variables).returncode == 0  # noqa: S603 - our own commands


def lint() -> bool:
    """Every check, also after one has failed, so that one run shows all there is to mend."""
    failed = [name for name, command in LINT.items() if not run(command)]
    if failed:
        print(f"FAILED: {', '.join(failed)}", flush=True)
    return not failed


def test(*arguments: str) -> bool:
    """The tests with a real browser."""
    return run([PYTHON, "-m", "pytest", *arguments], CHROMIUM=find_or_install())


def reformat() -> bool:
    fixed = run([PYTHON, "-m", "ruff", "check", "--fix", "--quiet", "."])
    return run([PYTHON, "-m", "ruff", "format", "."]) and fixed


def main(target: str) -> int:
    """`lint`, `format`, `bench-page`, `test` or `test-slow`; 0 when everything is in order."""
    try:
        if target == "lint":
            return 0 if lint() else 1
        if target == "bench-page":
            return 0 if run([PYTHON, "-m", "benchmarks.page"], CHROMIUM=find_or_install()) else 1
        if target == "screenshots":
            return 0 if run([PYTHON, "-m", "tests.browser.screenshots"], CHROMIUM=find_or_install()) else 1
        if target == "format":
            return 0 if reformat() else 1
        if target not in ("test", "test-slow"):
            print(f"error: there is no target {target}", file=sys.stderr)
            return 2
        if not run([PYTHON, "manage.py", "weights"]):
            return 1
        if target == "test-slow":
            return 0 if test("-m", "slow") else 1
        in_order = lint()
        return 0 if test(*SIDE_BY_SIDE) and in_order else 1
    except BrowserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
