"""Changing a definition while it is being written: plain data in, changed plain data out.

A draft may still lack much of what a definition needs; whatever is asked here, the outcome can be read and shown, and
what is wrong with it is told by `read_definition`. A place is the way down into the data, as in a fault: `("stages", 0,
"nodes", 1)`. In addresses it is written `stages/0/nodes/1`; a last word `new` is the place of what is not there yet.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from typing import Any

from trellis.domains.programmes.rules.definition import CERTIFICATE, Fault, Path

Body = dict[str, Any]
NEW = "new"
LISTS = {"stages": "stage", "tracks": "track", "gates": "gate"}
GROUPS = ("all_of", "any_of", "at_least")
# Faults of the form. Data with one of these is no definition at all, while other faults are mended in the editor.
OF_THE_FORM = frozenset(
    {
        "not_a_mapping",
        "not_a_list",
        "not_a_word",
        "not_a_text",
        "not_a_number",
        "not_yes_or_no",
        "unknown_key",
        "not_one_requirement",
        "unknown_requirement",
        "twice",
        "days_or_weeks",
        "week_and_due",
    }
)


def of_the_form(faults: Collection[Fault]) -> tuple[Fault, ...]:
    """Those faults with which data cannot even become a draft."""
    return tuple(fault for fault in faults if fault.code in OF_THE_FORM)


def blank(name: Any, code: str) -> Body:
    """What a new programme begins with: a name, and the gate every programme ends with."""
    gate = {"key": "completion", "name": {"en": "Completion", "zh-hans": "结业"}, "opens": CERTIFICATE}
    approval = {"approval": {"by": "academy", "key": "review"}}
    return {
        "code": code,
        "name": name,
        "voluntary": True,
        "months": 6,
        "stages": [],
        "tracks": [],
        "gates": [gate | {"requires": {"all_of": [approval]}}],
    }


def parse_place(text: str) -> Path:
    """The place an address speaks of; none: the programme itself."""
    return tuple(int(part) if part.isdecimal() else part for part in text[:300].split("/") if part)


def write_place(place: Path) -> str:
    """The place as it stands in an address."""
    return "/".join(map(str, place))


def kind_of(place: Path) -> str:
    """What is edited at the place: general, stage, node, track, gate, part, or nothing ("")."""
    match place:
        case ():
            return "general"
        case ("stages" | "tracks" | "gates" as first, int() | "new"):
            return LISTS[first]
        case ("stages", int(), "nodes", int() | "new"):
            return "node"
        case ("gates", int(), "requires", *rest):
            return "part" if _leads_to_part(rest) else ""
    return ""


def _leads_to_part(rest: list[str | int]) -> bool:
    match rest:
        case [] | ["new"] | ["all_of" | "any_of", "new"] | ["at_least", "of", "new"]:
            return True
        case ["all_of" | "any_of", int(), *below] | ["at_least", "of", int(), *below]:
            return _leads_to_part(below)
    return False


def at(body: Body, place: Path) -> Any:
    """What stands at the place, or None."""
    found: Any = body
    for step in place:
        if isinstance(found, list):
            found = found[step] if isinstance(step, int) and 0 <= step < len(found) else None
        else:
            found = found.get(step) if isinstance(found, dict) else None
    return found


def can_be_edited(body: Body, place: Path) -> bool:
    """Whether there is something at the place, or room for something new."""
    if not kind_of(place):
        return False
    if place[-1:] != (NEW,):
        return isinstance(at(body, place), dict)
    if kind_of(place) == "part":
        return place[3:] == (NEW,) or isinstance(at(body, place[:-1]), list)
    return len(place) == 2 or isinstance(at(body, place[:-2]), dict)


def nearest(body: Body, path: Path) -> Path:
    """The place where a fault is mended: the nearest one that can be edited, going up from it."""
    return next(place for n in range(len(path), -1, -1) if can_be_edited(body, place := path[:n]))


def shape_of(tree: Any) -> tuple[str, Path, list[Any]] | None:
    """Of a group: its word, the way from it to its parts, and the parts. None for a leaf."""
    if not isinstance(tree, dict) or len(tree) != 1:
        return None
    [(word, content)] = tree.items()
    if word == "at_least":
        parts = content.get("of") if isinstance(content, dict) else None
        return word, (word, "of"), parts if isinstance(parts, list) else []
    if word in GROUPS:
        return word, (word,), content if isinstance(content, list) else []
    return None


def leaves(tree: Any, place: Path = ()) -> Iterator[tuple[Path, str, Any]]:
    """Every leaf of a tree in its order: where, its word, its content."""
    group = shape_of(tree)
    if group:
        _word, way, parts = group
        for i, part in enumerate(parts):
            yield from leaves(part, (*place, *way, i))
    elif isinstance(tree, dict) and len(tree) == 1:
        [(word, content)] = tree.items()
        yield place, word, content


def key_for(name: Any, taken: Collection[str], otherwise: str) -> str:
    """A key made of the English name that nothing else has; of `otherwise` where there are no Latin letters."""
    text = name.get("en", "") if isinstance(name, dict) else str(name or "")
    word = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-") or otherwise
    return next(key for n in range(1, len(taken) + 2) if (key := word if n == 1 else f"{word}-{n}") not in taken)


def change(body: Body, place: Path, values: dict[str, Any]) -> Body:
    """Set the values of what stands at the place; a value None takes the key out."""
    new = deepcopy(body)
    there = at(new, place)
    if isinstance(there, dict):
        there.update(values)
        for key in [key for key, value in there.items() if value is None]:
            del there[key]
    return new


def add(body: Body, place: Path, values: dict[str, Any]) -> Body:
    """Append a stage, node, track or gate; who has a key gets one that is not taken. `place` ends with `new`."""
    new, kind = deepcopy(body), kind_of(place)
    values = {key: value for key, value in values.items() if value is not None}
    if kind in ("stage", "node", "gate"):
        values = {"key": key_for(values.get("name"), _keys(new, kind), kind)} | values
    above = at(new, place[:-2])
    if isinstance(above, dict):
        listed = above.setdefault(str(place[-2]), [])
        # The gate that opens the certificate stays the last one: a new one goes before it.
        closing = kind == "gate" and bool(listed) and isinstance(listed[-1], dict) and listed[-1].get("opens")
        before = closing == CERTIFICATE and values.get("opens") != CERTIFICATE
        listed.insert(len(listed) - 1 if before else len(listed), values)
    return new


def _keys(body: Body, kind: str) -> set[str]:
    things = body.get("gates" if kind == "gate" else "stages") or []
    if kind == "node":
        things = [node for stage in things for node in stage.get("nodes") or []]
    return {str(thing.get("key", "")) for thing in things}


def remove(body: Body, place: Path) -> Body:
    """Take out what stands at the place. Who came after it does so no longer; a gate's whole tree becomes empty."""
    new, there = deepcopy(body), at(body, place)
    if there is None or not place:
        return new
    if place[3:] == () and kind_of(place) == "part":
        at(new, place[:2])["requires"] = {"all_of": []}
        return new
    if not isinstance(place[-1], int):
        return new
    del at(new, place[:-1])[place[-1]]
    if kind_of(place) in ("stage", "node"):
        _forget(new, {there.get("key")} if kind_of(place) == "node" else {n.get("key") for n in there.get("nodes", [])})
    return new


