"""Everyone against every position at once.

Each requirement (a competency at a level, within its days) becomes one whole number whose bit i says that person i
meets it. Who is ready for a position is then the `and` of its requirements, and how many each person lacks is counted
for all people together by adding those numbers bit by bit: some hundred operations on long numbers instead of
millions on short ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress, filterfalse, groupby, repeat
from operator import attrgetter
from typing import Any

from trellis.domains.careers.rules.levels import Evidence, Requirement, Shown, levels_shown

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


@dataclass(frozen=True)
class Alike:
    """What many people showed alike: a competency at a level, from one source.

    `said` are the people, each with the day, as one number: id x DAYS + the day's ordinal. A company of 50,000 has some
    hundred thousand of them.
    """

    competency: Any
    level: int
    source: str
    said: Sequence[int]


DAYS = 1 << 22  # more than the ordinal of any date


def who_meets(
    requirements: Iterable[Requirement], alike: Iterable[Alike], *, people: Sequence[int], on: date
) -> dict[Requirement, int]:
    """For each requirement, the people who meet it on the day, as a number with bit i for `people[i]`.

    `alike` comes by competency, without own estimates and what lies after the day; others than `people` are left out.
    Who has one statement in a competency, as nearly everybody, meets what it meets. Where somebody has several, they
    are weighed (levels_shown), one person at a time.
    """
    asked: dict[Any, list[Requirement]] = {}
    for requirement in dict.fromkeys(requirements):
        asked.setdefault(requirement.competency, []).append(requirement)
    place = {person: at for at, person in enumerate(people)}
    found = {requirement: 0 for those in asked.values() for requirement in those}
    for competency, group in groupby(alike, attrgetter("competency")):
        stated = list(group)
        those = [[packed // DAYS for packed in one.said] for one in stated]
        several = _said_more_than_once(those)
        for one, people_of in zip(stated, those, strict=True):
            single = [*filterfalse(several.__contains__, people_of)] if several else people_of
            everybody: int | None = None  # their bits, whatever the day
            for r in asked.get(competency, ()):
                if one.level < r.level:
                    continue
                if r.fresh_for_days is None:
                    everybody = _bits(single, place) if everybody is None else everybody
                    found[r] |= everybody
                else:
                    oldest = on.toordinal() - r.fresh_for_days
                    fresh = [packed // DAYS for packed in one.said if packed % DAYS >= oldest]
                    found[r] |= _bits(filterfalse(several.__contains__, fresh), place)
        theirs = [compress(one.said, map(several.__contains__, who)) for one, who in zip(stated, those, strict=True)]
        for person, has in _weighed(stated, theirs, on) if several else ():
            for r in asked.get(competency, ()):
                if person in place and has.fresh_level(r.fresh_for_days, on=on) >= r.level:
                    found[r] |= 1 << place[person]
    return found


def _said_more_than_once(those: Iterable[Sequence[int]]) -> set[int]:
    """The people who have several statements in the competency."""
    once: set[int] = set()
    several: set[int] = set()
    for people in those:
        who = set(people)
        if len(who) < len(people):
            several.update(person for person, n in Counter(people).items() if n > 1)
        several |= once & who
        once |= who
    return several


def _weighed(stated: Iterable[Alike], said: Iterable[Iterable[int]], on: date) -> Iterator[tuple[int, Shown]]:
    """The level of each person of whom something is said, from all of it: `said` is what is looked at of `stated`."""
    evidence: dict[int, list[Evidence]] = {}
    for one, looked_at in zip(stated, said, strict=True):
        for packed in looked_at:
            person, day = divmod(packed, DAYS)
            shown = Evidence(one.competency, one.level, date.fromordinal(day), one.source)
            evidence.setdefault(person, []).append(shown)
    for person, theirs in evidence.items():
        yield person, levels_shown(theirs, on=on)[theirs[0].competency]


def _bits(who: Iterable[int], place: Mapping[int, int]) -> int:
    """The number with a bit for each of them: their places as the digits of a number, which is read as one."""
    digits = bytearray(b"0") * (len(place) + 1)
    last = len(place) - 1  # the first person is the last digit; who has no place writes into one that is not read
    for at in map(place.get, who, repeat(last + 1)):
        digits[last - at] = _ONE
    return int(digits[:-1] or b"0", 2)


_ONE = ord("1")


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
