"""A first proposal when the courses of a cohort are given, for somebody to correct."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

WORKDAYS = 5
HOURS = (time(9, 30), time(13, 30), time(15, 30))


@dataclass(frozen=True)
class Proposed:
    """The first day of a course, and when in the day it begins; weekly from there."""

    first: date
    starts: time


def spread(sessions: Sequence[int], begins: date, weeks: int) -> tuple[Proposed, ...]:
    """For courses of so many weekly sessions: when each begins, so that no two meet at the same hour.

    One course a weekday, then the next hour of the day; beyond fifteen they share an hour again, which the look at
    clashes tells. They begin four weeks apart in turn, as late as lets them end within the weeks of training.
    """
    monday = begins + timedelta(days=-begins.weekday() % 7)
    found = []
    for place, count in enumerate(sessions):
        week = place * 4 % max(1, weeks - count + 1)
        day = monday + timedelta(weeks=week, days=place % WORKDAYS)
        found.append(Proposed(day, HOURS[place // WORKDAYS % len(HOURS)]))
    return tuple(found)
