"""How a person wants the page to be: what may be wished for, and what has been."""

from typing import Literal

import msgspec
from django.db import IntegrityError, transaction

from chat.accounts.access import Access
from chat.models import Preferences
from chat.shapes import PreferencesInfo

DEFAULTS = PreferencesInfo()


class PreferencesChange(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Those that are to change; the others stay."""

    theme: Literal["system", "light", "dark", "contrast"] | msgspec.UnsetType = msgspec.UNSET
    text_size: Literal["small", "normal", "large"] | msgspec.UnsetType = msgspec.UNSET
    send_key: Literal["enter", "ctrl_enter"] | msgspec.UnsetType = msgspec.UNSET
    language: Literal["auto", "en", "ru"] | msgspec.UnsetType = msgspec.UNSET
    shortcuts: bool | msgspec.UnsetType = msgspec.UNSET
    notifications: bool | msgspec.UnsetType = msgspec.UNSET


def preferences(access: Access) -> PreferencesInfo:
    """What this person prefers. One query."""
    row = Preferences.objects.filter(owner=access.actor).first()
    return DEFAULTS if row is None else _info(row)


def change_preferences(access: Access, change: PreferencesChange) -> PreferencesInfo:
    """Store what has changed."""
    wanted = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not msgspec.UNSET}
    rows = Preferences.objects.filter(owner=access.actor)
    if wanted and not rows.update(**wanted):
        try:
            with transaction.atomic():
                Preferences.objects.create(owner=access.actor, **wanted)
        except IntegrityError:  # another process has made the row in between
            rows.update(**wanted)
    return preferences(access)


def _info(row: Preferences) -> PreferencesInfo:
    return PreferencesInfo(**{name: getattr(row, name) for name in PreferencesInfo.__struct_fields__})
