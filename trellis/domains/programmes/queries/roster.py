"""Who is where in a cohort, row by row; of one page, or of all when something is to be found among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from trellis.domains.learning.models import Course
from trellis.domains.programmes.leaf_wording import Names, title_of
from trellis.domains.programmes.models import Cohort, Journey
from trellis.domains.programmes.queries.dues import nodes_of
from trellis.domains.programmes.queries.journey import journeys_loaded
from trellis.domains.programmes.queries.standings import standings
from trellis.domains.programmes.rules import (
    Alike,
    NodeStanding,
    NodeState,
    Standing,
    State,
    by_column,
    most_pressing,
)
from trellis.domains.programmes.wording import why
from trellis.kit.prepared import prepared


@dataclass(frozen=True)
class RosterRow:
    """One person of a cohort: the journey, how many requirements are met of how many, and a state for each course, the
    days and the approval in the order of the columns.

    `late`: nodes that are late, `late_by` days the oldest of them; `next`: the node that is due next; `why`: of who is
    at risk or out of reach, the requirement and the reason.
    """

    journey: Journey
    standing: Standing
    met: int
    total: int
    cells: tuple[State | None, ...]
    late: int = 0
    late_by: int = 0
    next: NodeStanding | None = None
    paused_until: date | None = None
    why: str = ""

    @property
    def is_going(self) -> bool:
        return not self.journey.left_at and not self.journey.completed_at

    @property
    def code(self) -> str:
        """left | completed | paused | out | risk | going: what the row says of the person in one word."""
        if not self.is_going:
            return "left" if self.journey.left_at else "completed"
        if self.paused_until:
            return "paused"
        return {State.OUT_OF_REACH: "out", State.AT_RISK: "risk"}.get(self.standing.state, "going")


def roster_of(
    journeys: Iterable[Journey], columns: list[str], on: date, *, courses: dict[str, Course]
) -> list[RosterRow]:
    """The rows of these journeys, with the courses among the columns; a bounded number of statements."""
    travelling = list(journeys)
    found = standings(travelling, on=on, courses=courses)
    rows = []
    known: Alike = {}
    ahead: dict[int, tuple[int, int, NodeStanding | None]] = {}
    told: dict[tuple[int, str], str] = {}
    for journey in travelling:
        standing = found[journey.pk]
        cells = by_column(standing)
        nodes = nodes_of(journey, standing.facts, on, known=known)
        if id(nodes) not in ahead:
            ahead[id(nodes)] = _ahead(nodes)
        late, late_by, comes = ahead[id(nodes)]
        rows.append(
            RosterRow(
                journey,
                standing,
                standing.counts["met"],
                len(standing.requirements),
                tuple([cells.get(column) for column in columns]),
                late=late,
                late_by=late_by,
                next=comes,
                paused_until=standing.times.paused_until(on),
                why=_why(standing, Names(courses=courses, position=journey.position or ""), told),
            )
        )
    return rows


def _ahead(nodes: list[NodeStanding]) -> tuple[int, int, NodeStanding | None]:
    """How many nodes are late, by how many days at most, and which is due next."""
    late = [node.late for node in nodes if node.state is NodeState.LATE]
    return len(late), max(late, default=0), next((node for node in nodes if node.state is NodeState.NEXT), None)


def _why(standing: Standing, names: Names, told: dict[tuple[int, str], str]) -> str:
    if not standing.counts["at_risk"] and not standing.counts["out_of_reach"]:
        return ""
    pressing = most_pressing(standing)
    if pressing is None or pressing.state not in (State.OUT_OF_REACH, State.AT_RISK):
        return ""
    key = (id(pressing), str(names.position))  # those who stand alike share the requirement
    if key not in told:
        told[key] = f"{title_of(pressing.leaf, names)}: {why(pressing, names)}"
    return told[key]


SHOWN: dict[str, Callable[[RosterRow], bool]] = {
    "risk": lambda row: row.code in ("risk", "out"),
    "out": lambda row: row.code == "out",
    "late": lambda row: row.code in ("going", "risk", "out") and row.late > 0,
    "waiting": lambda row: row.is_going and State.WAITING in row.cells,
    "paused": lambda row: row.code == "paused",
    "going": lambda row: row.is_going,
    "ended": lambda row: not row.is_going,
}
_WORST = ("out", "risk", "going", "paused", "completed", "left")
SORTED: dict[str, Callable[[RosterRow], Any]] = {
    "state": lambda row: _WORST.index(row.code),
    "late": lambda row: -row.late_by if row.is_going and not row.paused_until else 1,
    "next": lambda row: (row.next and row.next.due) or date.max,
    "met": lambda row: (not row.is_going, row.met / max(1, row.total)),
}


# Who goes on comes first; a database by itself puts those who never left at the end, or at the beginning.
_IN_ORDER = (F("left_at").asc(nulls_first=True), "person__name", "id")


def travellers(cohort: Cohort, words: str = "") -> QuerySet[Journey]:
    """Everybody of a cohort, those who left last, by name; with `words` only those called so."""
    found = journeys_loaded().filter(cohort=cohort).order_by(*_IN_ORDER)
    return found.filter(person__name__icontains=words) if words else found


def traveller_ids(cohort: Cohort, words: str = "") -> list[int]:
    """The same as ids of their journeys, of which `loaded` loads a page."""
    return list(travellers(cohort, words).values_list("pk", flat=True)) if words else _ids_of(cohort.pk)


@prepared
def _ids_of(cohort: int) -> QuerySet[Journey, int]:
    return Journey.objects.filter(cohort_id=cohort).order_by(*_IN_ORDER).values_list("pk", flat=True)


def loaded(journeys: Sequence[int]) -> list[Journey]:
    """The journeys of these ids, in their order."""
    by_id = {journey.pk: journey for journey in _loaded(journeys)}
    return [by_id[pk] for pk in journeys if pk in by_id]


@prepared
def _loaded(journeys: Collection[int]) -> QuerySet[Journey]:
    return journeys_loaded().filter(pk__in=journeys)


def chosen(rows: Iterable[RosterRow], show: str, sort: str) -> list[RosterRow]:
    """The rows that are asked for, in the order that is asked for."""
    kept = [row for row in rows if show not in SHOWN or SHOWN[show](row)]
    return sorted(kept, key=SORTED[sort]) if sort in SORTED else kept
