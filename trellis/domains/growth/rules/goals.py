"""How far a key result and an objective have come, and when it is time to look again.

The numbers are the person's own: they help to see whether one is on the way, and are never used to judge anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle

LOOK_AGAIN = timedelta(days=14)
NOTHING, ALL = Decimal(0), Decimal(1)
SURE = 20  # decimal places of a per cent that a third, counted three times, leaves right


def progress(start: Decimal, target: Decimal, now: Decimal) -> Decimal:
    """The share of the way from start to target, 0 to 1: (now - start) / (target - start), clamped.

    A target below the start works as well: from 12 errors to 2. Start and target must differ. Source: methods.md.
    """
    return min(ALL, max(NOTHING, (now - start) / (target - start)))


def objective_score(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The mean of pairs of weight and score, by weight, 0 to 1; None when there is nothing to count.

    Source: methods.md (.5, .3, .2 of .7, 1, .4 are .73).
    """
    listed = list(parts)
    whole = sum((weight for weight, _score in listed), NOTHING)
    if not whole:
        return None
    return min(ALL, sum((weight * score for weight, score in listed), NOTHING) / whole)


def percent(score: Decimal) -> int:
    """The score in whole per cent, rounded down: 100 is said only of what is reached."""
    return int(round(score * 100, SURE))


def is_time_to_look(last: date, *, on: date) -> bool:
    """Whether the last look was more than fourteen days ago."""
    return on - last > LOOK_AGAIN


def first_year_looked_at(on: date) -> int:
    """Objectives from this year on are checked in on; in January last year's too, for the last look."""
    return on.year - (on.month == 1)


NOTCHES = 100


@dataclass(frozen=True)
class Slider:
    """Between which numbers a thumb slides, and by how much. `backwards`: the target is below the start."""

    low: Decimal
    high: Decimal
    step: Decimal
    backwards: bool


def slider(start: Decimal, target: Decimal, now: Decimal) -> Slider:
    """From start to target, further where one is beyond them, in at most a hundred steps of 1, 2 or 5.

    Steps are whole while start, target and now are, and otherwise as fine as the finest of them.
    """
    three = (start, target, now)
    low, high = min(three), max(three)
    places = max(0, *(-int(number.normalize().as_tuple().exponent) for number in three))
    step, factors = Decimal(1).scaleb(-places), cycle((Decimal(2), Decimal("2.5"), Decimal(2)))
    while (high - low) / step > NOTCHES:
        step *= next(factors)
    return Slider(low, high, step, target < start)


@dataclass(frozen=True)
class Point:
    """A point of the small drawing, in per cent of its width and height from the upper left corner."""

    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Drawing:
    """The line of a key result, and how high its start and its target lie, in per cent from the top."""

    points: tuple[Point, ...]
    start: Decimal
    target: Decimal


def drawing(told: list[tuple[date, Decimal]], *, start: Decimal, target: Decimal) -> Drawing | None:
    """The told values in the order of their days, the target above the start, whichever number is larger.

    What lies beyond start or target widens the drawing, so that nothing is cut off. None with fewer than two days.
    """
    if not told or told[0][0] == told[-1][0]:
        return None
    shares = [(value - start) / (target - start) for _day, value in told]
    low, high = min(NOTHING, *shares), max(ALL, *shares)
    days = Decimal((told[-1][0] - told[0][0]).days)

    def height(share: Decimal) -> Decimal:
        return round((high - share) / (high - low) * 100, 2)

    points = tuple(
        Point(round(Decimal((day - told[0][0]).days) / days * 100, 2), height(share))
        for (day, _value), share in zip(told, shares, strict=True)
    )
    return Drawing(points, height(NOTHING), height(ALL))