def _forget(body: Body, keys: set[Any]) -> None:
    """No node comes after one that is gone."""
    for stage in body.get("stages") or []:
        for node in stage.get("nodes") or []:
            after = [key for key in node.get("after") or [] if key not in keys]
            if after:
                node["after"] = after
            else:
                node.pop("after", None)


def move(body: Body, place: Path, *, up: bool) -> Body:
    """One place up or down. A node at the edge of its stage goes over into the neighbouring one."""
    new = deepcopy(body)
    if at(new, place) is None or not place or not isinstance(place[-1], int):
        return new
    listed, i = at(new, place[:-1]), place[-1]
    to = i - 1 if up else i + 1
    if 0 <= to < len(listed):
        listed[i], listed[to] = listed[to], listed[i]
    elif kind_of(place) == "node":
        stage = int(place[1]) + (-1 if up else 1)
        if 0 <= stage < len(new["stages"]):
            beside = new["stages"][stage].setdefault("nodes", [])
            beside.insert(len(beside) if up else 0, listed.pop(i))
    return new


def add_part(body: Body, place: Path, tree: dict[str, Any]) -> Body:
    """Ask for one more thing in the group; `place` ends with `new`. A gate of a single leaf becomes a group of both."""
    new = deepcopy(body)
    if place[3:] == (NEW,):
        gate = at(new, place[:2])
        root = gate.get("requires")
        group = shape_of(root)
        if group is None:
            gate["requires"] = {"all_of": [root, tree] if root else [tree]}
        else:
            parts = at(root, group[1])
            parts.append(tree) if isinstance(parts, list) else _regroup(root, group[0], [tree])
        return new
    listed = at(new, place[:-1])
    if isinstance(listed, list):
        listed.append(tree)
    return new


