"""For how long a certificate keeps its holder in the pool."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

SOON = 60  # days before the end at which somebody is told, and shown as expiring


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the month's last day where it has no such day (31 August + 6: 28 February)."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def valid_until(counted_from: date, months: int | None) -> date | None:
    """The last day on which it counts; None: for good. Six months from 5 January reach to 4 July."""
    return add_months(counted_from, months) - timedelta(days=1) if months else None


def validity(until: date | None, *, on: date) -> str:
    """valid | expiring (SOON days or fewer are left) | expired."""
    if until is None or (until - on).days > SOON:
        return "valid"
    return "expiring" if until >= on else "expired"
