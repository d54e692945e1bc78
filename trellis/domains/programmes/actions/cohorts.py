"""Opening cohorts, and changing their places and days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from trellis.domains.learning.models import Offering
from trellis.domains.people.models import Person
from trellis.domains.programmes.actions.waiting import locked, serve_line
from trellis.domains.programmes.events import CohortChanged, CohortOpened
from trellis.domains.programmes.models import Cohort, ProgrammeVersion
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@transaction.atomic
def open_cohort(
    *,
    version: ProgrammeVersion,
    name: str,
    starts_on: date,
    ends_on: date,
    join_until: date,
    places: int,
    actor: Person,
    offerings: Iterable[Offering] = (),
    join_from: date | None = None,
) -> Cohort:
    """Open a cohort that people can join until a day, with the offerings that its courses are taken in.

    Asked twice for the same (version, name, first day), it is there once.
    """
    ProgrammeVersion.objects.select_for_update().get(pk=version.pk)
    cohort, is_new = Cohort.objects.get_or_create(
        version=version,
        name=name,
        starts_on=starts_on,
        defaults={"ends_on": ends_on, "join_from": join_from, "join_until": join_until, "places": places},
    )
    if is_new:
        cohort.offerings.set(offerings)
        announce(CohortOpened(cohort.pk, version.pk, starts_on), actor=actor)
    return cohort


@dataclass(frozen=True)
class IntakeOutcome:
    """`code`: changed | same | too_few (fewer places than people travel in it, `taken`). `offered`: places offered."""

    code: str
    taken: int = 0
    offered: int = 0


@transaction.atomic
def change_intake(
    *, cohort: Cohort, places: int, join_from: date | None, join_until: date, actor: Person
) -> IntakeOutcome:
    """Raise or lower the places of a cohort, or move the days of joining; new places go to who waits.

    Lowering below what is offered takes no offer back; what is offered is kept.
    """
    there = locked(cohort.pk)
    taken = there.journeys.filter(left_at=None).count()
    held = there.waiting.filter(ended_at=None, answer_by__gte=clock.today()).count()
    if places < min(there.places, taken + held):
        return IntakeOutcome("too_few", taken + held)
    wanted = {"places": places, "join_from": join_from, "join_until": join_until}
    fields = tuple(name for name, value in wanted.items() if getattr(there, name) != value)
    if not fields:
        return IntakeOutcome("same")
    for name in fields:
        setattr(there, name, wanted[name])
    there.save(update_fields=fields)
    announce(CohortChanged(there.pk, fields), actor=actor)
    return IntakeOutcome("changed", taken, serve_line(there))
