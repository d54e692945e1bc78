"""What happens in the ledger."""

from dataclasses import dataclass

from trellis.kit.journal.facts import Fact, fact


@fact("recognition.transferred")
@dataclass(frozen=True)
class Transferred(Fact):
    """`person` is who received it; None when a purpose of the company did."""

    person: int | None
    transfer: int
    currency: str
    amount: int


@fact("recognition.reversed")
@dataclass(frozen=True)
class Reversed(Fact):
    person: int | None
    transfer: int
    reverses: int


@fact("recognition.list_made")
@dataclass(frozen=True)
class ListMade(Fact):
    """A list of bonuses for payroll; `lines` is how many."""

    run: int
    number: int
    lines: int


@fact("recognition.list_paid")
@dataclass(frozen=True)
class ListPaid(Fact):
    run: int
    lines: int


@fact("recognition.line_returned")
@dataclass(frozen=True)
class LineReturned(Fact):
    person: int
    line: int
