"""A column whose text is encrypted at rest."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str) -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"scripta secrets at rest").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)


class SecretField(models.TextField):
    """Text that the database holds encrypted under a key derived from SECRET_KEY; old keys come from the fallbacks.

    A value that no key opens reads as empty: the site stays usable, and the secret has to be given again.
    """

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return _cipher().encrypt(value.encode()).decode() if value else ""

    def from_db_value(self, value, expression, connection):
        if not value:
            return ""
        try:
            return _cipher().decrypt(value.encode()).decode()
        except InvalidToken:
            return ""
