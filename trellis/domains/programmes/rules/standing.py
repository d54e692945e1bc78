"""Where somebody stands before the gates of a programme, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from trellis.domains.learning.rules import CourseStanding
from trellis.domains.mentoring.rules import DayBeside, count_days
from trellis.domains.programmes.rules.definition import CERTIFICATE, AtLeast, Definition, Gate, expand
from trellis.domains.programmes.rules.leaves import (
    Approval,
    AttendanceOf,
    CoursePassed,
    DaysBeside,
    Leaf,
    LevelShown,
    is_available,
)
from trellis.domains.programmes.rules.times import Times

NOT_AVAILABLE_YET = "not_available_yet"  # the reason of a requirement whose instrument is still to be built


class State(StrEnum):
    """What can be said of a requirement."""

    MET = "met"
    WAITING = "waiting"
    TODO = "todo"
    AT_RISK = "at_risk"
    OUT_OF_REACH = "out_of_reach"
    WAIVED = "waived"
    NOT_OPEN = "not_open"
    PAUSED = "paused"  # of a whole journey only: nothing presses while it stands still

    @property
    def is_done(self) -> bool:
        return self in (State.MET, State.WAIVED)


@dataclass(frozen=True)
class ReviewFact:
    """One review of an approval: asked, approved or returned."""

    name: str
    state: str
    asked_on: date
    decided_on: date | None = None
    decided_by: int | None = None
    note: str = ""


@dataclass(frozen=True)
class WaiverFact:
    """That a requirement need not be met: by whom, when, why."""

    by: int
    on: date
    note: str


@dataclass(frozen=True)
class Facts:
    """What the rooms know about one journey. Courses and competencies by their codes."""

    position: str = ""
    courses: Mapping[str, CourseStanding] = field(default_factory=dict)
    days: tuple[DayBeside, ...] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    reviews: tuple[ReviewFact, ...] = ()
    waivers: Mapping[str, WaiverFact] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()  # gates gone through already; they stay open
    times: Times = field(default_factory=Times)


@dataclass(frozen=True)
class Line:
    """One piece of evidence: when, what, whether it counts (None: not known yet), and why not."""

    what: str
    counts: bool | None
    on: date | None = None
    why: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Requirement:
    """A leaf with its state, the reason as code and numbers, what it rests on, and what can be done about it."""

    leaf: Leaf
    state: State
    reason: str
    numbers: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Line, ...] = ()
    todo: str = ""
    waiting_for: str = ""
    waiting_for_people: tuple[int, ...] = ()
    since: date | None = None
    decided_by: int | None = None
    decided_on: date | None = None
    note: str = ""

    @property
    def key(self) -> str:
        return self.leaf.key


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

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        return tuple(leaves(self.asks))


@dataclass(frozen=True)
class Standing:
    """All gates of a programme for one journey."""

    gates: tuple[GateStanding, ...]
    state: State
    times: Times = field(default_factory=Times)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Every requirement once, also when several gates ask for it."""
        return tuple({r.key: r for gate in self.gates for r in gate.requirements}.values())

    @property
    def is_complete(self) -> bool:
        """Whether the certificate is due."""
        return bool(self.gates) and all(g.is_open for g in self.gates if g.gate.opens == CERTIFICATE)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many requirements are met (or waived), waiting, to do, at risk, out of reach, not open yet."""
        tally = dict.fromkeys(("met", "waiting", "todo", "at_risk", "out_of_reach", "not_open"), 0)
        for requirement in self.requirements:
            tally["met" if requirement.state.is_done else str(requirement.state)] += 1
        return tally


def leaves(part: Requirement | Branch) -> Iterator[Requirement]:
    """The requirements below a part, from left to right."""
    if isinstance(part, Requirement):
        yield part
    else:
        for below in part.parts:
            yield from leaves(below)


def evaluate(definition: Definition, facts: Facts, *, on: date) -> Standing:
    """Where the journey stands on a day. A gate counts as open only when those before it are.

    Its requirements stay what they are during a pause; the whole is paused, neither at risk nor out of reach.
    """
    track = definition.track_to(facts.position)
    gates: list[GateStanding] = []
    shut = ""  # the first gate that is not open yet
    for gate in definition.gates:
        tree = expand(gate.requires, track)
        ready = not shut and _judge(tree, facts, on, shut, approved=True).state.is_done
        asks = _judge(tree, facts, on, shut, approved=False, askable=ready)
        is_open = gate.key in facts.passed or (asks.state.is_done and not shut)
        gates.append(GateStanding(gate, asks, State.MET if is_open else asks.state, is_open))
        shut = shut or ("" if is_open else gate.key)
    state = State.PAUSED if facts.times.paused_until(on) else combine([g.state for g in gates], None)
    return Standing(tuple(gates), state, facts.times)


def combine(states: list[State], n: int | None) -> State:
    """What so many of the parts (None: all) make together.

    The nearest n are looked at: one of them out of reach puts the whole out of reach; else what presses most is said:
    at risk, to do, waiting, not open. Nothing asked is met.
    """
    nearest = sorted(states, key=_NEARNESS.index)[: len(states) if n is None else n]
    if nearest and all(state is State.WAIVED for state in nearest):
        return State.WAIVED
    for state in _PRESSING:
        if state in nearest:
            return state
    return State.MET


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
    tree: Leaf | AtLeast, facts: Facts, on: date, shut: str, *, approved: bool, askable: bool = False
) -> Requirement | Branch:
    """One part of a gate. `approved` looks at it as if every approval were given: is all the rest met?"""
    if isinstance(tree, AtLeast):
        parts = tuple(_judge(p, facts, on, shut, approved=approved, askable=askable) for p in tree.of)  # type: ignore[arg-type]
        return Branch(tree.n, parts, combine([part.state for part in parts], tree.n))
    waiver = facts.waivers.get(tree.key)
    if waiver:
        return Requirement(tree, State.WAIVED, "waived", decided_by=waiver.by, decided_on=waiver.on, note=waiver.note)
    if not is_available(tree):  # nothing can tell yet; it is neither met nor anybody's to do
        return Requirement(tree, State.NOT_OPEN, NOT_AVAILABLE_YET)
    if isinstance(tree, Approval):
        return Requirement(tree, State.MET, "approved") if approved else _approval(tree, facts, askable)
    found = _leaf(tree, facts, on)
    if shut and found.state is State.TODO:
        return replace(found, state=State.NOT_OPEN, reason="after_gate", numbers={**found.numbers, "gate": shut})
    return found


def _leaf(leaf: Leaf, facts: Facts, on: date) -> Requirement:
    match leaf:
        case AttendanceOf():
            return _credited(leaf, facts) or _attendance(leaf, facts.courses.get(leaf.course))
        case CoursePassed():
            return _credited(leaf, facts) or _passed(leaf, facts.courses.get(leaf.course))
        case DaysBeside():
            return _days(leaf, facts.days, on)
        case LevelShown():
            return _level(leaf, facts.levels.get(leaf.competency, 0))
    raise TypeError(leaf)


def _credited(leaf: AttendanceOf | CoursePassed, facts: Facts) -> Requirement | None:
    """Earlier learning stands for the grade and for the sessions alike; by whom and why is said."""
    course = facts.courses.get(leaf.course)
    by = course.credited if course else None
    if by is None:
        return None
    return Requirement(leaf, State.MET, "credited", decided_by=by.by, decided_on=by.on, note=by.note)


def _attendance(leaf: AttendanceOf, course: CourseStanding | None) -> Requirement:
    """Over every scheduled session: what is still to come is neither attended nor missed."""
    if course is None or not course.enrolled:
        return Requirement(leaf, State.TODO, "not_enrolled", todo="enrol")
    seen = course.attendance
    if seen is None or not seen.scheduled:
        return Requirement(leaf, State.WAITING, "nothing_scheduled", waiting_for="academy", since=course.waiting_since)
    counted = seen.attended + seen.made_up
    numbers = {
        "scheduled": seen.scheduled,
        "attended": counted,
        "missed": seen.missed + seen.excused,
        "open": seen.open,
        "repairable": seen.repairable,
        "percent": leaf.percent,
        "offering": course.offering_id,
    }
    kinds: tuple[tuple[str, int, bool | None], ...] = (
        ("attended", seen.attended, True),
        ("made_up", seen.made_up, True),
        ("missed", seen.missed, False),
        ("excused", seen.excused, False),
        ("open", seen.open, None),
    )
    evidence = tuple(Line(what, counts, about={"n": n}) for what, n, counts in kinds if n)
    if counted * 100 >= leaf.percent * seen.scheduled:
        return Requirement(leaf, State.MET, "attended", numbers, evidence)
    if not seen.reachable(leaf.percent / 100):
        return Requirement(leaf, State.OUT_OF_REACH, "too_many_missed", numbers, evidence, todo="talk")
    if (counted + seen.open) * 100 < leaf.percent * seen.scheduled:
        return Requirement(leaf, State.AT_RISK, "needs_make_up", numbers, evidence, todo="make_up")
    return Requirement(leaf, State.TODO, "sessions_to_come", numbers, evidence, todo="attend")


def _passed(leaf: CoursePassed, course: CourseStanding | None) -> Requirement:
    if course is None or not course.enrolled:
        return Requirement(leaf, State.TODO, "not_enrolled", todo="enrol")
    numbers = {"score": course.score, "offering": course.offering_id}
    if course.passed:
        return Requirement(leaf, State.MET, "passed", numbers)
    if course.passed is False:
        return Requirement(leaf, State.AT_RISK, "failed", numbers, todo="talk")
    if course.waiting_since:
        return Requirement(
            leaf,
            State.WAITING,
            "waiting_for_grade",
            numbers,
            waiting_for="teacher",
            waiting_for_people=tuple(course.teacher_ids),
            since=course.waiting_since,
        )
    return Requirement(leaf, State.TODO, "under_way", numbers, todo="attend")


def _days(leaf: DaysBeside, days: tuple[DayBeside, ...], on: date) -> Requirement:
    """Whole days only: hours of several days are never added up."""
    count = count_days(days, needed=leaf.days, minutes_each=round(leaf.hours * 60), on=on)
    evidence = tuple(
        Line(
            "day",
            {"counted": True, "planned": None, "unconfirmed": None, "unsigned": None}.get(each.code, False),
            on=each.day.on,
            why=each.code,
            about={"minutes": each.day.minutes or 0, "holder": each.day.holder_id},
        )
        for each in count.days
    )
    numbers = {
        "counted": count.counted,
        "needed": leaf.days,
        "hours": leaf.hours,
        "planned": count.planned,
        "left": count.left,
        "unsigned": count.number("unsigned"),
    }
    if count.is_met:
        return Requirement(leaf, State.MET, "days_done", numbers, evidence)
    if count.left:
        lost = any(line.counts is False for line in evidence)
        state, reason = (State.AT_RISK, "day_to_repeat") if lost else (State.TODO, "days_to_plan")
        return Requirement(leaf, state, reason, numbers, evidence, todo="plan_day")
    if count.number("unsigned"):
        return Requirement(leaf, State.TODO, "days_to_sign", numbers, evidence, todo="sign_day")
    if count.waiting_since:
        waiting = tuple(dict.fromkeys(each.day.holder_id for each in count.days if each.code == "unconfirmed"))
        return Requirement(
            leaf,
            State.WAITING,
            "days_to_confirm",
            numbers,
            evidence,
            waiting_for="holder",
            waiting_for_people=waiting,
            since=count.waiting_since,
        )
    return Requirement(leaf, State.TODO, "days_planned", numbers, evidence, todo="days")


def _level(leaf: LevelShown, shown: int) -> Requirement:
    numbers = {"shown": shown, "level": leaf.level}
    if shown >= leaf.level:
        return Requirement(leaf, State.MET, "level_shown", numbers)
    return Requirement(leaf, State.TODO, "level_short", numbers, todo="show_level")


def _approval(leaf: Approval, facts: Facts, askable: bool) -> Requirement:
    """Given, asked for, returned with a reason, or not to be asked for yet."""
    reviews = [review for review in facts.reviews if review.name == leaf.name]
    for review in reviews:
        if review.state == "approved":
            return Requirement(
                leaf,
                State.MET,
                "approved",
                decided_by=review.decided_by,
                decided_on=review.decided_on,
                note=review.note,
            )
    for review in reviews:
        if review.state == "asked":
            return Requirement(leaf, State.WAITING, "review_asked", waiting_for=leaf.by, since=review.asked_on)
    if reviews and askable:
        last = max(reviews, key=lambda review: review.asked_on)
        return Requirement(
            leaf,
            State.TODO,
            "returned",
            todo="ask_review",
            decided_by=last.decided_by,
            decided_on=last.decided_on,
            note=last.note,
        )
    if askable:
        return Requirement(leaf, State.TODO, "ready_to_ask", todo="ask_review")
    return Requirement(leaf, State.NOT_OPEN, "after_the_rest")
