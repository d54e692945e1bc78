"""Opening cohorts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from trellis.domains.learning.models import Offering
from trellis.domains.people.models import Person
from trellis.domains.programmes.events import CohortOpened
from trellis.domains.programmes.models import Cohort, ProgrammeVersion
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
) -> Cohort:
    """Open a cohort that people can join until a day, with the offerings that its courses are taken in.

    Asked twice for the same (version, name, first day), it is there once.
    """
    ProgrammeVersion.objects.select_for_update().get(pk=version.pk)
    cohort, is_new = Cohort.objects.get_or_create(
        version=version,
        name=name,
        starts_on=starts_on,
        defaults={"ends_on": ends_on, "join_until": join_until, "places": places},
    )
    if is_new:
        cohort.offerings.set(offerings)
        announce(CohortOpened(cohort.pk, version.pk, starts_on), actor=actor)
    return cohort
