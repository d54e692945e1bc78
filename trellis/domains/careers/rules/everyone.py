"""Everyone against every position at once.

Each requirement (a competency at a level, within its days) becomes one whole number whose bit i says that person i
meets it. Who is ready for a position is then the `and` of its requirements, and how many each person lacks is counted
for all people together by adding those numbers bit by bit: some hundred operations on long numbers instead of
millions on short ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trellis.domains.careers.rules.levels import Requirement, Shown

Position = Any  # a code or an id


@dataclass(frozen=True)
class PositionReadiness:
    """Of one position, as numbers with a bit for each person: who meets it all, and who lacks each requirement."""

    ready: int
    lacking: tuple[tuple[Requirement, int], ...]
    lacks: tuple[int, ...]  # vertical counter: lacks[k] is digit k of how many each lacks


@dataclass(frozen=True)
class Readiness:
    """Who is ready for which position, and why the others are not."""

    people: Sequence[int]
    positions: Mapping[Position, PositionReadiness]
    _place: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._place.update({person: place for place, person in enumerate(self.people)})

    def ready(self, position: Position) -> list[int]:
        """Ids of those who meet everything, in the order of `people`. A position that asks nothing has nobody ready."""
        return list(self._who(self.positions[position].ready))

    def nearly(self, position: Position, *, short: int = 1) -> list[int]:
        """Ids of those who lack exactly so many requirements."""
        who = (1 << len(self.people)) - 1
        for place, digits in enumerate(self.positions[position].lacks):
            who &= digits if short >> place & 1 else ~digits
        return list(self._who(who)) if short >> len(self.positions[position].lacks) == 0 else []

    def lacks(self, person: int, position: Position) -> tuple[Requirement, ...]:
        """The reasons: what this person still has to show for the position."""
        place = self._place[person]
        return tuple(r for r, people in self.positions[position].lacking if people >> place & 1)

    def _who(self, bits: int) -> Iterator[int]:
        for place in _places(bits):
            yield self.people[place]


def readiness(
    profiles: Mapping[Position, Collection[Requirement]], meeting: Mapping[Requirement, int], people: Sequence[int]
) -> Readiness:
    """The kernel: `meeting` gives for each requirement the people who meet it, as a number with bit i for person i."""
    everybody = (1 << len(people)) - 1
    lacking = {r: everybody & ~meeting.get(r, 0) for asked in profiles.values() for r in asked}
    found: dict[Position, PositionReadiness] = {}
    for position, asked in profiles.items():
        counter = _count([lacking[r] for r in asked])
        short = 0
        for digits in counter:
            short |= digits
        ready = everybody & ~short if asked else 0
        found[position] = PositionReadiness(ready, tuple((r, lacking[r]) for r in asked), tuple(counter))
    return Readiness(people, found)


def who_meets(
    requirements: Iterable[Requirement], shown: Iterable[tuple[int, Any, Shown]], *, people: Sequence[int], on: date
) -> dict[Requirement, int]:
    """For each requirement, the people who meet it on the day, as a number with bit i for `people[i]`.

    `shown` gives (person, competency, level), each pair once, in any order; others than `people` are left out.
    """
    asked: dict[Any, list[tuple[Requirement, bytearray]]] = {}
    for requirement in dict.fromkeys(requirements):
        asked.setdefault(requirement.competency, []).append((requirement, bytearray(len(people) // 8 + 1)))
    places = {person: (place >> 3, 1 << (place & 7)) for place, person in enumerate(people)}
    for person, competency, has in shown:
        place = places.get(person)
        if place is None:
            continue
        for requirement, bits in asked.get(competency, ()):
            if has.fresh_level(requirement.fresh_for_days, on=on) >= requirement.level:
                bits[place[0]] |= place[1]
    return {r: int.from_bytes(bits, "little") for found in asked.values() for r, bits in found}


def _count(numbers: Iterable[int]) -> list[int]:
    """Add one to everybody's count wherever a bit is set, for all numbers; digit k of the counts at place k."""
    counter: list[int] = []
    for carry in numbers:
        for place, digits in enumerate(counter):
            counter[place], carry = digits ^ carry, digits & carry
        if carry:
            counter.append(carry)
    return counter


def _places(bits: int) -> Iterator[int]:
    for byte, value in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while value:
            low = value & -value
            yield byte * 8 + low.bit_length() - 1
            value ^= low
