"""Delegation in seven levels: choosing in secret, one reveal, and what follows from the choices.

The levels and the practice are Management 3.0's delegation board: 1 tell, 2 sell, 3 consult, 4 agree, 5 advise,
6 inquire, 7 delegate. Those who chose the highest and the lowest explain.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

LEVELS = range(1, 8)
LEAST = 2  # a choice alone would be no secret and no conversation


@dataclass(frozen=True)
class Extremes:
    """Person ids of those who chose the lowest and the highest level; both empty where all chose the same."""

    lowest: frozenset[int] = frozenset()
    highest: frozenset[int] = frozenset()

    def asks(self, person: int) -> bool:
        """Whether this person is asked to explain."""
        return person in self.lowest or person in self.highest


def extremes(choices: Mapping[int, int]) -> Extremes:
    """Who explains, of choices as person id to level. Ties explain together: everybody at either end."""
    if len(set(choices.values())) < 2:
        return Extremes()
    low, high = min(choices.values()), max(choices.values())
    return Extremes(
        frozenset(person for person, level in choices.items() if level == low),
        frozenset(person for person, level in choices.items() if level == high),
    )


def tally(chosen: Collection[int]) -> tuple[int, ...]:
    """How often each of the seven levels was chosen, from 1 on."""
    counted = Counter(chosen)
    return tuple(counted[level] for level in LEVELS)


def suggested(chosen: Collection[int]) -> int | None:
    """The level that more than half chose; None where a team has to talk. A suggestion: the team agrees, not a rule."""
    level, count = Counter(chosen).most_common(1)[0] if chosen else (0, 0)
    return level if 2 * count > len(chosen) else None


def why_no_round(*, members: int) -> str:
    """`alone`: there is nobody to choose with; empty: a round can be opened."""
    return "alone" if members < LEAST else ""


def why_no_reveal(*, chosen: int) -> str:
    """`too_few`: fewer than two chose, so that a reveal would single somebody out; empty: it can be."""
    return "too_few" if chosen < LEAST else ""
