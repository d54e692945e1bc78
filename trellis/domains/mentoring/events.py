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


@fact("mentoring.day_signed")
@dataclass(frozen=True)
class DaySigned(Fact):
    """The learner wrote down what was done."""

    person: int
    day: int
    holder: int
    position: int


@fact("mentoring.offered")
@dataclass(frozen=True)
class Offered(Fact):
    """A holder's days are offered; `person` is the holder."""

    person: int
    offer: int
    position: int
    first: date
    last: date


@fact("mentoring.offer_withdrawn")
@dataclass(frozen=True)
class OfferWithdrawn(Fact):
    person: int
    offer: int


@fact("mentoring.away")
@dataclass(frozen=True)
class SaidAway(Fact):
    """Somebody is away from a day to a day."""

    person: int
    absence: int
    first: date
    last: date


@fact("mentoring.back")
@dataclass(frozen=True)
class SaidBack(Fact):
    """An absence was taken back."""

    person: int
    absence: int


@fact("mentoring.plan_applied")
@dataclass(frozen=True)
class PlanApplied(Fact):
    proposal: int
    days: int


@fact("mentoring.plan_taken_back")
@dataclass(frozen=True)
class PlanTakenBack(Fact):
    proposal: int
    days: int
