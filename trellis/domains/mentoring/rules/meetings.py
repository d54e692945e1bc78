"""When two people meet again and again, what may be done to a meeting, and whom to remind."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

AT_MOST = 26  # meetings planned at once: half a year of weeks, a year of fortnights
EVERY = (0, 1, 2, 4)  # weeks between two; 0: once
REMIND_MENTEE, REMIND_MENTOR = timedelta(weeks=6), timedelta(weeks=8)


@dataclass(frozen=True)
class Dates:
    """The days of a series, soonest first; or `fault`: no_end | ends_before | too_many."""

    days: tuple[date, ...] = ()
    fault: str = ""


def dates_every(first: date, weeks: int, *, number: int | None = None, until: date | None = None) -> Dates:
    """The first day, and each so many weeks after it; with 0 weeks only the first.

    So many of them or until a day, whichever is reached first.
    """
    if not weeks:
        return Dates((first,))
    if number is None and until is None:
        return Dates(fault="no_end")
    if until is not None and until < first:
        return Dates(fault="ends_before")
    possible = number if until is None else (until - first).days // (7 * weeks) + 1
    many = possible if number is None else min(number, possible or 0)
    if many is None or many > AT_MOST:
        return Dates(fault="too_many")
    return Dates(tuple(first + timedelta(weeks=weeks * n) for n in range(many)))


def why_not_plan(*, in_force: bool, is_one_of_two: bool, soonest: datetime, now: datetime) -> str:
    """ "" when the two may plan to meet, else: not_in_force | not_yours | over (the time lies behind)."""
    if not is_one_of_two:
        return "not_yours"
    if not in_force:
        return "not_in_force"
    return "over" if soonest <= now else ""


def is_called_off(starts_at: datetime, *, cancelled: bool, ended_at: datetime) -> bool:
    """Whether the end of a mentorship cancels a meeting: those still to come; one that has begun is held to its end."""
    return not cancelled and starts_at > ended_at


def decide_text(*, revision: int, seen: int, before: str, after: str) -> str:
    """saved | unchanged | conflict: somebody wrote since the revision that was looked at, and not the same."""
    if before == after:
        return "unchanged"
    return "saved" if seen == revision else "conflict"


def whom_to_remind(since: date, *, today: date) -> tuple[str, ...]:
    """Of mentee and mentor whom to tell that nothing is planned since that day: the mentee after six weeks, the mentor
    after eight."""
    gap = today - since
    return ("mentee",) * (gap >= REMIND_MENTEE) + ("mentor",) * (gap >= REMIND_MENTOR)
