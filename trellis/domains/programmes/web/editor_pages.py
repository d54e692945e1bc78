"""What the editor's pages show, put together so that templates only lay it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from trellis.domains.programmes import phrases
from trellis.domains.programmes.queries.drafts import Desk
from trellis.domains.programmes.rules import CERTIFICATE, AtLeast, editing
from trellis.domains.programmes.rules.definition import Path
from trellis.domains.programmes.web.editor_forms import PlaceForm


@dataclass(frozen=True)
class Row:
    """A thing of the draft in a line: where it is edited, its name, words about it, whether something is wrong."""

    place: str
    name: str
    about: tuple[str, ...]
    wrong: bool
    id: str = ""
    rows: tuple[Row, ...] = ()


def overview(desk: Desk) -> dict[str, Any]:
    """The draft as the programme will be read: stages with their nodes, gates as sentences, tracks."""
    wrong = {trouble.place for trouble in desk.faults}
    definition, words = desk.definition, desk.words
    nodes = {node.key: phrases.said(node.name) for node in definition.nodes}
    stages = []
    for i, stage in enumerate(definition.stages):
        place: Path = ("stages", i)
        rows = tuple(
            _row((*place, "nodes", n), phrases.said(node.name), tuple(_about_node(node, nodes)), wrong)
            for n, node in enumerate(stage.nodes)
        )
        stages.append(_row(place, phrases.said(stage.name), (phrases.weeks(stage),), wrong, rows))
    names = {stage.key: phrases.said(stage.name) for stage in definition.stages}
    gates = [
        _row(("gates", i), phrases.said(gate.name), _about_gate(gate, names, desk), _within(("gates", i), wrong))
        for i, gate in enumerate(definition.gates)
    ]
    tracks = [
        _row(("tracks", i), words.position(track.position), tuple(map(words.names.course, track.courses)), wrong)
        for i, track in enumerate(definition.tracks)
    ]
    return {
        "about": phrases.said(definition.description) if definition.description else "",
        "open_to": [words.position(code) for code in definition.open_to],
        "bonus": definition.bonus and phrases.money(definition.bonus),
        "stages": stages,
        "gates": gates,
        "tracks": tracks,
        "general_wrong": () in wrong,
    }


def _within(place: Path, wrong: set[Path]) -> set[Path]:
    """A gate is marked for what is wrong anywhere in its tree."""
    return {place} if any(found[: len(place)] == place for found in wrong) else set()


def _row(place: Path, name: str, about: tuple[str, ...], wrong: set[Path], rows: tuple[Row, ...] = ()) -> Row:
    return Row(editing.write_place(place), name, about, place in wrong, "-".join(map(str, place)), rows)


def _about_node(node: Any, nodes: dict[str, str]) -> Iterator[str]:
    yield str(phrases.NODE_KINDS.get(node.kind, node.kind))
    if when := phrases.when(node):
        yield when
    yield str(phrases.OWNERS.get(node.owner, node.owner))
    if node.deliverable:
        yield phrases.delivers(node.deliverable)
    if node.after:
        yield phrases.comes_after(nodes.get(key, key) for key in node.after)


def _about_gate(gate: Any, stages: dict[str, str], desk: Desk) -> tuple[str, ...]:
    opens = (
        phrases.opens_certificate() if gate.opens == CERTIFICATE else phrases.opens(stages.get(gate.opens, gate.opens))
    )
    return opens, phrases.sentence(gate.requires, desk.words.names)


@dataclass(frozen=True)
class Part:
    """One requirement of a gate, or a group of them with its parts."""

    place: str
    text: str
    wrong: bool
    is_group: bool = False
    parts: tuple[Part, ...] = ()
    new: str = ""


def parts_shown(desk: Desk, place: Path) -> Part:
    """The tree of the gate at the place."""
    tree = desk.definition.gates[int(place[1])].requires
    wrong = {trouble.place for trouble in desk.faults}
    return _part(tree, (*place, "requires"), desk, wrong)


def _part(tree: Any, place: Path, desk: Desk, wrong: set[Path]) -> Part:
    at = editing.write_place(place)
    if not isinstance(tree, AtLeast):
        return Part(at, phrases.leaf(tree, desk.words.names), place in wrong, new=f"{at}/{editing.NEW}")
    group = editing.shape_of(editing.at(desk.draft.body, place))
    way = group[1] if group else ()
    parts = tuple(_part(part, (*place, *way, i), desk, wrong) for i, part in enumerate(tree.of))
    new = editing.write_place((*place, *way, editing.NEW)) if way else f"{at}/{editing.NEW}"
    return Part(at, phrases.group(tree.n, len(tree.of)), place in wrong, True, parts, new)


def headings(desk: Desk, place: Path, kind: type[PlaceForm] | None) -> dict[str, Any]:
    """What the page of a place is called, and the thing around it that one goes back to."""
    back = reverse("programmes:draft", args=[desk.draft.pk])
    here = editing.kind_of(place)
    found: dict[str, Any] = {"back": back, "inside": None}
    if here == "part":
        inside = editing.write_place(place[:2]), phrases.where(desk.definition, place[:2], desk.words)
        at = reverse("programmes:edit_draft", args=[desk.draft.pk])
        found = {"back": f"{at}?at={inside[0]}", "inside": inside}
    if place[-1:] == (editing.NEW,) or here == "part":
        return found | {"title": kind.new if kind else ""}
    return found | {"title": phrases.where(desk.definition, place, desk.words) or phrases.in_general()}
