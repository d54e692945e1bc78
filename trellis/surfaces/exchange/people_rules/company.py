"""What is known of the company before a file comes, as plain data."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class KnownPerson:
    """Employments as (first day, last day or None), holdings as (first, last or None, position, unit), oldest first."""

    pk: int
    name: str
    email: str
    manager: str
    employments: list[tuple[date, date | None]] = field(default_factory=list)
    holdings: list[tuple[date, date | None, int, int]] = field(default_factory=list)

    @property
    def is_employed(self) -> bool:
        return bool(self.employments) and self.employments[-1][1] is None


@dataclass(frozen=True, slots=True)
class KnownUnit:
    pk: int
    code: str
    names: tuple[str, ...]
    parent: int | None
    head: str


@dataclass(frozen=True, slots=True)
class KnownPosition:
    pk: int
    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """Persons by employee id, units with parents before children, positions."""

    persons: dict[str, KnownPerson] = field(default_factory=dict)
    units: tuple[KnownUnit, ...] = ()
    positions: tuple[KnownPosition, ...] = ()
