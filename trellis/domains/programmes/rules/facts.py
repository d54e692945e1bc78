"""What is known of one journey, and what can be said of one requirement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from trellis.domains.learning.rules import CourseStanding
from trellis.domains.mentoring.rules import DayBeside
from trellis.domains.programmes.rules.leaves import Leaf
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
