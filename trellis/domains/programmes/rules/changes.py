"""What is different between two definitions, for people who are to know before it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trellis.domains.programmes.rules.definition import AtLeast, Definition, Gate, Stage, Text, Track, Tree, branches

GENERAL = ("name", "description", "months", "voluntary", "open_to", "bonus")
NODE = ("name", "kind", "owner", "deliverable", "after")


@dataclass(frozen=True)
class Change:
    """One difference: of a stage, node, track, gate, requirement or the programme in general.

    `code` is added, removed, changed, moved (into another stage) or ordered (the same things in another order).
    `name` is what it is called: a text, a track's position, or a requirement's leaf. `inside` is the name of the stage
    or gate around it, `fields` are what differs with the old and the new value.
    """

    what: str
    code: str
    name: Any = ""
    inside: Text = ""
    fields: tuple[tuple[str, Any, Any], ...] = ()


def differences(old: Definition, new: Definition) -> tuple[Change, ...]:
    """Every difference, in the order in which the new definition is read; things are known again by their keys."""
    return (
        *_general(old, new),
        *_stages(old.stages, new.stages),
        *_nodes(old, new),
        *_tracks(old.tracks, new.tracks),
        *_gates(old, new),
    )


def _fields(old: Any, new: Any, names: Sequence[str]) -> tuple[tuple[str, Any, Any], ...]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return tuple((name, a, b) for name, a, b in pairs if a != b)


def _general(old: Definition, new: Definition) -> Iterator[Change]:
    if fields := _fields(old, new, GENERAL):
        yield Change("general", "changed", new.name, fields=fields)


def _by_key(things: Sequence[Any], key: str = "key") -> dict[str, Any]:
    return {getattr(thing, key): thing for thing in things}


def _ordered(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether those that are in both stand in another order."""
    return [key for key in old if key in new] != [key for key in new if key in old]


def _stages(old: tuple[Stage, ...], new: tuple[Stage, ...]) -> Iterator[Change]:
    before, after = _by_key(old), _by_key(new)
    for key, stage in after.items():
        if key not in before:
            yield Change("stage", "added", stage.name)
            continue
        was = before[key]
        fields = _fields(was, stage, ("name",))
        if (was.from_week, was.to_week) != (stage.from_week, stage.to_week):
            fields += (("weeks", was, stage),)
        if fields:
            yield Change("stage", "changed", stage.name, fields=fields)
    yield from (Change("stage", "removed", stage.name) for key, stage in before.items() if key not in after)
    if _ordered(before, after):
        yield Change("stage", "ordered")


def _nodes(old: Definition, new: Definition) -> Iterator[Change]:
    before = {node.key: (node, stage) for stage in old.stages for node in stage.nodes}
    after = {node.key: (node, stage) for stage in new.stages for node in stage.nodes}
    for key, (node, stage) in after.items():
        if key not in before:
            yield Change("node", "added", node.name, stage.name)
            continue
        was, was_in = before[key]
        if was_in.key != stage.key:
            yield Change("node", "moved", node.name, stage.name)
        fields = _fields(was, node, NODE)
        if (was.week, was.due) != (node.week, node.due):
            fields += (("when", was, node),)
        if fields:
            yield Change("node", "changed", node.name, stage.name, fields)
    yield from (
        Change("node", "removed", node.name, stage.name) for key, (node, stage) in before.items() if key not in after
    )
    was_stages = _by_key(old.stages)
    for stage in new.stages:
        if stage.key in was_stages and _ordered(_by_key(was_stages[stage.key].nodes), _by_key(stage.nodes)):
            yield Change("node", "ordered", inside=stage.name)


def _tracks(old: tuple[Track, ...], new: tuple[Track, ...]) -> Iterator[Change]:
    before, after = _by_key(old, "position"), _by_key(new, "position")
    for position, track in after.items():
        if position not in before:
            yield Change("track", "added", position)
            continue
        was = before[position]
        fields = _fields(was, track, ("pathway",))
        added = tuple(course for course in track.courses if course not in was.courses)
        gone = tuple(course for course in was.courses if course not in track.courses)
        fields += (("courses", gone, added),) if added or gone else ()
        if fields:
            yield Change("track", "changed", position, fields=fields)
    yield from (Change("track", "removed", position) for position in before if position not in after)


def _gates(old: Definition, new: Definition) -> Iterator[Change]:
    before, after = _by_key(old.gates), _by_key(new.gates)
    for key, gate in after.items():
        if key not in before:
            yield Change("gate", "added", gate.name)
            continue
        if fields := _fields(before[key], gate, ("name", "opens")):
            yield Change("gate", "changed", gate.name, fields=fields)
        yield from _requirements(before[key], gate)
    yield from (Change("gate", "removed", gate.name) for key, gate in before.items() if key not in after)
    if _ordered(before, after):
        yield Change("gate", "ordered")


def _requirements(old: Gate, new: Gate) -> Iterator[Change]:
    before, after = _leaves(old.requires), _leaves(new.requires)
    for key, leaf in after.items():
        if key not in before:
            yield Change("requirement", "added", leaf, new.name)
        elif before[key] != leaf:
            yield Change("requirement", "changed", leaf, new.name, (("leaf", before[key], leaf),))
    yield from (Change("requirement", "removed", leaf, new.name) for key, leaf in before.items() if key not in after)
    if before.keys() == after.keys() and _shape(old.requires) != _shape(new.requires):
        yield Change("requirement", "ordered", new.requires, new.name)


def _key(leaf: Any) -> str:
    return str(getattr(leaf, "key", "courses"))


def _leaves(tree: Tree) -> dict[str, Any]:
    return {_key(part): part for part in branches(tree) if not isinstance(part, AtLeast)}


def _shape(tree: Tree) -> Any:
    return (tree.n, tuple(map(_shape, tree.of))) if isinstance(tree, AtLeast) else _key(tree)
