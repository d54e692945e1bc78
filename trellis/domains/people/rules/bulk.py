"""What is to be written about many people at once, as plain data. Made by whoever compares, read by actions.bulk.

A reference to a unit or position is its database id (int) or, for one that is still to be opened, its key (str).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Ref = int | str


class StepKind(StrEnum):
    """What can happen in a working life, as an import tells it."""

    JOIN = "join"  # also coming back
    MOVE = "move"
    PROMOTE = "promote"
    LEAVE = "leave"  # `on` is the last day
    CORRECT = "correct"  # another position or unit in the present holding, from its own first day
    REDATE_JOINING = "redate_joining"  # the present employment began on another day
    REDATE_LEAVING = "redate_leaving"  # the last employment ended on another day


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a working life; position and unit None: employed without a holding.

    `held_from` is the first day of the holding when somebody joined earlier than that, in a place nobody wrote down.
    """

    kind: StepKind
    on: date
    position: Ref | None = None
    unit: Ref | None = None
    leaving: str = ""
    reason: str = ""
    held_from: date | None = None


@dataclass(frozen=True, slots=True)
class PersonWrite:
    """What is new about one person; `person` None: somebody not known before, with all in `details`.

    `details` holds name and email where they change; `manager` is an employee id, None: as it was.
    """

    employee_id: str
    person: int | None
    details: dict[str, str]
    manager: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit still to be opened; `key` is what others refer to it by."""

    key: str
    code: str
    name: str
    parent: Ref | None


@dataclass(frozen=True, slots=True)
class NewPosition:
    """A position still to be opened; `key` is what others refer to it by."""

    key: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class BulkWrite:
    """Units stand after their parents; steps of a person in the order of their days."""

    units: tuple[NewUnit, ...] = ()
    positions: tuple[NewPosition, ...] = ()
    persons: tuple[PersonWrite, ...] = ()
    heads: tuple[tuple[Ref, str], ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not (self.units or self.positions or self.persons or self.heads)