def put_part(body: Body, place: Path, tree: dict[str, Any]) -> Body:
    """Ask for something else instead."""
    new = deepcopy(body)
    above = at(new, place[:-1])
    if above is not None and at(new, place) is not None:
        above[place[-1]] = tree
    return new


def regroup(body: Body, place: Path, n: int | None) -> Body:
    """How many of the group's parts are to be met: all of them (None), or that many."""
    new = deepcopy(body)
    tree = at(new, place)
    group = shape_of(tree)
    if group:
        _regroup(tree, "all_of" if n is None else "any_of" if n == 1 else "at_least", group[2], n)
    return new


def _regroup(tree: dict[str, Any], word: str, parts: list[Any], n: int | None = None) -> None:
    tree.clear()
    tree[word] = {"n": n, "of": parts} if word == "at_least" else parts


def approval_key(body: Body) -> str:
    """A key for one more approval."""
    there = [
        str(content.get("key", ""))
        for gate in body.get("gates") or []
        for _place, word, content in leaves(gate.get("requires"))
        if word == "approval" and isinstance(content, dict)
    ]
    return key_for("review", there, "review")


def move_to(body: Body, place: Path, stage: int) -> Body:
    """A node into another stage, at its end; it keeps its key, so who comes after it still does."""
    new = deepcopy(body)
    node, target = at(new, place), at(new, ("stages", stage))
    if node is None or not isinstance(target, dict) or place[1] == stage:
        return new
    del at(new, place[:-1])[place[-1]]
    target.setdefault("nodes", []).append(node)
    return new


def follow(old: Body, new: Body, place: Path) -> Path | None:
    """Where that which stood at the place of the old body stands in the new one; None when it is gone."""
    kind, there = kind_of(place), at(old, place)
    if place[-1:] == (NEW,) or not place:
        above = place[:-2] if kind != "part" else place[:-1]
        return place if at(old, above) == at(new, above) or len(place) == 2 else None
    if kind == "part":
        return place if at(new, place) == there else None
    name = "position" if kind == "track" else "key"
    return next((found for found in _all(new, kind) if (at(new, found) or {}).get(name) == there.get(name)), None)


def _all(body: Body, kind: str) -> Iterator[Path]:
    first = "stages" if kind == "node" else f"{kind}s"
    for i, thing in enumerate(body.get(first) or []):
        if kind == "node":
            yield from (("stages", i, "nodes", n) for n in range(len(thing.get("nodes") or [])))
        else:
            yield first, i
