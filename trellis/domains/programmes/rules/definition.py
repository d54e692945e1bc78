"""What a programme consists of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from trellis.domains.programmes.rules.leaves import Approval, AttendanceOf, CoursePassed, Courses, DaysBeside, Leaf

CERTIFICATE = "certificate"
NODE_KINDS = ("event", "courses", "days", "review", "task")
OWNERS = ("person", "academy", "teacher", "holder", "manager")
APPROVERS = ("academy",)
START, JOINING = "start", "joining"
UNITS = {"days": 1, "weeks": 7}  # how many days one of them is

# The kind of node by which a stage announces that such requirements are worked at in it.
ANNOUNCED_AS: Mapping[type, str] = {
    AttendanceOf: "courses",
    CoursePassed: "courses",
    DaysBeside: "days",
    Approval: "review",
}

Path = tuple[str | int, ...]
Text = str | dict[str, str]  # one text, or one per language


@dataclass(frozen=True)
class Fault:
    """What is wrong with a definition, and where: the way down from its top, a code, and what the code speaks of."""

    path: Path
    code: str
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AtLeast:
    """So many of the parts; `n` None means all of them."""

    n: int | None
    of: tuple[Tree, ...]


Tree = Leaf | Courses | AtLeast


@dataclass(frozen=True)
class Due:
    """A day so many days or weeks after the cohort's start or the day of joining; before it when negative.

    The number is kept in the unit somebody wrote it in. Without a cohort the start is the day of joining.
    """

    number: int
    unit: str = "days"  # days | weeks
    counts_from: str = START

    @property
    def days(self) -> int:
        return self.number * UNITS[self.unit]


@dataclass(frozen=True)
class Node:
    """One thing that happens in a stage: whose it is, when, what it delivers, and which nodes come before it.

    `week` says in which week it takes place, `due` until which day it is done; one of the two, or neither.
    """

    key: str
    name: Text
    kind: str
    owner: str
    week: int | None = None
    due: Due | None = None
    deliverable: Text = ""
    after: tuple[str, ...] = ()

    @property
    def deadline(self) -> Due | None:
        """Until when it is done: as said, else the last day of its week."""
        return self.due or (None if self.week is None else Due(self.week * 7 - 1))


@dataclass(frozen=True)
class Stage:
    """A stretch of the programme, in weeks from the start.

    The first week is 1 and the one before it 0, so that what prepares a programme lies in 0 and below. The last week
    belongs to the stage.
    """

    key: str
    name: Text
    from_week: int
    to_week: int
    nodes: tuple[Node, ...] = ()

    @property
    def first_day(self) -> int:
        """In days from the start; the start itself is 0."""
        return (self.from_week - 1) * 7

    @property
    def last_day(self) -> int:
        """In days from the start."""
        return self.to_week * 7 - 1


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
        return self._tracks.get(position)

    def asked_for(self, position: str) -> tuple[Asked, ...]:
        """Each gate with what it asks of who steps to the position. Worked out once, for hundreds ask the same."""
        track = self.track_to(position)
        known = track.position if track else ""
        if known not in self._asked:
            trees = [(gate, expand(gate.requires, track)) for gate in self.gates]
            self._asked[known] = tuple((g, t, any(isinstance(p, Approval) for p in branches(t))) for g, t in trees)
        return self._asked[known]

    def work_for(self, position: str) -> tuple[Work, ...]:
        """Each node with the place of its stage and what it stands for, for who steps to the position; worked out once.

        Courses, days and reviews stand for the requirements of that kind that their stage works at.
        """
        track = self.track_to(position)
        known = track.position if track else ""
        if known not in self._work:
            asks: dict[tuple[int, str], list[Leaf]] = {}
            for (_gate, tree, _approved), (begins, announced) in zip(
                self.asked_for(known), self.work_of_gates, strict=True
            ):
                for leaf in (part for part in branches(tree) if isinstance(part, Leaf)):
                    kind = ANNOUNCED_AS.get(type(leaf), "")
                    asks.setdefault((announced.get(kind, begins), kind), []).append(leaf)
            once = {spot: tuple(dict.fromkeys(leaves)) for spot, leaves in asks.items()}
            self._work[known] = tuple(
                (place, node, once.get((place, node.kind), ()))
                for place, stage in enumerate(self.stages)
                for node in stage.nodes
            )
        return self._work[known]

    def leaves_for(self, position: str) -> tuple[Leaf, ...]:
        """Everything that the gates ask of who steps to the position, each once."""
        track = self.track_to(position)
        known = track.position if track else ""
        if known not in self._leaves:
            parts = (part for _gate, tree, _approved in self.asked_for(known) for part in branches(tree))
            self._leaves[known] = tuple(dict.fromkeys(part for part in parts if isinstance(part, Leaf)))
        return self._leaves[known]

    def leaves_of_nodes(self, position: str) -> tuple[Leaf, ...]:
        """What the nodes stand for, for who steps to the position, each once."""
        return tuple(dict.fromkeys(leaf for _place, _node, leaves in self.work_for(position) for leaf in leaves))

    @cached_property
    def _leaves(self) -> dict[str, tuple[Leaf, ...]]:
        return {}

    @cached_property
    def _work(self) -> dict[str, tuple[Work, ...]]:
        return {}

    @cached_property
    def _tracks(self) -> dict[str, Track]:
        return {track.position: track for track in reversed(self.tracks)}

    @cached_property
    def _asked(self) -> dict[str, tuple[Asked, ...]]:
        return {}

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes of all stages, in their order."""
        return tuple(node for stage in self.stages for node in stage.nodes)

    @cached_property
    def work_of_gates(self) -> tuple[tuple[int, Mapping[str, int]], ...]:
        """For each gate the stage from which it is worked at, and the first of its stages that announces a kind of
        node; all by their places."""
        order = {stage.key: index for index, stage in enumerate(self.stages)}
        found: list[tuple[int, Mapping[str, int]]] = []
        begins = 0
        for gate in self.gates:
            ends = order.get(gate.opens, len(self.stages))
            spots = range(max(ends, begins + 1) - 1, begins - 1, -1)
            found.append((begins, {node.kind: place for place in spots for node in self.stages[place].nodes}))
            begins = min(ends, len(self.stages) - 1)
        return tuple(found)


# A gate, what it asks of one position, and whether somebody's approval is part of it.
Asked = tuple[Gate, Leaf | AtLeast, bool]
# The place of a stage, one of its nodes, and the requirements the node stands for.
Work = tuple[int, Node, tuple[Leaf, ...]]


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
