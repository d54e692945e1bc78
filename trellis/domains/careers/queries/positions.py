"""Positions as lists, and who holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from trellis.domains.careers.models import Aim, Competency, Pathway, PathwayStep, ProfileItem
from trellis.domains.careers.queries.standpoint import own_levels, tallies
from trellis.domains.people.models import Holding, Person, Position, on_day
from trellis.kit.prepared import prepared

SOME = 6


@dataclass(frozen=True)
class Row:
    """A position in a list: on which pathways, and how much of it the reader has."""

    position: Position
    pathways: list[Pathway]
    have: int
    need: int


def holders(position: Position, *, on: date) -> QuerySet[Holding]:
    """Who holds the position on the day, by name, with their units; persons and units loaded."""
    return _holders(position.pk, on)


def _holders(position: int, on: date) -> QuerySet[Holding]:
    held = Holding.objects.filter(on_day(on), position=position)
    return held.select_related("person", "unit").order_by("person__name", "person_id")


def some_holders(position: Position, *, on: date) -> list[Holding]:
    """The first few of them, and one more when there are more than SOME."""
    return _some_holders(position.pk, on)


@prepared
def _some_holders(position: int, on: date) -> QuerySet[Holding]:
    return _holders(position, on)[: SOME + 1]


def steps_of(pathway: Pathway, *, on: date) -> list[Any]:
    """The pathway's steps in order, each with how many hold the position on the day (`holders`); one statement."""
    steps = PathwayStep.objects.filter(pathway=pathway).select_related("position").order_by("rank", "id")
    held = on_day(on, "position__holdings__")
    return list(steps.annotate(holders=Count("position__holdings", filter=held)))


def as_seen_by(reader: Person | int, *, on: date) -> QuerySet[Position]:
    """Positions that know whether they are the reader's own (`is_mine`) or the reader's aim (`is_aim`)."""
    mine = Holding.objects.filter(on_day(on), person=reader, position=OuterRef("pk"))
    aim = Aim.objects.filter(person=reader, dropped_at=None, position=OuterRef("pk"))
    return Position.objects.annotate(is_mine=Exists(mine), is_aim=Exists(aim))


def position_seen_by(reader: Person, code: str, *, on: date) -> Position | None:
    """The position of that code, knowing the same, or None."""
    return next(iter(_seen(code, reader.pk, on)), None)


@prepared
def _seen(code: str, reader: int, on: date) -> QuerySet[Position]:
    return as_seen_by(reader, on=on).filter(code=code)


def listed(reader: Person, *, on: date, words: str = "", family: str = "", competency: str = "") -> QuerySet[Position]:
    """Positions that are on a pathway or ask for something, narrowed by name, family and competency, by name."""
    steps, items = (
        PathwayStep.objects.filter(position=OuterRef("pk")),
        ProfileItem.objects.filter(position=OuterRef("pk")),
    )
    found = as_seen_by(reader, on=on).filter(Exists(steps) | Exists(items), closed_on=None)
    if words:
        named = Q(name__icontains=words)
        for language, _name in settings.LANGUAGES:
            named |= Q(**{f"names__{language}__icontains": words})
        found = found.filter(named)
    if family:
        found = found.filter(Exists(steps.filter(pathway__family=family)))
    if competency:
        found = found.filter(Exists(items.filter(competency__code=competency)))
    return found.order_by("name", "id").defer("description", "descriptions")


def with_places(found: list[Position], reader: Person, *, on: date) -> list[Row]:
    """The positions of a page with their pathways and the reader's tally; three statements."""
    ids = [position.pk for position in found]
    of: dict[int, list[Pathway]] = {pk: [] for pk in ids}
    steps = PathwayStep.objects.filter(position__in=ids).select_related("pathway").order_by("pathway__order")
    for step in steps.defer("pathway__description", "pathway__descriptions"):
        of[step.position_id].append(step.pathway)
    counts = tallies(ids, own_levels(reader, on=on), on=on)
    return [Row(p, of[p.pk], *counts[p.pk]) for p in found]


def choices() -> dict[str, Any]:
    """What a list of positions can be narrowed by: families and competencies; two statements."""
    named = Competency.objects.filter(closed_on=None, asked_by__isnull=False).distinct().order_by("name")
    return {
        "families": [f for f in Pathway.objects.order_by("family").values_list("family", flat=True).distinct() if f],
        "competencies": list(named.only("code", "name", "names")),
    }


def around(position: Position) -> list[tuple[Pathway, list[Position], int]]:
    """The pathways the position is on: all their positions in order, and its place (from 0); one statement."""
    ways: dict[Pathway, list[Position]] = {}
    for step in _steps_around(position.pk):
        ways.setdefault(step.pathway, []).append(step.position)
    return [(way, ps, [p.pk for p in ps].index(position.pk)) for way, ps in ways.items()]


@prepared
def _steps_around(position: int) -> QuerySet[PathwayStep]:
    here = PathwayStep.objects.filter(position=position).values("pathway_id")
    steps = PathwayStep.objects.filter(pathway__in=here).select_related("pathway", "position")
    return steps.order_by("pathway__order", "pathway_id", "rank", "id")
