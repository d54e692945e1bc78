"""What a programme consists of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

CERTIFICATE = "certificate"
NODE_KINDS = ("event", "courses", "days", "review", "task")
OWNERS = ("person", "academy", "teacher", "holder", "manager")
APPROVERS = ("academy",)

Path = tuple[str | int, ...]
Text = str | dict[str, str]  # one text, or one per language


@dataclass(frozen=True)
class Fault:
    """What is wrong with a definition, and where: the way down from its top, a code, and what the code speaks of."""

    path: Path
    code: str
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CoursePassed:
    """A course is to be passed."""

    course: str

    @property
    def key(self) -> str:
        return f"passed:{self.course}"


@dataclass(frozen=True)
class AttendanceOf:
    """So many percent of a course's scheduled sessions are to be attended."""

    course: str
    percent: int

    @property
    def key(self) -> str:
        return f"attendance:{self.course}"


@dataclass(frozen=True)
class DaysBeside:
    """So many whole days of so many hours beside somebody who holds the track's position."""

    days: int
    hours: float

    @property
    def key(self) -> str:
        return "days"


@dataclass(frozen=True)
class LevelShown:
    """A competency is to be shown at a level or above."""

    competency: str
    level: int

    @property
    def key(self) -> str:
        return f"level:{self.competency}"


@dataclass(frozen=True)
class Approval:
    """Somebody else says yes, after all the rest is met."""

    by: str
    name: str

    @property
    def key(self) -> str:
        return f"approval:{self.name}"


@dataclass(frozen=True)
class Courses:
    """Every course of the track; becomes one requirement for each course and aspect."""

    percent: int | None
    passed: bool


Leaf = CoursePassed | AttendanceOf | DaysBeside | LevelShown | Approval


@dataclass(frozen=True)
class AtLeast:
    """So many of the parts; `n` None means all of them."""

    n: int | None
    of: tuple[Tree, ...]


Tree = Leaf | Courses | AtLeast


@dataclass(frozen=True)
class Node:
    """One thing that happens in a stage."""

    key: str
    name: Text
    kind: str
    owner: str
    week: int | None = None


@dataclass(frozen=True)
class Stage:
    """A stretch of the programme, in weeks from the start; the first week is 1, the last one belongs to it."""

    key: str
    name: Text
    from_week: int
    to_week: int
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Track:
    """A position one can step to, and the courses that prove what it asks."""

    position: str
    courses: tuple[str, ...]
    pathway: str = ""


@dataclass(frozen=True)
class Gate:
    """What has to be met before a stage, or the certificate, opens."""

    key: str
    name: Text
    opens: str
    requires: Tree


@dataclass(frozen=True)
class Bonus:
    """An amount in the currency's smallest unit, paid once with the certificate."""

    amount: int
    currency: str


@dataclass(frozen=True)
class Definition:
    """A whole programme."""

    code: str
    name: Text
    description: Text
    voluntary: bool
    months: int
    open_to: tuple[str, ...]
    bonus: Bonus | None
    stages: tuple[Stage, ...]
    tracks: tuple[Track, ...]
    gates: tuple[Gate, ...]

    def track_to(self, position: str) -> Track | None:
        """The track to a position, by its code."""
        return next((t for t in self.tracks if t.position == position), None)


def branches(tree: Tree) -> Iterable[Tree]:
    """The tree's parts, itself first, from the top down."""
    yield tree
    if isinstance(tree, AtLeast):
        for part in tree.of:
            yield from branches(part)


def expand(tree: Tree, track: Track | None) -> Leaf | AtLeast:
    """The tree with `courses` replaced by those of the track: for each course its attendance, then its pass."""
    if isinstance(tree, AtLeast):
        return AtLeast(tree.n, tuple(expand(part, track) for part in tree.of))
    if not isinstance(tree, Courses):
        return tree
    parts: list[Tree] = []
    for course in track.courses if track else ():
        if tree.percent is not None:
            parts.append(AttendanceOf(course, tree.percent))
        if tree.passed:
            parts.append(CoursePassed(course))
    return AtLeast(None, tuple(parts))


def always_passed(tree: Tree, track: Track | None) -> frozenset[str]:
    """The courses without whose pass the tree is never met, waivers apart: a cheap look before a whole evaluation."""
    expanded = expand(tree, track)
    if isinstance(expanded, CoursePassed):
        return frozenset({expanded.course})
    if not isinstance(expanded, AtLeast) or not expanded.of:
        return frozenset()
    parts = [always_passed(part, track) for part in expanded.of]
    return frozenset.union(*parts) if expanded.n in (None, len(parts)) else frozenset.intersection(*parts)
