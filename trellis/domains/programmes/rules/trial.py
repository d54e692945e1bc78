"""A dry run: who would pass each gate today, and what the others lack. Pure; as plain data that can be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from trellis.domains.programmes.rules.facts import NOT_AVAILABLE_YET, Requirement
from trellis.domains.programmes.rules.leaves import Approval
from trellis.domains.programmes.rules.standing import Branch, GateStanding, Standing

# What can come of a gate for somebody, the best first.
OUTCOMES = (
    "open",  # would pass
    "approval",  # has everything but the yes of the academy
    "before",  # has everything, but a gate before it is shut
    "unavailable",  # lacks only what cannot be looked at yet
    "lacks",  # lacks something
    "lost",  # lacks something that is out of reach
)


@dataclass(frozen=True)
class Tried:
    """One person before one gate: the outcome and the keys of what is lacking."""

    outcome: str
    lacks: tuple[str, ...] = ()


def lacking(asks: Requirement | Branch) -> tuple[Requirement, ...]:
    """What is not met below a part that is not; of a choice every way that is not met."""
    if asks.state.is_done:
        return ()
    if isinstance(asks, Requirement):
        return (asks,)
    return tuple(requirement for part in asks.parts for requirement in lacking(part))


def try_gate(gate: GateStanding) -> Tried:
    """How somebody fares before a gate."""
    missing = lacking(gate.asks)
    keys = tuple(dict.fromkeys(requirement.key for requirement in missing))
    if gate.is_open:
        return Tried("open")
    if not missing:
        return Tried("before")
    rest = [r for r in missing if not isinstance(r.leaf, Approval)]
    if not rest:
        return Tried("approval", keys)
    if all(r.reason == NOT_AVAILABLE_YET for r in rest):
        return Tried("unavailable", keys)
    return Tried("lost" if gate.state == "out_of_reach" else "lacks", keys)


def try_gates(standing: Standing) -> tuple[Tried, ...]:
    """How somebody fares before every gate."""
    return tuple(try_gate(gate) for gate in standing.gates)


Pattern = tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Trial:
    """Everybody before every gate: what is kept of a dry run.

    `keys`: the requirements somebody lacks. A pattern says for each gate the place of the outcome in OUTCOMES and those
    of the lacking requirements in `keys`; a row is a person's id, the place of their position in `positions`, and that
    of their pattern: most people fare like many others.
    """

    positions: tuple[str, ...]
    keys: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    rows: tuple[tuple[int, int, int], ...]

    def counts(self, gate: int) -> dict[str, int]:
        """How many have which outcome at a gate, the best first."""
        tally: Counter[int] = Counter()
        for pattern, n in self._together.items():
            tally[self.patterns[pattern][gate][0]] += n
        return {outcome: tally[place] for place, outcome in enumerate(OUTCOMES) if tally[place]}

    def most_lacked(self, gate: int) -> list[tuple[str, int]]:
        """The requirements of a gate by how many people lack them, the most first."""
        tally: Counter[int] = Counter()
        for pattern, n in self._together.items():
            for key in self.patterns[pattern][gate][1]:
                tally[key] += n
        return [(self.keys[place], n) for place, n in tally.most_common()]

    def among(self, gate: int, outcome: str = "", key: str = "") -> list[tuple[int, str, Tried]]:
        """Person, position and how they fare at a gate: those with an outcome, or lacking a requirement, or all."""
        found = [(place, self._tried(pattern, gate)) for place, pattern in enumerate(self.patterns)]
        fits = {
            place: tried
            for place, tried in found
            if (not outcome or tried.outcome == outcome) and (not key or key in tried.lacks)
        }
        return [(who, self.positions[where], fits[pattern]) for who, where, pattern in self.rows if pattern in fits]

    def _tried(self, pattern: Pattern, gate: int) -> Tried:
        outcome, lacks = pattern[gate]
        return Tried(OUTCOMES[outcome], tuple(self.keys[place] for place in lacks))

    @property
    def _together(self) -> Counter[int]:
        return Counter(pattern for _person, _position, pattern in self.rows)

    def as_data(self) -> dict[str, Any]:
        """As plain data, to be kept and read again by `trial_from`."""
        return asdict(self)


def trial_of(people: Iterable[tuple[int, str, tuple[Tried, ...]]]) -> Trial:
    """Put together how everybody fares: person, code of the position, the gates."""
    positions: dict[str, int] = {}
    keys: dict[str, int] = {}
    patterns: dict[tuple[Tried, ...], int] = {}
    rows = [
        (person, positions.setdefault(position, len(positions)), patterns.setdefault(tried, len(patterns)))
        for person, position, tried in people
    ]
    packed = tuple(
        tuple((OUTCOMES.index(t.outcome), tuple(keys.setdefault(key, len(keys)) for key in t.lacks)) for t in tried)
        for tried in patterns
    )
    return Trial(tuple(positions), tuple(keys), packed, tuple(rows))


def trial_from(data: Mapping[str, Any]) -> Trial:
    """What `as_data` gave, after it was kept as JSON."""
    return Trial(
        tuple(data["positions"]),
        tuple(data["keys"]),
        tuple(tuple((outcome, tuple(lacks)) for outcome, lacks in pattern) for pattern in data["patterns"]),
        tuple((person, position, pattern) for person, position, pattern in data["rows"]),
    )
