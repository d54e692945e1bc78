from dataclasses import dataclass
from datetime import date

from trellis.kit.journal.facts import Fact, fact


@fact("people.joined")
@dataclass(frozen=True)
class Joined(Fact):
    person: int
    position: int
    unit: int
    on: date


@fact("people.moved")
@dataclass(frozen=True)
class Moved(Fact):
    person: int
    position: int
    unit: int
    on: date
    from_position: int
    from_unit: int


@fact("people.promoted")
@dataclass(frozen=True)
class Promoted(Fact):
    person: int
    position: int
    unit: int
    on: date
    from_position: int
    from_unit: int


@fact("people.left")
@dataclass(frozen=True)
class Left(Fact):
    """`on` is the last day; `leaving` the code of its kind."""

    person: int
    on: date
    leaving: str


@fact("people.details_changed")
@dataclass(frozen=True)
class DetailsChanged(Fact):
    """Which fields of a person changed: `name email manager`, never their contents."""

    person: int
    fields: str


@fact("people.written_in_bulk")
@dataclass(frozen=True)
class WrittenInBulk(Fact):
    """One writing of many people at once (an import, or its undoing), in numbers."""

    persons_created: int
    persons_changed: int
    holdings_written: int
    units_created: int
    positions_created: int


@fact("people.invited")
@dataclass(frozen=True)
class Invited(Fact):
    person: int


@fact("people.invitation_accepted")
@dataclass(frozen=True)
class InvitationAccepted(Fact):
    person: int


@fact("people.role_granted")
@dataclass(frozen=True)
class RoleGranted(Fact):
    """`unit` None: for the whole company."""

    person: int
    role: str
    unit: int | None


@fact("people.role_ended")
@dataclass(frozen=True)
class RoleEnded(Fact):
    person: int
    role: str
    unit: int | None


@fact("people.erased")
@dataclass(frozen=True)
class Erased(Fact):
    """The person is unknown from now on; rooms that keep words about them outside their policies forget these too."""

    person: int


@fact("people.came_in_bulk")
@dataclass(frozen=True)
class CameInBulk(Fact):
    """People not known before, by an import. Without an `about`: an import that is taken back deletes them again."""

    persons: tuple[int, ...]


@fact("people.undone_in_bulk")
@dataclass(frozen=True)
class UndoneInBulk(Fact):
    """A writing in bulk was taken back: how many persons went with it, and which others are as they were before."""

    persons_deleted: int
    persons: tuple[int, ...]
