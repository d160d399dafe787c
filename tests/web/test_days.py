"""The groups of the list, in the words of each language."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from django.utils.translation import override

from chat.web.days import by_day

NOON = timezone.now().replace(year=2026, month=10, day=20, hour=12)


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["Pinned", "Today", "Yesterday", "Previous 7 days", "Previous 30 days", "May", "2025"]),
        ("ru", ["Закреплённые", "Сегодня", "Вчера", "За 7 дней", "За 30 дней", "Май", "2025"]),
    ],
)
def test_days_then_months_then_years(monkeypatch, language, labels):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    days = [0, 1, 7, 30, 160, 300, 400]
    items = [SimpleNamespace(pinned_at=None, updated_at=NOON - timedelta(days=day)) for day in days]
    pinned = SimpleNamespace(pinned_at=NOON, updated_at=NOON)

    with override(language):
        assert [str(label) for label, _ in by_day([pinned, *items])] == labels
