"""What may follow what in somebody's working life. Days are inclusive: a holding's last day still counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Spell:
    """An employment or a holding as a stretch of days; `ended_on` None: still running."""

    began_on: date
    ended_on: date | None = None


def why_not_join(employments: Sequence[Spell], on: date) -> str:
    """`already_here`, `before_last_day`, or nothing when the person may join on the day."""
    if any(e.ended_on is None for e in employments):
        return "already_here"
    if any(e.ended_on and on <= e.ended_on for e in employments):
        return "before_last_day"
    return ""


def why_not_move(present: Spell | None, *, same_place: bool, on: date) -> str:
    """`not_here`, `same_place`, `not_after_present`, or nothing when the person may move on the day."""
    if present is None:
        return "not_here"
    if same_place:
        return "same_place"
    return "not_after_present" if on <= present.began_on else ""


def why_not_leave(employment: Spell | None, present: Spell | None, on: date) -> str:
    """`not_here`, `before_joining`, `not_after_present`, or nothing when `on` may be the last day."""
    if employment is None:
        return "not_here"
    if on < employment.began_on:
        return "before_joining"
    return "not_after_present" if present and on < present.began_on else ""


def day_before(day: date) -> date:
    """The last day of what ends when something new begins on `day`."""
    return day - timedelta(days=1)
