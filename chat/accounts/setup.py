"""The first start: the site's own row, its first connections, and the link that creates the administrator."""

import hmac
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from chat.errors import ChatError
from chat.models import Connection, SiteSettings, User

EMBEDDED = gettext_noop("On this machine")
FIRST_CONNECTIONS = (
    {"name": EMBEDDED, "kind": "embedded"},
    {"name": "AiChatOnline", "kind": "aichatonline", "enabled": False, "position": 90},
)


def prepare_site() -> SiteSettings:
    """The site's row; made together with the first connections when the database is new."""
    known = SiteSettings.objects.filter(id=1).first()
    if known is not None:
        return known
    with transaction.atomic():
        site, created = SiteSettings.objects.get_or_create(id=1)
        if created:
            Connection.objects.bulk_create([Connection(**row) for row in FIRST_CONNECTIONS])
    return site


def setup_url(base_url: str) -> str | None:
    """The link that creates the administrator, or None once there has been one."""
    site = prepare_site()
    return f"{base_url}/setup/?token={_token(site)}" if _is_open(site) else None


def setup_allowed(token: str) -> bool:
    """Whether this token may still create the administrator. Compared in constant time."""
    site = prepare_site()
    return hmac.compare_digest(token.encode(), _token(site).encode()) and _is_open(site)


def redeem(token: str, username: str, password: str) -> User:
    """Create the administrator, in whose language the model on this machine is called from then on; works once.

    Raises ChatError `setup.refused` for a wrong token or when there is, or was, an administrator, and `setup.invalid`
    with the reason for a name or password that cannot be taken.
    """
    with transaction.atomic():
        site = SiteSettings.objects.select_for_update().get(id=prepare_site().id)
        if not setup_allowed(token):
            raise ChatError("setup.refused", "This link is not valid, or it has been used.")
        user = User(username=username, is_staff=True, is_superuser=True)
        user.set_password(password)
        try:
            validate_password(password, user)
            user.full_clean()
        except ValidationError as error:
            raise ChatError("setup.invalid", " ".join(error.messages)) from None
        user.save()
        site.setup_completed_at = timezone.now()
        site.save(update_fields=["setup_completed_at"])
        Connection.objects.filter(kind="embedded", name=EMBEDDED).update(name=gettext(EMBEDDED))
    return user


def _token(site: SiteSettings) -> str:
    """Derived, not stored: every process of the site prints the same link, and a restored database has another."""
    return hmac.new(settings.SECRET_KEY.encode(), b"scripta setup " + site.epoch.bytes, sha256).hexdigest()


def _is_open(site: SiteSettings) -> bool:
    return site.setup_completed_at is None and not User.objects.filter(is_superuser=True).exists()
