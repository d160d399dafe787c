"""What the Makefile's targets do: a virtual environment with the pinned packages, then the command in it.

Needs nothing but Python's standard library, and does nothing twice: each set of packages leaves a stamp with the digest
of its requirements, so that a second start needs no network and costs a few milliseconds.
"""

# ruff: noqa: T201 - what it prints is for the person at the terminal
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
SITE = "requirements.txt"
TESTS = "tests/requirements.txt"
OLDEST = (3, 11)
CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")


class SetupError(Exception):
    """Something the person has to do; the message is the one line they read."""


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Refuse an old Python by name; its own errors would speak of syntax."""
    if version < OLDEST:
        found = ".".join(map(str, version))
        raise SetupError(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed, this is {found}")


def make_environment() -> None:
    """Make .venv unless a working one is there."""
    if Path(sys.executable) == PYTHON or run_quietly([PYTHON, "-c", "import pip"]).returncode == 0:
        return
    print("Making the virtual environment .venv ...", flush=True)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    made = run_quietly([sys.executable, "-m", "venv", ENVIRONMENT])
    if made.returncode:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        short = ".".join(map(str, sys.version_info[:2]))
        raise SetupError(
            f"{sys.executable} cannot make a virtual environment: install its venv module"
            f" (Debian and Ubuntu: apt-get install python{short}-venv)"
        )


def digest(requirements: str) -> str:
    """Of a requirements file and of the one that it includes."""
    names = {SITE, requirements}
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in sorted(names))).hexdigest()


def install(requirements: str) -> None:
    """Install the pinned packages, unless exactly these are installed."""
    check_python()
    make_environment()
    stamp = ENVIRONMENT / f"{requirements.replace('/', '-')}.sha256"
    wanted = digest(requirements)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing the packages of {requirements} ...", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", ROOT / requirements]
    if subprocess.run(pip, cwd=ROOT).returncode:  # noqa: S603 - our own interpreter and file
        raise SetupError("the packages could not be installed (see above); run the same command again to go on")
    stamp.write_text(wanted)


def run_quietly(command: list) -> subprocess.CompletedProcess:
    """What became of a command; status 127 when it is not there."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True)  # noqa: S603 - our own interpreter
    except FileNotFoundError:
        return subprocess.CompletedProcess(command, 127)


def become(*arguments: str) -> None:
    """Replace this process by a command in the virtual environment, so that signals reach it."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), *arguments])  # noqa: S606 - our own interpreter


def run() -> None:
    install(SITE)
    become("manage.py", "serve", "--prepare")


def serve() -> None:
    if not PYTHON.exists():
        raise SetupError("nothing is installed yet: run `make run` first")
    become("manage.py", "serve")


def weights() -> None:
    install(SITE)
    become("manage.py", "weights")


def lint() -> None:
    install(TESTS)
    become("deploy/check.py", "lint")


def reformat() -> None:
    install(TESTS)
    become("deploy/check.py", "format")


def test() -> None:
    install(TESTS)
    become("deploy/check.py", "test")


def test_slow() -> None:
    install(TESTS)
    become("deploy/check.py", "test-slow")


def messages() -> None:
    install(TESTS)
    become("deploy/messages.py")


def bench() -> None:
    install(TESTS)
    become("-m", "benchmarks")


def bench_page() -> None:
    install(TESTS)
    become("deploy/check.py", "bench-page")


def screenshots() -> None:
    install(TESTS)
    become("deploy/check.py", "screenshots")


def clean() -> None:
    for folder in (ENVIRONMENT, *(ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in ROOT.rglob("__pycache__"):
        shutil.rmtree(folder, ignore_errors=True)


TARGETS: dict[str, Callable[[], None]] = {
    "run": run,
    "serve": serve,
    "weights": weights,
    "test": test,
    "test-slow": test_slow,
    "lint": lint,
    "format": reformat,
    "messages": messages,
    "bench": bench,
    "bench-page": bench_page,
    "screenshots": screenshots,
    "clean": clean,
}


def main(target: str) -> int:
    """Do one target; what a person has to do about it is one line on stderr, and status 1."""
    try:
        check_python()
        TARGETS[target]()
    except SetupError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
