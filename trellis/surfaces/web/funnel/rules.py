"""How far people came, counted. Pure: no Django, no words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

STEPS = ("volunteered", "enrolled", "met", "certified", "pool", "interviewed", "placed")
Key = TypeVar("Key", bound=Hashable)
SMALL = 5  # groups of fewer are told together, so that nobody is read out of them


@dataclass(frozen=True)
class Way:
    """One attempt: the furthest step it came to (its place in STEPS), whether it is still going, and its groups."""

    step: int
    going: bool
    pathway: str = ""
    unit: str = ""  # the path of the unit, such as /1/4/


@dataclass(frozen=True)
class Counted:
    """Of `counts[0]` who volunteered, `counts[i]` came to STEPS[i] or further; `going` of all are still on the way."""

    counts: tuple[int, ...]
    going: int

    @property
    def start(self) -> int:
        return self.counts[0]

    def narrowest(self) -> tuple[int, int, int] | None:
        """The step that the smallest share of those before it has taken: its place, how many, of how many.

        Steps before which fewer than SMALL stand say nothing, and those of whom everybody went on are no loss.
        """
        pairs = [(i, now, before) for i, (before, now) in enumerate(zip(self.counts, self.counts[1:], strict=False), 1)]
        losing = [(i, now, before) for i, now, before in pairs if before >= SMALL and now < before]
        return min(losing, key=lambda row: (row[1] / row[2], row[0])) if losing else None


def furthest(*reached: bool) -> int:
    """The place of the last step that was reached, of those after volunteering; whoever came further came by it too."""
    step = len(reached)
    while step and not reached[step - 1]:
        step -= 1
    return step


def count(ways: Iterable[Way]) -> Counted:
    """All of them in one funnel."""
    ended = [0] * len(STEPS)
    going = 0
    for way in ways:
        ended[way.step] += 1
        going += way.going
    return Counted(tuple(sum(ended[i:]) for i in range(len(STEPS))), going)


def count_by(ways: Iterable[Way], key: Callable[[Way], Key]) -> tuple[dict[Key, Counted], Counted | None]:
    """A funnel for each group of SMALL or more, the largest first; and one for all the smaller groups together.

    When a single group is small, the next smallest goes with it: the whole minus the others would give it away.
    """
    groups: dict[Key, list[Way]] = defaultdict(list)
    for way in ways:
        groups[key(way)].append(way)
    by_size = sorted(groups, key=lambda group: -len(groups[group]))
    small = [group for group in by_size if len(groups[group]) < SMALL]
    if small and sum(len(groups[group]) for group in small) < SMALL and len(by_size) > len(small):
        small.insert(0, by_size[len(by_size) - len(small) - 1])
    told = {group: count(groups[group]) for group in by_size if group not in small}
    return told, count(way for group in small for way in groups[group]) if small else None


def unit_at(path: str, level: int) -> int:
    """The unit of that level above a unit's path: 0 is the company; a unit higher up stands for itself; 0: none."""
    ids = [int(part) for part in path.split("/") if part]
    return ids[min(level, len(ids) - 1)] if ids else 0
