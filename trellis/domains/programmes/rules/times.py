"""The time of one journey: pauses and extensions that were granted, and the nodes that were ticked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

PAUSE, EXTENSION = "pause", "extension"


@dataclass(frozen=True)
class Change:
    """Time that was granted: from which day on the dates move, and by how many days. A pause lasts these days."""

    kind: str
    from_on: date
    days: int

    @property
    def last_day(self) -> date:
        return self.from_on + timedelta(days=self.days - 1)

    def covers(self, on: date) -> bool:
        return self.touches(on, on)

    def touches(self, first: date, last: date) -> bool:
        """Whether some day from the first to the last is one of this pause."""
        return self.kind == PAUSE and self.days > 0 and self.from_on <= last and first <= self.last_day


@dataclass(frozen=True)
class Tick:
    """That its owner said a node is done: on which day, and who."""

    on: date
    by: int


@dataclass(frozen=True)
class Times:
    """What is known of a journey's time: changes that were granted, in the order of their first days, and ticks."""

    changes: tuple[Change, ...] = ()
    ticks: Mapping[str, Tick] = field(default_factory=dict)

    def paused_until(self, on: date) -> date | None:
        """The last day of the pause of that day; None when the journey goes on."""
        return max((change.last_day for change in self.changes if change.covers(on)), default=None)

    def moved(self, day: date) -> date:
        """The day after all changes: a pause moves what lies behind its first day, an extension everything."""
        for change in self.changes:
            if change.days and (change.kind == EXTENSION or change.from_on <= day):
                day += timedelta(days=change.days)
        return day


@dataclass(frozen=True)
class Span:
    """A pause from a day to a day, or an end moved to a day (`last_day` is the end as it is now)."""

    kind: str
    from_on: date
    until_on: date
    last_day: date

    @property
    def days(self) -> int:
        """By how many days the dates move."""
        return (self.until_on - (self.last_day if self.kind == EXTENSION else self.from_on - timedelta(days=1))).days


LONGEST = 366  # days of one pause or extension; beyond a year one joins again
LOOK_BACK = 90  # days for which the office may still enter a pause that began


def why_not_change(span: Span, times: Times, *, has_ended: bool, waits: bool, on: date) -> str:
    """ended | asked_already | ends_before | too_long | too_old | overlaps, or nothing."""
    if has_ended:
        return "ended"
    if waits:
        return "asked_already"
    if span.days <= 0 or span.until_on < span.from_on:
        return "ends_before"
    if span.days > LONGEST:
        return "too_long"
    if span.kind == PAUSE and span.from_on < on - timedelta(days=LOOK_BACK):
        return "too_old"
    if span.kind == PAUSE and any(change.touches(span.from_on, span.until_on) for change in times.changes):
        return "overlaps"
    return ""
