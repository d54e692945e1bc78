"""A definition as plain data again, in the words and the order in which it is read."""

from __future__ import annotations

from typing import Any

from trellis.domains.programmes.rules.definition import (
    Approval,
    AtLeast,
    AttendanceOf,
    CoursePassed,
    Courses,
    DaysBeside,
    Definition,
    LevelShown,
    Stage,
    Tree,
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
        data["nodes"] = [
            {"key": n.key, "name": n.name, "kind": n.kind, "owner": n.owner}
            | ({} if n.week is None else {"week": n.week})
            for n in stage.nodes
        ]
    return data


def _tree(tree: Tree) -> dict[str, Any]:
    match tree:
        case AtLeast(None, of):
            return {"all_of": [_tree(part) for part in of]}
        case AtLeast(1, of):
            return {"any_of": [_tree(part) for part in of]}
        case AtLeast(n, of):
            return {"at_least": {"n": n, "of": [_tree(part) for part in of]}}
        case Courses(percent, passed):
            return {
                "courses": ({} if percent is None else {"attendance": percent}) | ({"passed": True} if passed else {})
            }
        case CoursePassed(course):
            return {"course_passed": course}
        case AttendanceOf(course, percent):
            return {"attendance": {"course": course, "percent": percent}}
        case DaysBeside(days, hours):
            return {"days_beside_holder": {"days": days, "hours": hours}}
        case LevelShown(competency, level):
            return {"level": {"competency": competency, "level": level}}
        case Approval(by, name):
            return {"approval": {"by": by, "key": name}}
    raise TypeError(tree)
