"""Programmes one can join, and cohorts with who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from trellis.domains.careers.models import Pathway
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Person, Position
from trellis.domains.programmes.models import Cohort, Programme, ProgrammeVersion, Waiting
from trellis.domains.programmes.rules import (
    DaysBeside,
    Definition,
    Intake,
    IntakeState,
    branches,
)
from trellis.domains.programmes.wording_time import INTAKES
from trellis.kit import clock
from trellis.kit.prepared import prepared


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


def cohorts_counted(on: date | None = None) -> QuerySet[Cohort]:
    """Cohorts with their programme; `taken`: who travels in them now, `offered`: places kept for somebody's answer,
    `queue`: who waits. As of today, when no day is said."""
    waiting = Waiting.objects.filter(cohort=OuterRef("pk"), ended_at=None).order_by().values("cohort")
    counted = waiting.annotate(n=Count("*")).values("n")
    return (
        Cohort.objects.select_related("version__programme")
        .defer("version__definition")
        .annotate(
            taken=Count("journeys", filter=Q(journeys__left_at=None)),
            offered=Coalesce(Subquery(counted.filter(answer_by__gte=on or clock.today())), 0),
            queue=Coalesce(Subquery(counted), 0),
        )
    )


@prepared
def cohort_counted(pk: int, on: date) -> QuerySet[Cohort]:
    """The cohort of that id, counted in the same way, or none."""
    return cohorts_counted(on).filter(pk=pk)


def door_of(cohort: Any) -> Intake:
    """The door of a cohort loaded by cohorts_counted."""
    left = cohort.places - cohort.taken - cohort.offered
    return Intake(cohort.starts_on, cohort.ends_on, cohort.join_from, cohort.join_until, left)


@dataclass(frozen=True)
class Door:
    """A cohort as somebody stands before it: its state, and their own place in its waiting list."""

    cohort: Any
    state: IntakeState
    sign: str
    word: Any
    tone: str
    mine: Waiting | None = None
    rank: int = 0  # 1 is the first in line

    @property
    def is_offered(self) -> bool:
        """Whether a place is kept for them now."""
        return self.mine is not None and self.mine.answer_by is not None and self.mine.answer_by >= clock.today()

    @property
    def may_join(self) -> bool:
        return self.is_offered or self.state is IntakeState.OPEN

    @property
    def may_wait(self) -> bool:
        return self.state is IntakeState.FULL and self.mine is None


def doors(programme: Programme, person: Person, on: date) -> list[Door]:
    """The cohorts of a programme whose joining is announced, open or full, or where the person waits; soonest first.

    Two statements, however long the lists are.
    """
    mine = {
        waiting.cohort_id: waiting
        for waiting in Waiting.objects.filter(person=person, ended_at=None, cohort__version__programme=programme)
        .select_related("position")
        .annotate(
            before=Count(
                "cohort__waiting",
                filter=Q(cohort__waiting__ended_at=None)
                & (
                    Q(cohort__waiting__asked_at__lt=F("asked_at"))
                    | Q(cohort__waiting__asked_at=F("asked_at"), cohort__waiting__pk__lt=F("pk"))
                ),
            )
        )
    }
    shown = cohorts_counted().filter(Q(join_until__gte=on) | Q(pk__in=list(mine)), version__programme=programme)
    found = []
    for cohort in shown.order_by("starts_on", "id"):
        state = door_of(cohort).state(on)
        waiting = mine.get(cohort.pk)
        if state is not IntakeState.FINISHED:
            rank = waiting.before + 1 if waiting else 0
            found.append(Door(cohort, state, *INTAKES[state], waiting, rank))
    return found
