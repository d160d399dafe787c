"""Finds the Chromium that drives the browser tests, or installs one."""

# ruff: noqa: T201 - what it prints is for the person at the terminal
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Tried in this order by root. Ubuntu's package of that name only points to a snap, which fails in containers; the
# search after the installation notices, and Playwright's own is next.
INSTALLERS: tuple[tuple[str, Sequence[Sequence[str]]], ...] = (
    (
        "apt-get",
        (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")),
    ),
    ("dnf", (("dnf", "install", "-y", "-q", "chromium"),)),
    ("apk", (("apk", "add", "--quiet", "chromium"),)),
    ("pacman", (("pacman", "-Sy", "--noconfirm", "--quiet", "chromium"),)),
)


class BrowserError(Exception):
    """No Chromium is to be had; the message says what a person can do."""


def find() -> str | None:
    """The path of a Chromium that starts: CHROMIUM if it is set, else one of the usual names."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not starts(named):
            raise BrowserError(f"CHROMIUM={named} does not start")
        return named
    candidates = [shutil.which(name) for name in NAMES] + [str(MAC)]
    return next((path for path in candidates if path and starts(path)), None)


def starts(path: str) -> bool:
    """Whether this is a browser that works; a stub of a package that is not there prints advice and fails."""
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=60)  # noqa: S603 - found by us
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def install_from_system() -> str | None:
    """Ask the system's package manager, when we are root and know it."""
    if os.geteuid() != 0:
        return None
    for manager, commands in INSTALLERS:
        if shutil.which(manager):
            print(f"Installing Chromium with {manager} ...", flush=True)
            quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            all(subprocess.run(command, env=quiet).returncode == 0 for command in commands)  # noqa: S603 - from the table
            return find()
    return None


def install_from_playwright() -> str | None:
    """Playwright's own build, in the person's cache; as root with the libraries it needs."""
    print("Installing Playwright's Chromium ...", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if os.geteuid() == 0:
        command.insert(-1, "--with-deps")
    subprocess.run(command)  # noqa: S603 - our own interpreter
    path = playwright_path()
    return path if path and starts(path) else None


def playwright_path() -> str | None:
    """Where Playwright keeps its own."""
    ask = "from playwright.sync_api import sync_playwright as p\nwith p() as run: print(run.chromium.executable_path)"
    asked = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True)  # noqa: S603 - our own interpreter
    return asked.stdout.strip() or None


def find_or_install() -> str:
    """The path of a working Chromium. Raises BrowserError when there is none and none can be installed."""
    path = find() or existing_playwright() or install_from_system() or install_from_playwright()
    if path is None:
        raise BrowserError("the tests need Chromium: install it, or name one with CHROMIUM=/path/to/chromium")
    return path


def existing_playwright() -> str | None:
    path = playwright_path()
    return path if path and starts(path) else None
