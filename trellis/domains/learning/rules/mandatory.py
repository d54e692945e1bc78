"""Mandatory training: until when somebody has to do it, and where they stand.

- The first time it is due on the day that was set, or so many days after the person started there or it was declared,
  whichever came later. Who starts after the day that was set has thirty days.
- What is to be repeated is due again so many months after it was done; from thirty days before, it counts as due.
- Nobody is overdue on the day itself.
- One is reminded three weeks before, on the day, and once when it is over. Who leads somebody hears of it when it has
  been open for a week after its day: time enough to do it first.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

GRACE = timedelta(days=30)
WEEK = timedelta(weeks=1)
REMIND = 3 * WEEK  # before the day


@dataclass(frozen=True)
class Demand:
    """Until when (a day, or days of starting), how often again in months (None: once), and since when it is asked."""

    due_on: date | None
    within_days: int | None
    repeat_months: int | None
    since: date


@dataclass(frozen=True)
class Standing:
    """`done` | `due` | `overdue` | `exempt`; the day it is due next (None: never again), and when it was done last."""

    state: str
    due: date | None = None
    done_on: date | None = None


def standing(demand: Demand, *, began: date, done: Collection[date], exempt: bool = False, on: date) -> Standing:
    """Where one person stands on the day. `began`: when they started where it is asked of them."""
    last = max((day for day in done if day <= on), default=None)
    if exempt:
        return Standing("exempt", done_on=last)
    if last is None:
        due = first_due(demand, began=began)
        return Standing("overdue" if due < on else "due", due)
    if demand.repeat_months is None:
        return Standing("done", done_on=last)
    due = months_after(last, demand.repeat_months)
    state = "overdue" if due < on else "due" if due - on <= GRACE else "done"
    return Standing(state, due, last)


def first_due(demand: Demand, *, began: date) -> date:
    """The last day for somebody who never did it."""
    if demand.due_on is None:
        return max(began, demand.since) + timedelta(days=demand.within_days or 0)
    return demand.due_on if began <= demand.due_on else began + GRACE


def step_of(where: Standing, *, on: date) -> str:
    """What to remind of on the day: `before` | `today` | `overdue`; nothing ("") while it is far off, or settled."""
    if where.state not in ("due", "overdue") or where.due is None or where.due - on > REMIND:
        return ""
    if where.due == on:
        return "today"
    return "before" if where.due > on else "overdue"


def leader_hears(where: Standing, *, since: date, on: date) -> bool:
    """Whether who leads the person hears of it in the week of `on`: it became a week late in the week before.

    `since`: when the training was declared; what was over already on that day is late from then on. The same on each
    day of a week, so that a day without a run loses nothing.
    """
    if where.state != "overdue" or where.due is None:
        return False
    monday = on - timedelta(days=on.weekday())
    return monday - WEEK <= max(where.due, since) + WEEK < monday


@lru_cache(maxsize=4096)  # thousands of people did it on some hundred days
def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is no such day: 31 January, 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
