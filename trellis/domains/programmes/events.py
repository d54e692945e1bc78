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


@fact("programmes.draft_discarded")
@dataclass(frozen=True)
class DraftDiscarded(Fact):
    draft: int
    programme: str


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


@fact("programmes.resumed")
@dataclass(frozen=True)
class Resumed(Fact):
    """The same attempt was taken up again after leaving it."""

    person: int
    journey: int


@fact("programmes.cohort_changed")
@dataclass(frozen=True)
class CohortChanged(Fact):
    """Its places or its days were changed; `fields` are those that differ now."""

    cohort: int
    fields: tuple[str, ...]


@fact("programmes.waiting_began")
@dataclass(frozen=True)
class WaitingBegan(Fact):
    person: int
    cohort: int


@fact("programmes.waiting_ended")
@dataclass(frozen=True)
class WaitingEnded(Fact):
    """`how` is joined, withdrawn, lapsed, elsewhere or closed."""

    person: int
    cohort: int
    waiting: int
    how: str


@fact("programmes.place_offered")
@dataclass(frozen=True)
class PlaceOffered(Fact):
    person: int
    cohort: int
    waiting: int
    answer_by: date


@fact("programmes.time_asked")
@dataclass(frozen=True)
class TimeAsked(Fact):
    """`change` is pause or extension."""

    person: int
    journey: int
    time_change: int
    change: str


@fact("programmes.time_decided")
@dataclass(frozen=True)
class TimeDecided(Fact):
    """`state` is granted, refused or withdrawn."""

    person: int
    journey: int
    time_change: int
    change: str
    state: str


@fact("programmes.node_done")
@dataclass(frozen=True)
class NodeTicked(Fact):
    """Its owner said that a node is done; `done` false: took that back."""

    person: int
    journey: int
    node: str
    done: bool


@fact("programmes.message_sent")
@dataclass(frozen=True)
class MessageSent(Fact):
    """The office wrote to people on their way; `batch` is the handle for taking it back."""

    person: int
    journey: int
    batch: str


@fact("programmes.moved_to_version")
@dataclass(frozen=True)
class MovedToVersion(Fact):
    """The office moved somebody to another version; `was` and `becomes` are the numbers of the versions."""

    person: int
    journey: int
    move: int
    was: int
    becomes: int


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


@fact("programmes.waiver_revoked")
@dataclass(frozen=True)
class WaiverRevoked(Fact):
    person: int
    journey: int
    waiver: int


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
