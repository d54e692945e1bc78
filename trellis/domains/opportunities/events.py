"""What happens around openings."""

from dataclasses import dataclass

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
