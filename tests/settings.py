"""The site's settings, as far as tests need others: own database, quick passwords, plain static files."""

from chatsite.settings import *  # noqa: F403
from chatsite.settings import STORAGES, VAR_DIR

PROVIDER_CLASSES = ["tests.generation.own_provider.Echo"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = VAR_DIR / "test-static"
STATIC_ROOT.mkdir(exist_ok=True)
