"""Programmes one can join, and cohorts with who is in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Q, QuerySet

from trellis.domains.careers.models import Pathway
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Position
from trellis.domains.programmes.models import Cohort, Journey, Programme, ProgrammeVersion
from trellis.domains.programmes.queries.standings import standings
from trellis.domains.programmes.rules import DaysBeside, Definition, Standing, State, branches, by_column


def latest_versions() -> QuerySet[ProgrammeVersion]:
    """The version of each programme that holds now, by the programme's name."""
    return (
        ProgrammeVersion.objects.annotate(newest=Max("programme__versions__number"))
        .filter(number=F("newest"))
        .select_related("programme")
        .order_by("programme__name")
    )


def latest_version(programme: Programme) -> ProgrammeVersion | None:
    """The version that holds now."""
    return programme.versions.select_related("programme").order_by("-number").first()


def days_asked(definition: Definition) -> DaysBeside | None:
    """The days beside a holder that the programme asks for, if it does."""
    parts = (part for gate in definition.gates for part in branches(gate.requires))
    return next((part for part in parts if isinstance(part, DaysBeside)), None)


@dataclass(frozen=True)
class TrackShown:
    """A position one can step to, its pathway, and the courses it takes."""

    position: Position
    pathway: Pathway | None
    soft: tuple[Course, ...]
    technical: tuple[Course, ...]


def tracks_of(definition: Definition) -> list[TrackShown]:
    """The tracks in the order of the definition, in three statements."""
    positions = Position.objects.in_bulk([t.position for t in definition.tracks], field_name="code")
    pathways = Pathway.objects.in_bulk([t.pathway for t in definition.tracks if t.pathway], field_name="code")
    courses = Course.objects.in_bulk({c for t in definition.tracks for c in t.courses}, field_name="code")
    return [
        TrackShown(
            positions[track.position],
            pathways.get(track.pathway),
            tuple(courses[c] for c in track.courses if c in courses and courses[c].kind == "soft"),
            tuple(courses[c] for c in track.courses if c in courses and courses[c].kind != "soft"),
        )
        for track in definition.tracks
        if track.position in positions
    ]


def cohorts_counted() -> QuerySet[Cohort]:
    """Cohorts with `taken`, how many travel in them now, and with their programme."""
    return Cohort.objects.select_related("version__programme").annotate(
        taken=Count("journeys", filter=Q(journeys__left_at=None))
    )


def cohorts_to_join(programme: Programme, on: date) -> list[Cohort]:
    """Cohorts of a programme that can be joined on the day, the soonest first; full ones too, they say so."""
    return list(cohorts_counted().filter(version__programme=programme, join_until__gte=on).order_by("starts_on", "id"))


@dataclass(frozen=True)
class RosterRow:
    """One person of a cohort: the journey, how many requirements are met of how many, and a state for each course, the
    days and the approval in the order of the columns."""

    journey: Journey
    standing: Standing
    met: int
    total: int
    cells: tuple[State | None, ...]


def roster_of(
    journeys: Iterable[Journey], columns: list[str], on: date, *, courses: dict[str, Course]
) -> list[RosterRow]:
    """The rows of a page of a roster, with the courses among its columns; a bounded number of statements."""
    travelling = list(journeys)
    found = standings(travelling, on=on, courses=courses)
    rows = []
    for journey in travelling:
        standing = found[journey.pk]
        cells = by_column(standing)
        rows.append(
            RosterRow(
                journey,
                standing,
                standing.counts["met"],
                len(standing.requirements),
                tuple(cells.get(column) for column in columns),
            )
        )
    return rows
