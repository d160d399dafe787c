"""Groups conversations by the day of their last activity, as the sidebar shows them."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from chat.shapes import ConversationInfo

Label = str | Promise

PINNED = gettext_lazy("Pinned")
TODAY = gettext_lazy("Today")
YESTERDAY = gettext_lazy("Yesterday")
WEEK = gettext_lazy("Previous 7 days")
MONTH = gettext_lazy("Previous 30 days")


def by_day(items: Sequence[ConversationInfo]) -> list[tuple[Label, list[ConversationInfo]]]:
    """Groups in the order of the items; the page regroups them by the reader's own clock."""
    today = timezone.localdate()
    return [(label, list(group)) for label, group in groupby(items, key=lambda item: _label(item, today))]


def _label(item: ConversationInfo, today: date) -> Label:
    """Days first, then months of this year by their names, then years."""
    if item.pinned_at:
        return PINNED
    day = timezone.localtime(item.updated_at).date()
    days = (today - day) // timedelta(days=1)
    if days <= 0:
        return TODAY
    if days == 1:
        return YESTERDAY
    if days <= 30:
        return WEEK if days <= 7 else MONTH
    return date_format(day, "F") if day.year == today.year else str(day.year)
