"""Whether a definition makes sense: in itself, before what other rooms know, and for the people who are under way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from trellis.domains.programmes.rules.definition import (
    CERTIFICATE,
    JOINING,
    START,
    AtLeast,
    Definition,
    Fault,
    Gate,
    Node,
    Path,
    Tree,
)
from trellis.domains.programmes.rules.leaves import (
    LEAVES,
    WORD_OF,
    AttendanceOf,
    CoursePassed,
    Courses,
    DaysBeside,
    Leaf,
    LevelShown,
    is_available,
)

DAYS_A_MONTH = 31  # the longest: a programme may fill its months to the last day
INSTRUMENT_OF = {kind.made: kind.instrument for kind in LEAVES}
Faults = Iterator[Fault]


@dataclass(frozen=True)
class Known:
    """What other rooms know, by code: how many hold each position, pathways, courses, each competency's top level."""

    positions: Mapping[str, int] = field(default_factory=dict)
    pathways: Collection[str] = ()
    courses: Collection[str] = ()
    levels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class UnderWay:
    """How many people who are under way step to each position, and how many went through each gate, by their keys."""

    positions: Mapping[str, int] = field(default_factory=dict)
    gates: Mapping[str, int] = field(default_factory=dict)


def faults_in(definition: Definition, known: Known, going: UnderWay) -> tuple[Fault, ...]:
    """Why the definition cannot be published, each with its place."""
    return (
        *_keys(definition),
        *_order(definition),
        *_times(definition),
        *_ways_through(definition),
        *_passable(definition, known),
        *_unknown(definition, known),
        *_stranded(definition, going),
    )


def warnings_in(definition: Definition, known: Known) -> tuple[Fault, ...]:
    """What the office should look at before publishing; nothing of it stands in the way."""
    odd = (*_odd_times(definition), *_asked_twice(definition))
    return (*odd, *_not_available(definition), *_unheld(definition, known))


def parts_of(definition: Definition) -> Iterator[tuple[Path, Tree]]:
    """Every part of every gate with its place in the data."""
    for i, gate in enumerate(definition.gates):
        yield from _placed(gate.requires, ("gates", i, "requires"))


def nodes_of(definition: Definition) -> Iterator[tuple[Path, Node]]:
    """Every node with its place in the data."""
    for i, stage in enumerate(definition.stages):
        for n, node in enumerate(stage.nodes):
            yield ("stages", i, "nodes", n), node


def _placed(tree: Tree, path: Path) -> Iterator[tuple[Path, Tree]]:
    if not isinstance(tree, AtLeast):
        yield (*path, WORD_OF[type(tree)]), tree
        return
    down: Path = {None: ("all_of",), 1: ("any_of",)}.get(tree.n, ("at_least", "of"))
    yield (*path, *down), tree
    for i, part in enumerate(tree.of):
        yield from _placed(part, (*path, *down, i))


def _keys(definition: Definition) -> Faults:
    """Nodes are named by their keys from all stages, so a key is there once in the programme."""
    seen: dict[str, Path] = {}
    for path, node in nodes_of(definition):
        if node.key and node.key in seen and seen[node.key][:2] != path[:2]:  # within a stage the reader tells
            yield Fault((*path, "key"), "twice", {"key": node.key})
        seen.setdefault(node.key, path)


def _order(definition: Definition) -> Faults:
    """Nodes that come after ones that do not exist, and rounds: nodes each of which waits for the next."""
    known = {node.key for node in definition.nodes}
    places: dict[tuple[str, str], Path] = {}
    before: dict[str, list[str]] = {}
    for path, node in nodes_of(definition):
        for i, key in enumerate(node.after):
            places[node.key, key] = (*path, "after", i)
            if key not in known:
                yield Fault((*path, "after", i), "unknown_node", {"key": key})
        before.setdefault(node.key, []).extend(key for key in node.after if key in known)
    while before:
        free = {key for key, waits in before.items() if not any(other in before for other in waits)}
        if not free:
            round_ = _a_round(before)
            yield Fault(places[round_[0], round_[1]], "cycle", {"way": " → ".join(round_)})
            free = set(round_)
        before = {key: waits for key, waits in before.items() if key not in free}


def _a_round(before: Mapping[str, list[str]]) -> list[str]:
    """Nodes from one back to itself; every node given waits for another one given."""
    way = [next(iter(before))]
    while way[-1] not in way[:-1]:
        way.append(next(key for key in before[way[-1]] if key in before))
    return way[way.index(way[-1]) :]


def _times(definition: Definition) -> Faults:
    """Stages one after the other, and nothing due outside of them; "38 weeks" is still inside when week 38 is."""
    for i, (earlier, later) in enumerate(pairwise(definition.stages), start=1):
        if later.from_week <= earlier.to_week:
            yield Fault(("stages", i, "from_week"), "stages_overlap", {"week": earlier.to_week})
    if not definition.stages:
        return
    first, last = definition.stages[0], definition.stages[-1]
    weeks = {"low": first.from_week, "high": last.to_week}
    for path, node in nodes_of(definition):
        due = node.deadline
        if due is None:
            continue
        at = (*path, "due" if node.due else "week")
        if due.counts_from == JOINING and due.days < 0:
            yield Fault(at, "due_before_joining")
        elif due.days > last.last_day + 1 or (due.counts_from == START and due.days < first.first_day):
            yield Fault(at, "due_outside", weeks)


