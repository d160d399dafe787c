"""`manage.py prepare`: brings database, static files and embedded model up to date; what is done costs nothing."""

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chat.management.commands.weights import bring, not_installed
from chat.providers.weights import status


def has_unapplied_migrations() -> bool:
    """Whether the database is older than the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def static_digest() -> str:
    """Changes when our static files, a package that brings some, or their storage changes."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for path in _static_sources():
        digest.update(f"\0{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _static_sources() -> Iterator[Path]:
    yield settings.BASE_DIR / "requirements.txt"
    for folder in settings.STATICFILES_DIRS:
        yield from sorted(path for path in Path(folder).rglob("*") if path.is_file())


class Command(BaseCommand):
    help = "Brings the database, the static files and the embedded model's weights up to date."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--no-weights", action="store_true", help="leave the embedded model's weights alone")

    def handle(self, *args, no_weights, **options):
        os.umask(0o077)
        self._migrate()
        self._collect_static()
        if not no_weights:
            self._install_weights()

    def _migrate(self):
        if has_unapplied_migrations():
            self.stdout.write("Bringing the database up to date ...")
            call_command("migrate", interactive=False, verbosity=0)

    def _collect_static(self):
        stamp = settings.VAR_DIR / "static.sha256"
        digest = static_digest()
        if stamp.exists() and stamp.read_text() == digest and settings.STATIC_ROOT.is_dir():
            return
        self.stdout.write("Collecting static files ...")
        # Nothing is cleared: an open page may still load a module under its old name.
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(digest)

    def _install_weights(self):
        """A download that fails leaves a site without the embedded model, which is better than no site."""
        if status(settings.EMBEDDED_WEIGHTS).ready:
            return
        try:
            problem = bring(self.stdout.write)
        except KeyboardInterrupt:
            self.stderr.write(not_installed("interrupted"))
            sys.exit(1)
        if problem:
            self.stderr.write(problem)
