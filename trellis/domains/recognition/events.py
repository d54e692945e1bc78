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
