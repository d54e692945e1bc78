"""Moving people to another version of their programme, forwards or back: named, with a reason, told, once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from trellis.domains.people.models import Person
from trellis.domains.programmes.actions.journeys import enter_courses
from trellis.domains.programmes.events import MovedToVersion
from trellis.domains.programmes.models import Cohort, Journey, ProgrammeVersion, VersionMove
from trellis.domains.programmes.queries.moving import what_it_means
from trellis.domains.programmes.queries.standings import definition_of
from trellis.kit.journal.facts import announce_many


@dataclass(frozen=True)
class MoveOutcome:
    """How many were moved, and who was not since they would be stranded.

    `code`: moved | reason_needed | changed (the version is not the one that was looked at) | nobody.
    """

    code: str
    moved: int = 0
    stranded: tuple[int, ...] = ()


@transaction.atomic
def move_to_version(
    *, version: ProgrammeVersion, journey_ids: Collection[int], reason: str, seen: str, actor: Person
) -> MoveOutcome:
    """Pin the journeys to the version. Who is there already, has ended or would be stranded stays where they are.

    `seen` is the digest of the definition that was looked at. What was passed, done and decided stays; new
    courses are entered where the cohort offers them. A cohort all of whose people have moved goes by the version too.
    """
    if not reason.strip():
        return MoveOutcome("reason_needed")
    version = ProgrammeVersion.objects.select_for_update().get(pk=version.pk)
    if seen != version.digest:
        return MoveOutcome("changed")
    ids = set(journey_ids)
    going = Journey.objects.select_for_update(of=("self",)).filter(
        programme=version.programme_id, left_at=None, completed_at=None
    )
    those = [
        journey
        for journey in going.exclude(version=version).select_related("version", "position", "cohort").order_by("pk")
        if journey.pk in ids
    ]
    means = what_it_means(version, those)
    stranded = [journey for journey in those if means[journey.pk].stranded]
    moved = [journey for journey in those if not means[journey.pk].stranded]
    rows = [
        VersionMove(journey=j, from_version=j.version, to_version=version, reason=reason.strip()[:500], moved_by=actor)
        for j in moved
    ]
    VersionMove.objects.bulk_create(rows)
    facts = [
        MovedToVersion(journey.person_id, journey.pk, row.pk, row.from_version.number, version.number)
        for journey, row in zip(moved, rows, strict=True)
    ]
    definition = definition_of(version)
    for journey in moved:
        journey.version = version
    Journey.objects.bulk_update(moved, ["version"], batch_size=500)
    announce_many(facts, actor=actor)
    for journey in moved:
        enter_courses(journey, definition, actor)
    _take_cohorts_along(version, {journey.cohort_id for journey in moved if journey.cohort_id})
    return MoveOutcome("moved" if moved else "nobody", len(moved), tuple(journey.pk for journey in stranded))


def _take_cohorts_along(version: ProgrammeVersion, cohorts: set[int]) -> None:
    """Who joins such a cohort from now on goes by the same version as those who are in it."""
    elsewhere = Journey.objects.filter(cohort__in=cohorts, left_at=None, completed_at=None).exclude(version=version)
    Cohort.objects.filter(pk__in=cohorts - set(elsewhere.values_list("cohort", flat=True))).update(version=version)
