"""A definition as plain data again, in the words and the order in which it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trellis.domains.programmes.rules.definition import START, AtLeast, Definition, Node, Stage, Tree
from trellis.domains.programmes.rules.leaves import (
    WORD_OF,
    AgreementSigned,
    Approval,
    AttendanceOf,
    CasePublished,
    CoursePassed,
    Courses,
    DaysBeside,
    LevelShown,
    PointsHeld,
    SurveyAnswered,
)


def write_definition(definition: Definition) -> dict[str, Any]:
    """The plain data from which `read_definition` makes the same definition."""
    data: dict[str, Any] = {"code": definition.code, "name": definition.name}
    if definition.description:
        data["description"] = definition.description
    data |= {"voluntary": definition.voluntary, "months": definition.months}
    if definition.open_to:
        data["open_to"] = list(definition.open_to)
    if definition.bonus:
        data["bonus"] = {"amount": definition.bonus.amount, "currency": definition.bonus.currency}
    data["stages"] = [_stage(stage) for stage in definition.stages]
    data["tracks"] = [
        {"position": t.position} | ({"pathway": t.pathway} if t.pathway else {}) | {"courses": list(t.courses)}
        for t in definition.tracks
    ]
    data["gates"] = [
        {"key": g.key, "name": g.name, "opens": g.opens, "requires": _tree(g.requires)} for g in definition.gates
    ]
    return data


def _stage(stage: Stage) -> dict[str, Any]:
    data: dict[str, Any] = {
        "key": stage.key,
        "name": stage.name,
        "from_week": stage.from_week,
        "to_week": stage.to_week,
    }
    if stage.nodes:
        data["nodes"] = [_node(node) for node in stage.nodes]
    return data


def _node(node: Node) -> dict[str, Any]:
    data: dict[str, Any] = {"key": node.key, "name": node.name, "kind": node.kind, "owner": node.owner}
    if node.week is not None:
        data["week"] = node.week
    if node.due:
        data["due"] = {node.due.unit: node.due.number}
        if node.due.counts_from != START:
            data["due"]["from"] = node.due.counts_from
    if node.deliverable:
        data["deliverable"] = node.deliverable
    if node.after:
        data["after"] = list(node.after)
    return data


def _tree(tree: Tree) -> dict[str, Any]:
    match tree:
        case AtLeast(None, of):
            return {"all_of": [_tree(part) for part in of]}
        case AtLeast(1, of):
            return {"any_of": [_tree(part) for part in of]}
        case AtLeast(n, of):
            return {"at_least": {"n": n, "of": [_tree(part) for part in of]}}
    return {WORD_OF[type(tree)]: _LEAF_AS_DATA[type(tree)](tree)}


def _courses(leaf: Courses) -> dict[str, Any]:
    return ({} if leaf.percent is None else {"attendance": leaf.percent}) | ({"passed": True} if leaf.passed else {})


def _points(leaf: PointsHeld) -> dict[str, Any]:
    return {"points": leaf.points} | ({} if leaf.currency == "points" else {"currency": leaf.currency})


_LEAF_AS_DATA: dict[type, Callable[[Any], Any]] = {
    Courses: _courses,
    CoursePassed: lambda leaf: leaf.course,
    AttendanceOf: lambda leaf: {"course": leaf.course, "percent": leaf.percent},
    DaysBeside: lambda leaf: {"days": leaf.days, "hours": leaf.hours},
    LevelShown: lambda leaf: {"competency": leaf.competency, "level": leaf.level},
    Approval: lambda leaf: {"by": leaf.by, "key": leaf.name},
    AgreementSigned: lambda leaf: leaf.agreement,
    PointsHeld: _points,
    SurveyAnswered: lambda leaf: leaf.survey,
    CasePublished: lambda leaf: leaf.cases,
}
