"""Where somebody stands before the gates of a programme, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from trellis.domains.programmes.rules.definition import CERTIFICATE, AtLeast, Definition, Gate
from trellis.domains.programmes.rules.facts import NOT_AVAILABLE_YET, Facts, Requirement, State
from trellis.domains.programmes.rules.judging import approval, judge
from trellis.domains.programmes.rules.leaves import Approval, AttendanceOf, CoursePassed, DaysBeside, Leaf, is_available
from trellis.domains.programmes.rules.times import Times


@dataclass(frozen=True)
class Branch:
    """So many of the parts (None: all), and what that makes together."""

    n: int | None
    parts: tuple[Requirement | Branch, ...]
    state: State


@dataclass(frozen=True)
class GateStanding:
    """One gate: what it asks and whether it is open."""

    gate: Gate
    asks: Requirement | Branch
    state: State
    is_open: bool

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        return tuple(leaves(self.asks))


@dataclass(frozen=True)
class Standing:
    """All gates of a programme for one journey."""

    gates: tuple[GateStanding, ...]
    state: State
    facts: Facts = field(default_factory=Facts)

    @property
    def times(self) -> Times:
        """The time that was granted, and what was ticked."""
        return self.facts.times

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every requirement once, also when several gates ask for it."""
        return tuple({r.key: r for gate in self.gates for r in gate.requirements}.values())

    @property
    def is_complete(self) -> bool:
        """Whether the certificate is due."""
        return bool(self.gates) and all(g.is_open for g in self.gates if g.gate.opens == CERTIFICATE)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many requirements are met (or waived), waiting, to do, at risk, out of reach, not open yet."""
        tally = dict.fromkeys(("met", "waiting", "todo", "at_risk", "out_of_reach", "not_open"), 0)
        for requirement in self.requirements:
            tally["met" if requirement.state.is_done else str(requirement.state)] += 1
        return tally


def leaves(part: Requirement | Branch) -> list[Requirement]:
    """The requirements below a part, from left to right."""
    if isinstance(part, Requirement):
        return [part]
    found: list[Requirement] = []
    for below in part.parts:
        found += (below,) if isinstance(below, Requirement) else leaves(below)
    return found


Judged = dict[tuple[int, int], Requirement]  # what `evaluate` made of a leaf and of what it rests on


def evaluate(definition: Definition, facts: Facts, *, on: date, judged: Judged | None = None) -> Standing:
    """Where the journey stands on a day. A gate counts as open only when those before it are.

    Its requirements stay what they are during a pause; the whole is paused, neither at risk nor out of reach.
    Who asks for many people, and keeps their facts meanwhile, gives the same `judged` each time: those who stand alike
    in a course (one `CourseStanding`), or have no day beside anybody yet, are judged once.
    """
    gates: list[GateStanding] = []
    known = _Known(facts, on, judged)
    shut = ""  # the first gate that is not open yet
    for gate, tree, is_approved in definition.asked_for(facts.position):
        ready = is_approved and not shut and _lacks_only_approval(tree, facts, known)
        asks = _judge(tree, facts, shut, known, askable=ready)
        is_open = gate.key in facts.passed or (asks.state.is_done and not shut)
        gates.append(GateStanding(gate, asks, State.MET if is_open else asks.state, is_open))
        shut = shut or ("" if is_open else gate.key)
    state = State.PAUSED if facts.times.paused_until(on) else combine([g.state for g in gates], None)
    return Standing(tuple(gates), state, facts)


def combine(states: Sequence[State], n: int | None) -> State:
    """What so many of the parts (None: all) make together.

    The nearest n are looked at: one of them out of reach puts the whole out of reach; else what presses most is said:
    at risk, to do, waiting, not open. Nothing asked is met.
    """
    nearest = set(states if n is None else sorted(states, key=_NEARNESS.index)[:n])
    if nearest == {State.WAIVED}:
        return State.WAIVED
    return next((state for state in _PRESSING if state in nearest), State.MET)


_NEARNESS = [
    State.MET,
    State.WAIVED,
    State.WAITING,
    State.TODO,
    State.AT_RISK,
    State.NOT_OPEN,
    State.OUT_OF_REACH,
]
_PRESSING = [State.OUT_OF_REACH, State.AT_RISK, State.TODO, State.WAITING, State.NOT_OPEN]


def _judge(
    tree: Leaf | AtLeast,
    facts: Facts,
    shut: str,
    known: _Known,
    *,
    askable: bool,
) -> Requirement | Branch:
    """One part of a gate. `askable`: all the rest of the gate is met, so that an approval can be asked for."""
    if isinstance(tree, AtLeast):
        parts = tuple([_judge(p, facts, shut, known, askable=askable) for p in tree.of])  # type: ignore[arg-type]
        return Branch(tree.n, parts, combine([part.state for part in parts], tree.n))
    if facts.waivers and (waiver := facts.waivers.get(tree.key)):
        return Requirement(tree, State.WAIVED, "waived", decided_by=waiver.by, decided_on=waiver.on, note=waiver.note)
    if not is_available(tree):  # nothing can tell yet; it is neither met nor anybody's to do
        return Requirement(tree, State.NOT_OPEN, NOT_AVAILABLE_YET)
    if isinstance(tree, Approval):
        return approval(tree, facts, askable)
    found = known.of(tree)
    if shut and found.state is State.TODO:
        return replace(found, state=State.NOT_OPEN, reason="after_gate", numbers={**found.numbers, "gate": shut})
    return found


def _lacks_only_approval(tree: Leaf | AtLeast, facts: Facts, known: _Known) -> bool:
    """Whether the part would be done if every approval were given."""
    if isinstance(tree, AtLeast):
        done = (_lacks_only_approval(part, facts, known) for part in tree.of)  # type: ignore[arg-type]
        return all(done) if tree.n is None else sum(done) >= min(tree.n, len(tree.of))
    if tree.key in facts.waivers or isinstance(tree, Approval):
        return True
    return is_available(tree) and known.of(tree).state.is_done


_OF_A_COURSE = (CoursePassed, AttendanceOf)


class _Known:
    """What facts make of each leaf, looked at once: gates that lie one behind the other ask much of the same."""

    def __init__(self, facts: Facts, on: date, judged: Judged | None) -> None:
        self._facts, self._on, self._judged = facts, on, {} if judged is None else judged
        self._mine: dict[Leaf, Requirement] = {}

    def of(self, leaf: Leaf) -> Requirement:
        rests_on: object = None
        if isinstance(leaf, _OF_A_COURSE):
            rests_on = self._facts.courses.get(leaf.course)
        elif isinstance(leaf, DaysBeside):
            rests_on = self._facts.days
        if rests_on is None:
            if leaf not in self._mine:
                self._mine[leaf] = judge(leaf, self._facts, self._on)
            return self._mine[leaf]
        alike = (id(leaf), id(rests_on))
        found = self._judged.get(alike)
        if found is None:
            found = self._judged[alike] = judge(leaf, self._facts, self._on)
        return found
