"""When the nodes of a journey are due, what of them is done, and when their owners are reminded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from trellis.domains.programmes.rules.definition import JOINING, Definition, Due, Node, Work
from trellis.domains.programmes.rules.facts import Facts
from trellis.domains.programmes.rules.judging import is_done
from trellis.domains.programmes.rules.leaves import Leaf
from trellis.domains.programmes.rules.times import Tick, Times

DAYS_BEFORE = (1, 7)  # reminders before the due date, the nearest first
WEEKS_AFTER = 8  # as many weekly reminders after it; then it is the academy's to talk about


class NodeState(StrEnum):
    """Where a node stands on a day."""

    DONE = "done"
    LATE = "late"
    NEXT = "next"
    LATER = "later"
    UNDATED = "undated"  # neither done nor due on a day


@dataclass(frozen=True)
class NodeStanding:
    """One node of a journey. `late` in days; `derived`: known from facts, nobody needs to tick it."""

    node: Node
    stage: int
    state: NodeState
    due: date | None
    late: int = 0
    derived: bool = False
    tick: Tick | None = None


def due_on(due: Due | None, *, start: date, joined: date, times: Times) -> date | None:
    """The day on which something is due for one person."""
    if due is None:
        return None
    return times.moved((joined if due.counts_from == JOINING else start) + timedelta(days=due.days))


def ends_on(definition: Definition, *, start: date, times: Times) -> date:
    """The last day of the whole programme for one person."""
    last = max((stage.last_day for stage in definition.stages), default=6)
    return times.moved(start + timedelta(days=last))


Alike = dict[tuple[Any, ...], tuple[tuple[Work, ...], list["NodeStanding"]]]  # what `node_standings` found for others


def node_standings(
    definition: Definition,
    facts: Facts,
    *,
    start: date,
    joined: date,
    on: date,
    completed: bool = False,
    known: Alike | None = None,
) -> list[NodeStanding]:
    """Every node in the order of the programme.

    Done is what its owner ticked, and what facts show: courses, days and reviews are done with the requirements that
    the stage works at. Of what is neither done nor late, what is due soonest is next. A journey that is through has
    everything done. Who asks for hundreds of people gives the same `known` each time: those alike share one list.
    """
    work, times = definition.work_for(facts.position), facts.times
    shown: dict[int, bool] = {}  # nodes of one stage and kind stand for the very same requirements
    done = [
        completed or node.key in times.ticks or bool(asked and _all_done(asked, facts, on, shown))
        for _stage, node, asked in work
    ]
    if known is None:
        return _nodes(work, done, times, start, joined, on)
    key = (id(work), *done, start, joined, on, times.changes, *times.ticks.items())
    if key not in known:
        known[key] = (work, _nodes(work, done, times, start, joined, on))  # with the work, so that its id stays its own
    return known[key][1]


def _nodes(
    work: tuple[Work, ...], dones: list[bool], times: Times, start: date, joined: date, on: date
) -> list[NodeStanding]:
    found: list[NodeStanding] = []
    for (stage, node, asked), done in zip(work, dones, strict=True):
        due = due_on(node.deadline, start=start, joined=joined, times=times)
        late = max(0, (on - due).days) if due and not done else 0
        state = NodeState.DONE if done else NodeState.LATE if late else NodeState.LATER
        if due is None and not done:
            state = NodeState.UNDATED
        found.append(NodeStanding(node, stage, state, due, late, bool(asked), times.ticks.get(node.key)))
    soonest = min((each.due for each in found if each.state is NodeState.LATER and each.due), default=None)
    return [
        _as(each, NodeState.NEXT) if each.state is NodeState.LATER and each.due == soonest else each for each in found
    ]


def _all_done(asked: tuple[Leaf, ...], facts: Facts, on: date, shown: dict[int, bool]) -> bool:
    found = shown.get(id(asked))
    if found is None:
        found = shown[id(asked)] = all(is_done(leaf, facts, on) for leaf in asked)
    return found


def _as(each: NodeStanding, state: NodeState) -> NodeStanding:
    return NodeStanding(each.node, each.stage, state, each.due, each.late, each.derived, each.tick)


def may_tick(owner: str, *, is_own: bool, is_academy: bool, roles: Iterable[str] = ()) -> bool:
    """Whether somebody may say that a node is done: its owner, and the academy for everybody but themselves.

    `roles` are what somebody is to the journey: teacher, holder, manager.
    """
    if is_own:
        return owner == "person"
    return is_academy or owner in roles


def moment_of(due: date, *, on: date) -> str:
    """At which moment of reminding a day lies: before-7, before-1, after-0 (the day after, and a week from then),
    after-1 and so on to after-7; empty when it is too early, or so late that reminding has ended.

    Naming the moment rather than comparing days makes up for a day on which nothing ran.
    """
    left = (due - on).days
    if left >= 0:
        return next((f"before-{days}" for days in DAYS_BEFORE if left <= days), "")
    week = (-left - 1) // 7
    return f"after-{week}" if week < WEEKS_AFTER else ""
