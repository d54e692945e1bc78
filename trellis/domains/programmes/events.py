"""What happens in programmes."""

from dataclasses import dataclass
from datetime import date

from trellis.kit.journal.facts import Fact, fact


@fact("programmes.definition_loaded")
@dataclass(frozen=True)
class DefinitionLoaded(Fact):
    """A definition became a version; `replaced` when it took the place of one that nobody had joined."""

    version: int
    programme: str
    number: int
    replaced: bool


@fact("programmes.cohort_opened")
@dataclass(frozen=True)
class CohortOpened(Fact):
    cohort: int
    version: int
    starts_on: date


@fact("programmes.joined")
@dataclass(frozen=True)
class Joined(Fact):
    """`position` is the code of the position the person wants to step to."""

    person: int
    journey: int
    programme: str
    position: str
    cohort: int | None


@fact("programmes.left")
@dataclass(frozen=True)
class Left(Fact):
    person: int
    journey: int


@fact("programmes.review_asked")
@dataclass(frozen=True)
class ReviewAsked(Fact):
    person: int
    journey: int
    review: int


@fact("programmes.review_decided")
@dataclass(frozen=True)
class ReviewDecided(Fact):
    """`state` is approved or returned."""

    person: int
    journey: int
    review: int
    state: str


@fact("programmes.waived")
@dataclass(frozen=True)
class Waived(Fact):
    person: int
    journey: int
    requirement: str


@fact("programmes.gate_passed")
@dataclass(frozen=True)
class GatePassed(Fact):
    person: int
    journey: int
    gate: str
    on: date


@fact("programmes.completed")
@dataclass(frozen=True)
class Completed(Fact):
    person: int
    journey: int
    on: date
