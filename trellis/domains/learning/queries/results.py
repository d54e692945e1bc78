"""Attempts, re-sits and results."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from trellis.domains.learning.models import Attempt, Offering, Result
from trellis.domains.learning.rules import Try
from trellis.domains.sessions.models import Member


def tries_in(offering: Offering, person_ids: Collection[int] | None = None) -> dict[int, list[Try]]:
    """Person id to the attempts that are current in a run, the first ones first; None: of everybody. One statement."""
    rows = Attempt.objects.filter(offering=offering, is_current=True)
    if person_ids is not None:
        rows = rows.filter(person_id__in=person_ids)
    found: dict[int, list[Try]] = defaultdict(list)
    for row in rows.order_by("part", "number"):
        found[row.person_id].append(as_try(row))
    return dict(found)


def as_try(row: Attempt) -> Try:
    """The attempt as the rules read it."""
    points = tuple(sorted(row.points.items()))
    return Try(row.pk, row.part, row.number, row.state, row.score, row.sat_on, row.graded_by_id, points, row.resit_id)


def results_in(offering: Offering, person_ids: Collection[int] | None = None) -> dict[int, Result]:
    """Person id to the result that is current in a run; None: of everybody."""
    rows = Result.objects.filter(offering=offering, is_current=True)
    if person_ids is not None:
        rows = rows.filter(person_id__in=person_ids)
    return {row.person_id: row for row in rows}


@dataclass(frozen=True)
class ResitPlace:
    """A place of a person in a re-sit: at which part, when and where."""

    resit_id: int
    session_id: int
    part: str
    starts_at: datetime
    ends_at: datetime
    place: str

    @property
    def on(self) -> date:
        """The day of it."""
        return timezone.localdate(self.starts_at)


def resit_places(offering: Offering, person_ids: Collection[int] | None = None) -> dict[int, list[ResitPlace]]:
    """Person id to the re-sits of a run they have a place in and have not been graded for, the next first.

    One statement; cancelled ones are left out.
    """
    used = Attempt.objects.filter(resit=OuterRef("series__sessions__resit"), person=OuterRef("person"))
    rows = Member.objects.filter(
        ~Exists(used), series__sessions__resit__offering=offering, series__sessions__cancelled_at=None, left_at=None
    )
    if person_ids is not None:
        rows = rows.filter(person_id__in=person_ids)
    found: dict[int, list[ResitPlace]] = defaultdict(list)
    row: list[Any]
    for person_id, *row in rows.order_by("series__sessions__starts_at").values_list(
        "person_id",
        "series__sessions__resit",
        "series__sessions",
        "series__sessions__resit__part",
        "series__sessions__starts_at",
        "series__sessions__ends_at",
        "series__sessions__place",
    ):
        found[person_id].append(ResitPlace(*row))
    return dict(found)
