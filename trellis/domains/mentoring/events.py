"""What this room announces."""

from dataclasses import dataclass
from datetime import date

from trellis.kit.journal.facts import Fact, fact


@fact("mentoring.day_planned")
@dataclass(frozen=True)
class DayPlanned(Fact):
    person: int
    day: int
    holder: int
    position: int
    on: date


@fact("mentoring.day_confirmed")
@dataclass(frozen=True)
class DayConfirmed(Fact):
    """`value` and `minutes` as the holder, or the academy, confirmed them."""

    person: int
    day: int
    holder: int
    position: int
    value: str
    minutes: int | None


@fact("mentoring.day_cancelled")
@dataclass(frozen=True)
class DayCancelled(Fact):
    person: int
    day: int
    holder: int
    position: int
