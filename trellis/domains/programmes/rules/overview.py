"""A standing seen from above: what presses most, what is worked at in which stage, the columns of a roster."""

from __future__ import annotations

from datetime import date

from trellis.domains.programmes.rules.definition import ANNOUNCED_AS, Definition, branches
from trellis.domains.programmes.rules.facts import Requirement, State
from trellis.domains.programmes.rules.leaves import AttendanceOf, CoursePassed, Leaf
from trellis.domains.programmes.rules.standing import Standing

# What is said first when several requirements share a place.
PRESSING = (
    State.OUT_OF_REACH,
    State.AT_RISK,
    State.TODO,
    State.WAITING,
    State.NOT_OPEN,
    State.MET,
    State.WAIVED,
)
_RANK = {state: place for place, state in enumerate(PRESSING)}


def most_pressing(standing: Standing) -> Requirement | None:
    """The one requirement to speak of first: out of reach when all hangs on it, else at risk, to do, waiting.

    During a pause nothing is spoken of.
    """
    if standing.state is State.PAUSED:
        return None
    order = [State.AT_RISK, State.TODO, State.WAITING]
    if standing.state is State.OUT_OF_REACH:
        order.insert(0, State.OUT_OF_REACH)
    for state in order:
        found = [r for r in standing.requirements if r.state is state]
        if found:
            return min(found, key=lambda r: r.since or date.max) if state is State.WAITING else found[0]
    return None


def by_stage(definition: Definition, standing: Standing) -> list[list[Requirement]]:
    """Which requirements are worked at in which stage, in the order of the stages.

    A gate's are worked at from the stage that the gate before it opened; those of a kind that a node of a later stage
    announces (days, a review) belong to that stage.
    """
    found: list[list[Requirement]] = [[] for _stage in definition.stages]
    for gate, (begins, announced) in zip(standing.gates, definition.work_of_gates, strict=True):
        for requirement in gate.requirements:
            found[announced.get(ANNOUNCED_AS.get(type(requirement.leaf), ""), begins)].append(requirement)
    return found


def columns_of(definition: Definition) -> list[str]:
    """The columns of a roster: every course of every track once, then and what else is asked."""
    columns = [course for track in definition.tracks for course in track.courses]
    parts = [part for gate in definition.gates for part in branches(gate.requires)]
    columns += [part.course for part in parts if isinstance(part, CoursePassed | AttendanceOf)]
    columns += [part.key for part in parts if isinstance(part, Leaf) and not hasattr(part, "course")]
    return list(dict.fromkeys(columns))


def by_column(standing: Standing) -> dict[str, State]:
    """What presses most in each column of a roster: a course's code, `days`, a level's or an approval's key."""
    found: dict[str, State] = {}
    for requirement in standing.requirements:
        leaf, state = requirement.leaf, requirement.state
        column = leaf.course if isinstance(leaf, (CoursePassed, AttendanceOf)) else leaf.key
        before = found.get(column)
        if before is None or _RANK[state] < _RANK[before]:
            found[column] = state
    return found
