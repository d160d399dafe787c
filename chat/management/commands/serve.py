"""`manage.py serve`: the site on daphne with guards (chatsite/server.py)."""

import errno
import os
import resource
import sys

from channels.routing import get_default_application
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.urls import get_resolver

from chat.accounts.setup import setup_url
from chat.generation import engine
from chat.management.commands.prepare import has_unapplied_migrations
from chat.providers.weights import status
from chatsite.env import EVERY_ADDRESS, own_hosts
from chatsite.limits import Limits

ONLY_LOCALHOST = "Only localhost is answered: ALLOWED_HOSTS has to name the hosts that other machines ask for."


class Command(BaseCommand):
    help = "Serves the site until SIGTERM or Ctrl-C."
    # The checks take longer than all the rest of the start; `make test` runs them, settings.py refuses what is unsafe.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT, help="0 takes a free one")
        parser.add_argument("--prepare", action="store_true", help="run `manage.py prepare` first")

    def handle(self, *args, host, port, prepare, **options):
        # Only here: importing the server installs Twisted's reactor.
        from chatsite.server import GuardedServer, listen

        os.umask(0o077)
        _allow_many_sockets()
        try:
            listener = listen(host, port)
        except OSError as error:
            self._end(_why_not_listening(host, port, error))
        if prepare:
            call_command("prepare", stdout=self.stdout, stderr=self.stderr)
        if has_unapplied_migrations():
            self._end("the database is older than the code: run `manage.py prepare`")
        address, port = listener.getsockname()[:2]
        if not settings.NAMED_HOSTS:
            settings.ALLOWED_HOSTS = own_hosts(host, address)  # --host may say other than HOST
        lines = _announcement(host, address, port)
        application = get_default_application()
        # Once now instead of during the first request: every view is loaded, and weights that have changed are read.
        _ = get_resolver().url_patterns, status(settings.EMBEDDED_WEIGHTS)
        GuardedServer(application, listener, Limits.from_settings(), ready=lambda: self._begin(lines)).run()

    def _begin(self, lines):
        engine.start()
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def _end(self, reason):
        self.stderr.write(f"error: {reason}")
        sys.exit(1)


def _announcement(host: str, address: str, port: int) -> list[str]:
    """What the person at the terminal reads; the last line is where the site is."""
    everywhere = address in EVERY_ADDRESS
    url = _url("localhost" if everywhere else host, port)
    engine.prepare()
    setup = setup_url(settings.ORIGINS[0] if settings.ORIGINS else url)
    lines = [ONLY_LOCALHOST] if everywhere and not settings.NAMED_HOSTS else []
    lines += [f"There is no administrator yet. Create one at {setup}"] if setup else []
    return [*lines, f"Scripta is at {url}"]


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _why_not_listening(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is taken by another program: choose another one with --port or PORT"
    return f"cannot listen on port {port} of {host}: {error.strerror}"


def _allow_many_sockets() -> None:
    """Use the hard limit of open files: the usual soft one of 1,024 ends at about 1,000 people."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
