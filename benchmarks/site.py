"""A fresh site with many signed-in people, whose only connection is the scripted upstream."""

import subprocess
import sys
from pathlib import Path

from tests.process import ROOT, ServerProcess, clean_environment

SEED = """
import json
from django.conf import settings
from chat.models import Connection, SiteSettings, User
from tests.live_seed import signed_in
SiteSettings.objects.create(id=1)
Connection.objects.create(name="Scripted", kind="openai_compatible", base_url={base_url!r}, model_ids=["scripted-1"])
users = User.objects.bulk_create([User(username=f"user{{n}}", password="!") for n in range({users})])
sessions = {{user.username: signed_in(user) for user in users}}
(settings.VAR_DIR / "sessions.json").write_text(json.dumps(sessions))
"""


class Site:
    """The site's folder; `server()` starts a process on it."""

    def __init__(self, folder: Path, base_url: str, users: int) -> None:
        self.var = folder / "var"
        self.log = folder / "server.log"
        self.sessions = self.var / "sessions.json"
        self._manage("prepare", "--no-weights")
        self.shell(SEED.format(base_url=base_url, users=users))

    def server(self) -> ServerProcess:
        """A context manager: a running server on a free port."""
        return ServerProcess(["manage.py", "serve", "--port", "0"], self._environment(), self.log)

    def shell(self, code: str) -> str:
        """Run code with the site's models at hand; returns what it prints."""
        return self._manage("shell", "-v0", "-c", code, stdout=subprocess.PIPE).strip()

    def _manage(self, *arguments: str, stdout: int | None = None) -> str:
        command = [sys.executable, "manage.py", *arguments]
        environment = clean_environment() | self._environment()
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=stdout, text=True)
        return done.stdout or ""

    def _environment(self) -> dict[str, str]:
        return {"VAR_DIR": str(self.var), "LOG_LEVEL": "WARNING"}
