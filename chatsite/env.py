"""Reads the environment for settings.py: typed values, secrets from files, files of its own under var/.

Every variable may also be given as NAME_FILE, the path of a file that holds the value.
"""

import contextlib
import ipaddress
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

BASE_DIR = Path(__file__).resolve().parent.parent
FALSE_WORDS = ("false", "off", "n", "no", "0")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
EVERY_ADDRESS = ("", "0.0.0.0", "::")  # noqa: S104 - compared with, not bound to


class _Variables(FileAwareMapping):
    """The environment with NAME_FILE, where a file may end with a newline; one that cannot be read is named."""

    def __getitem__(self, key):
        try:
            return super().__getitem__(key).strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{key}_FILE: {error.filename} cannot be read: {error.strerror}") from None


class Environment(environ.Env):
    """Typed variables. An empty one is as good as none; one of the wrong type is an error that names it, no guess."""

    ENVIRON = _Variables()

    def get_value(self, var, cast=None, default=environ.Env.NOTSET, parse_default=False):
        value = self.ENVIRON.get(var, default)
        if value is default or value == "":
            return default
        try:
            return self.parse_value(value, cast)
        except ValueError:
            raise ImproperlyConfigured(f"{var}={value} is not what this variable takes") from None

    @classmethod
    def parse_value(cls, value, cast):
        if cast is float:
            return float(value)
        if cast is list:
            return [item.strip() for item in value.split(",") if item.strip()]
        if cast is bool and value.lower() not in cls.BOOLEAN_TRUE_STRINGS + FALSE_WORDS:
            raise ValueError(value)
        return super().parse_value(value, cast)


env = Environment()
environ.Env.read_env(BASE_DIR / ".env")


def own_hosts(*listening: str) -> list[str]:
    """What a site that listens on these addresses is called, when nobody says more: as browsers write it."""
    named = [_as_browsers_write(host) for host in listening if host not in EVERY_ADDRESS]
    return list(dict.fromkeys([*LOCAL_HOSTS, *named]))


def _as_browsers_write(host: str) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host.lower().removesuffix(".")
    return f"[{address}]" if address.version == 6 else str(address)


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks(values: Iterable[str], name: str) -> list[Network]:
    """Addresses and networks such as `127.0.0.1` or `10.0.0.0/8`; the wrong one is named."""
    try:
        return [ipaddress.ip_network(value.strip()) for value in values]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from None


def private_dir(path: Path) -> Path:
    """Create a folder that only its owner may enter; say plainly when that cannot be done."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be created: {error.strerror}") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{path} is not writable")
    return path


def secret_file(path: Path) -> str:
    """The secret in `path`, made on the first call (0600). Two first calls at once agree on one secret."""
    try:
        if not path.exists():
            fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(64))
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(fresh)
            fresh.unlink()
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"the secret key in {path} cannot be read or made: {error.strerror}") from None
