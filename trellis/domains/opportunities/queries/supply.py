"""Supply against expected openings, for every position of the pool at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet

from trellis.domains.opportunities.models import ExpectedOpening
from trellis.domains.opportunities.queries.pool import pool
from trellis.domains.opportunities.rules import HORIZONS, Coming, Outlook, Past, Plan, Supply, outlook
from trellis.domains.people.models import Holding, Position, on_day
from trellis.domains.programmes.models import Journey

YEAR = timedelta(days=365)


def expected_openings() -> QuerySet[ExpectedOpening]:
    """What the office expects and has not dropped, the nearest day first."""
    return ExpectedOpening.objects.filter(dropped_at=None).select_related("position", "unit", "entered_by")


@dataclass(frozen=True)
class Ahead:
    """One position with its outlook for each of HORIZONS."""

    position: Position
    outlooks: tuple[Outlook, ...]


def supply_ahead(on: date) -> tuple[Ahead, ...]:
    """Every position of the pool, and those posts are expected in; a bounded number of statements at any size."""
    rows = {row.position.pk: row.supply for row in pool(on)}
    plans: dict[int, list[Plan]] = defaultdict(list)
    for position, count, by, why in expected_openings().values_list("position_id", "count", "by", "why"):
        plans[position].append(Plan(count, by, why == ExpectedOpening.Why.KNOWN_LEAVER))
    positions = Position.objects.in_bulk({*rows, *plans})
    past, company = _past_year(on)
    arriving: dict[int, list[date]] = defaultdict(list)
    going = Journey.objects.filter(left_at=None, completed_at=None, position__isnull=False, cohort__isnull=False)
    for position, day in going.values_list("position_id", "cohort__ends_on"):
        arriving[position].append(max(day, on))
    found = []
    for pk, kind in sorted(positions.items(), key=lambda item: str(item[1])):
        supply = rows.get(pk, Supply(0, 0, 0, 0, 0))
        coming = Coming(supply.certified + supply.ready, supply.nearly, tuple(arriving[pk]))
        outlooks = (
            outlook(
                past.get(pk, Past(0, 0, 0)), company, coming, open_now=supply.posts, plans=plans[pk], months=m, on=on
            )
            for m in HORIZONS
        )
        found.append(Ahead(kind, tuple(outlooks)))
    return tuple(found)


def _past_year(on: date) -> tuple[dict[int, Past], Past]:
    """Of each position, and of all together: posts held a year ago and now, and how many were vacated meanwhile.

    Another unit in the same position vacates nothing. Two statements.
    """
    held = (
        Holding.objects.order_by()
        .values_list("position")
        .annotate(then=Count("id", filter=on_day(on - YEAR)), now=Count("id", filter=on_day(on)))
    )
    goes_on = Holding.objects.filter(
        person=OuterRef("person"), position=OuterRef("position"), began_on__gt=OuterRef("ended_on")
    )
    ended = Holding.objects.filter(ended_on__gt=on - YEAR, ended_on__lt=on).exclude(Exists(goes_on))
    vacated = dict(ended.order_by().values_list("position").annotate(n=Count("id")))
    past = {position: Past(then, now, vacated.get(position, 0)) for position, then, now in held}
    values = past.values()
    company = Past(sum(p.then for p in values), sum(p.now for p in values), sum(p.vacated for p in values))
    return past, company
