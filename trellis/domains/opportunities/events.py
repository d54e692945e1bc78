"""What happens around openings."""

from dataclasses import dataclass
from datetime import date, datetime

from trellis.kit.journal.facts import Fact, fact


@fact("opportunities.opened")
@dataclass(frozen=True)
class Opened(Fact):
    opening: int
    position: int
    unit: int
    posts: int


@fact("opportunities.closed")
@dataclass(frozen=True)
class Closed(Fact):
    opening: int


@fact("opportunities.put_forward")
@dataclass(frozen=True)
class PutForward(Fact):
    person: int
    opening: int


@fact("opportunities.interest_withdrawn")
@dataclass(frozen=True)
class InterestWithdrawn(Fact):
    person: int
    opening: int


@fact("opportunities.invited")
@dataclass(frozen=True)
class Invited(Fact):
    """To an interview, or to another time of it."""

    person: int
    opening: int
    interview: int
    at: datetime


@fact("opportunities.interviewed")
@dataclass(frozen=True)
class Interviewed(Fact):
    """`outcome`: suitable | not_now | absent | declined."""

    person: int
    opening: int
    interview: int
    outcome: str


@fact("opportunities.chosen")
@dataclass(frozen=True)
class Chosen(Fact):
    person: int
    opening: int
    placement: int
    holding: int
    on: date


@fact("opportunities.passed_over")
@dataclass(frozen=True)
class PassedOver(Fact):
    """`step`: interview | choice; `instead` was taken first."""

    person: int
    opening: int
    instead: int
    step: str


@fact("opportunities.pool_term_set")
@dataclass(frozen=True)
class PoolTermSet(Fact):
    position: int
    months: int | None


@fact("opportunities.renewed")
@dataclass(frozen=True)
class Renewed(Fact):
    person: int
    certificate: int
    on: date


@fact("opportunities.opening_expected")
@dataclass(frozen=True)
class OpeningExpected(Fact):
    expected: int
    position: int
    count: int
    by: date


@fact("opportunities.expectation_dropped")
@dataclass(frozen=True)
class ExpectationDropped(Fact):
    expected: int


@fact("opportunities.story_published")
@dataclass(frozen=True)
class StoryPublished(Fact):
    person: int
    story: int


@fact("opportunities.story_withdrawn")
@dataclass(frozen=True)
class StoryWithdrawn(Fact):
    person: int
    story: int