def _ways_through(definition: Definition) -> Faults:
    """Gates open the stages in their order, and the last of them the certificate."""
    order = {stage.key: i for i, stage in enumerate(definition.stages)} | {CERTIFICATE: len(definition.stages)}
    so_far = 0
    for i, gate in enumerate(definition.gates):
        opens = order.get(gate.opens, so_far)
        if opens < so_far:
            yield Fault(("gates", i, "opens"), "gate_backwards", {"key": gate.opens})
        so_far = max(so_far, opens)


def _passable(definition: Definition, known: Known) -> Faults:
    """What nobody could ever meet, or everybody would without doing anything."""
    for path, part in parts_of(definition):
        match part:
            case Courses() if not definition.tracks:
                yield Fault(path, "courses_without_track")
            case DaysBeside() if not definition.tracks:
                yield Fault(path, "days_without_position")
            case LevelShown(competency, level) if level > known.levels.get(competency, level):
                yield Fault((*path, "level"), "level_too_high", {"level": level, "highest": known.levels[competency]})
    if any(isinstance(part, Courses) for _path, part in parts_of(definition)):
        for i, track in enumerate(definition.tracks):
            if not track.courses:
                yield Fault(("tracks", i, "courses"), "track_without_courses", {"code": track.position})


def _unknown(definition: Definition, known: Known) -> Faults:
    """Codes that no position, pathway, course or competency carries."""
    found: dict[str, Collection[str]] = {
        "position": known.positions,
        "pathway": known.pathways,
        "course": known.courses,
        "competency": known.levels,
    }
    for kind, code, path in _named(definition):
        if code and code not in found[kind]:
            yield Fault(path, f"unknown_{kind}", {"code": code})


def _named(definition: Definition) -> Iterator[tuple[str, str, Path]]:
    """Everything of other rooms that the definition names: its kind, its code, and where."""
    for i, code in enumerate(definition.open_to):
        yield "position", code, ("open_to", i)
    for i, track in enumerate(definition.tracks):
        yield "position", track.position, ("tracks", i, "position")
        yield "pathway", track.pathway, ("tracks", i, "pathway")
        for n, course in enumerate(track.courses):
            yield "course", course, ("tracks", i, "courses", n)
    for path, part in parts_of(definition):
        if isinstance(part, CoursePassed | AttendanceOf):
            yield "course", part.course, path
        if isinstance(part, LevelShown):
            yield "competency", part.competency, path


def _stranded(definition: Definition, going: UnderWay) -> Faults:
    """People under way for whom nothing would be left to go on with."""
    tracks = {track.position for track in definition.tracks}
    for code, n in sorted(going.positions.items()):
        if n and code not in tracks:
            yield Fault(("tracks",), "strands_position", {"code": code, "n": n})
    gates = {gate.key for gate in definition.gates}
    for key, n in sorted(going.gates.items()):
        if n and key not in gates:
            yield Fault(("gates",), "strands_gate", {"key": key, "n": n})


def _odd_times(definition: Definition) -> Faults:
    """Due outside its own stage or before what it follows; stages longer than the months say."""
    due = {node.key: node.deadline for node in definition.nodes}
    for path, node in nodes_of(definition):
        until = due[node.key]
        if until is None or until.counts_from != START:
            continue
        stage = definition.stages[int(path[1])]
        at = (*path, "due" if node.due else "week")
        if not stage.first_day <= until.days <= stage.last_day + 1:
            yield Fault(at, "due_outside_stage", {"low": stage.from_week, "high": stage.to_week})
        for key in node.after:
            other = due.get(key)
            if other and other.counts_from == START and other.days > until.days:
                yield Fault(at, "due_before_its_forerunner", {"key": key})
    if definition.stages and definition.stages[-1].last_day >= definition.months * DAYS_A_MONTH:
        at = ("stages", len(definition.stages) - 1, "to_week")
        yield Fault(at, "longer_than_its_months", {"months": definition.months})


def _not_available(definition: Definition) -> Faults:
    for path, part in parts_of(definition):
        if not is_available(part):
            yield Fault(path, "not_available_yet", {"instrument": INSTRUMENT_OF[type(part)]})


def _asked_twice(definition: Definition) -> Faults:
    """The same course, days or level in one gate twice: it is told and waived as one."""
    for i, gate in enumerate(definition.gates):
        seen: set[str] = set()
        for path, part in _leaves(gate, i):
            if part.key in seen:
                yield Fault(path, "asked_twice")
            seen.add(part.key)


def _leaves(gate: Gate, i: int) -> Iterator[tuple[Path, Leaf]]:
    for path, part in _placed(gate.requires, ("gates", i, "requires")):
        if isinstance(part, Leaf):
            yield path, part


def _unheld(definition: Definition, known: Known) -> Faults:
    """Days are asked beside holders of a position that nobody holds now."""
    if not any(isinstance(part, DaysBeside) for _path, part in parts_of(definition)):
        return
    for i, track in enumerate(definition.tracks):
        if known.positions.get(track.position) == 0:
            yield Fault(("tracks", i, "position"), "nobody_holds", {"code": track.position})
