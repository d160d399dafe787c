"""The site's settings, as far as tests need others: own database, quick passwords, plain static files."""

import tempfile

from chatsite.settings import *  # noqa: F403
from chatsite.settings import DATABASES, STORAGES, VAR_DIR

PROVIDER_CLASSES = ["tests.generation.own_provider.Echo"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = VAR_DIR / "test-static"
STATIC_ROOT.mkdir(exist_ok=True)

# Of this run alone: two runs in one checkout must not share a database.
FOLDER = tempfile.TemporaryDirectory(prefix="scripta-tests-", ignore_cleanup_errors=True)
DATABASES = {"default": {**DATABASES["default"], "TEST": {"NAME": f"{FOLDER.name}/test.sqlite3"}}}
