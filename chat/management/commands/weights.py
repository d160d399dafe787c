"""`manage.py weights`: installs the embedded model's weights, or checks them."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand

from chat.providers.weights import verify
from chat.providers.weights_download import WeightsError, install


def bring(report: Callable[[str], None]) -> str:
    """Install the weights; what went wrong and how to go on, as one plain line, or nothing."""
    try:
        install(settings.EMBEDDED_WEIGHTS, report)
    except WeightsError as error:
        return not_installed(str(error))
    return ""


def not_installed(reason: str) -> str:
    """The line about it, which says how to go on."""
    return f"The embedded model is not installed: {reason}. The site works without it; to try again: make weights"


class Command(BaseCommand):
    help = "Installs the embedded model's weights (about 98 MB); does nothing when they are in place."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only read the whole file and say whether it is sound")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if check:
            self._check()
        else:
            self._install()

    def _check(self) -> None:
        found = verify(settings.EMBEDDED_WEIGHTS)
        if not found.ready:
            self._fail(f"{found.state}: {found.reason}")
        self.stdout.write(f"ready: {settings.EMBEDDED_WEIGHTS}")

    def _install(self) -> None:
        try:
            problem = bring(self.stdout.write)
        except KeyboardInterrupt:
            problem = not_installed("interrupted")
        if problem:
            self._fail(problem)

    def _fail(self, line: str) -> NoReturn:
        """One plain line and status 1; CommandError would put its own name in front."""
        self.stderr.write(line)
        sys.exit(1)
