"""The growth map: pathways as rows, steps as columns, and where the reader stands on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from trellis.domains.careers.models import Pathway, PathwayStep
from trellis.domains.careers.queries.standpoint import Standpoint, tallies
from trellis.domains.people.models import Position
from trellis.kit.prepared import prepared
from trellis.kit.text import Described

MOST_ROWS = 12  # a map with more rows is no picture any more: families are folded instead
MOST_COLUMNS = 5  # a longer pathway goes on in the next line of its row


@dataclass
class Cell:
    """A position on a pathway. `state`: you (once), here (the same one elsewhere), aim, next, past or nothing."""

    position: Position
    rank: int
    state: str = ""
    have: int = 0
    need: int = 0


@dataclass(frozen=True)
class Line:
    """One line of the picture; the first line of a pathway carries its name."""

    pathway: Pathway
    cells: tuple[Cell | None, ...]
    is_first: bool


@dataclass(frozen=True)
class Link:
    """A curve from where the reader is; coordinates are per cent of the map."""

    path: str
    kind: str


@dataclass(frozen=True)
class Map:
    """The picture: lines of cells, curves between them, and how many steps lie before the reader."""

    columns: int
    lines: tuple[Line, ...]
    links: tuple[Link, ...]
    steps_away: int

    @property
    def is_wrapped(self) -> bool:
        """Whether some pathway goes on in a second line, so that a column is no step."""
        return not all(line.is_first for line in self.lines)


@dataclass
class Family:
    """Pathways that belong together, folded when there are many."""

    name: str
    pathways: list[Pathway] = field(default_factory=list)
    positions: int = 0


def pathways() -> dict[Pathway, list[Position]]:
    """Every pathway with its positions in order; one statement, however many there are."""
    found: dict[Pathway, list[Position]] = {}
    for step in _steps():
        found.setdefault(step.pathway, []).append(step.position)
    return found


@prepared
def _steps() -> QuerySet[PathwayStep]:
    return (
        PathwayStep.objects.select_related("pathway", "position")
        .order_by("pathway__order", "pathway_id", "rank", "id")
        .defer("pathway__description", "pathway__descriptions", "position__description", "position__descriptions")
    )


def families(ways: dict[Pathway, list[Position]]) -> list[Family]:
    """The families in the order of their first pathway."""
    found: dict[str, Family] = {}
    for pathway, positions in ways.items():
        family = found.setdefault(pathway.family, Family(pathway.family))
        family.pathways.append(pathway)
        family.positions += len(positions)
    return list(found.values())


def near(ways: dict[Pathway, list[Position]], stand: Standpoint) -> list[Pathway]:
    """The pathways the person is on or aims at, those first that hold both."""
    mine = {p.pk for p in (stand.position, stand.aim) if p}
    touching = [(len(mine & {p.pk for p in positions}), pathway) for pathway, positions in ways.items()]
    return [pathway for count, pathway in sorted(touching, key=lambda t: -t[0]) if count]


def called(ways: dict[Pathway, list[Position]], words: str) -> list[Pathway]:
    """The pathways that hold the words in their name, or in that of a position on them, in any language."""
    sought = words.casefold()

    def names(thing: Described) -> str:
        return " ".join([thing.name, *thing.names.values()]).casefold()

    return [way for way, positions in ways.items() if any(sought in names(thing) for thing in (way, *positions))]


def drawn(rows: Collection[Pathway], ways: dict[Pathway, list[Position]], stand: Standpoint) -> Map:
    """The picture of some pathways as the person sees it; one statement for what their positions ask."""
    columns = min(MOST_COLUMNS, max((len(ways[row]) for row in rows), default=1))
    states = _states([ways[row] for row in rows], stand)
    ids = [pk for pk, state in states.items() if state in ("aim", "next")]
    counts = tallies(ids, stand.levels, on=stand.on) if ids else {}
    lines: list[Line] = []
    for row in rows:
        for begin in range(0, len(ways[row]), columns):
            cells: list[Cell | None] = [
                _cell(position, rank, states, counts)
                for rank, position in enumerate(ways[row][begin : begin + columns], begin + 1)
            ]
            lines.append(Line(row, tuple(cells + [None] * (columns - len(cells))), begin == 0))
    _once(lines)
    away = sum(state in ("aim", "next") for state in states.values())
    return Map(columns, tuple(lines), tuple(_links(lines, columns)), away)


def _states(rows: Iterable[list[Position]], stand: Standpoint) -> dict[int, str]:
    here, aim = stand.position and stand.position.pk, stand.aim and stand.aim.pk
    states: dict[int, str] = {}
    for positions in rows:
        ids = [p.pk for p in positions]
        at = ids.index(here) if here in ids else None
        for place, pk in enumerate(ids):
            if pk == here:
                states[pk] = "you"
            elif pk == aim:
                states[pk] = "aim"
            elif at is not None and place == at + 1:
                states[pk] = "next"
            elif pk in stand.held:
                states.setdefault(pk, "past")
            else:
                states.setdefault(pk, "")
    return states


def _cell(position: Position, rank: int, states: dict[int, str], counts: dict[int, tuple[int, int]]) -> Cell:
    return Cell(position, rank, states[position.pk], *counts.get(position.pk, (0, 0)))


def _once(lines: list[Line]) -> None:
    """Only one place is "you": a position that begins several pathways is there again, more quietly."""
    yours = [cell for line in lines for cell in line.cells if cell and cell.state == "you"]
    for cell in yours[1:]:
        cell.state = "here"


def _links(lines: list[Line], columns: int) -> Iterable[Link]:
    """From the reader's place to each next step and to the aim, within the row where that can be."""
    places = [(n, k, cell) for n, line in enumerate(lines) for k, cell in enumerate(line.cells) if cell]
    starts = [(n, k) for n, k, cell in places if cell.state in ("you", "here")]
    if not starts:
        return
    for n, k, cell in places:
        if cell.state not in ("aim", "next"):
            continue
        begin = min(starts, key=lambda start: (abs(start[0] - n), start))
        if begin[1] >= k:
            continue
        half = 50 / columns - 1.7
        x1, x2 = 100 * (begin[1] + 0.5) / columns + half, 100 * (k + 0.5) / columns - half
        y1, y2 = (100 * (row + 0.5) / len(lines) for row in (begin[0], n))
        middle = (x1 + x2) / 2
        path = f"M{x1:.2f} {y1:.2f}C{middle:.2f} {y1:.2f} {middle:.2f} {y2:.2f} {x2:.2f} {y2:.2f}"
        yield Link(path, cell.state)
