"""Supply against expected openings, for every position of the pool at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from trellis.domains.opportunities.models import ExpectedOpening
from trellis.domains.opportunities.queries.pool import pool, under_way
from trellis.domains.opportunities.rules import HORIZONS, Coming, Outlook, Past, Plan, Supply, outlook
from trellis.domains.people.models import Holding, Position

YEAR = timedelta(days=365)


def expected_openings() -> QuerySet[ExpectedOpening]:
    """What the office expects and has not dropped, the nearest day first."""
    return ExpectedOpening.objects.filter(dropped_at=None).select_related("position", "unit", "entered_by")


@dataclass(frozen=True)
class Ahead:
    """One position with its outlook for each of HORIZONS."""

    position: Position
    outlooks: tuple[Outlook, ...]


def supply_ahead(on: date, *, expected: Collection[ExpectedOpening] | None = None) -> tuple[Ahead, ...]:
    """Every position of the pool, and those posts are expected in; eight statements at any size.

    `expected`: what `expected_openings` gives, when it is at hand already.
    """
    noted = list(expected_openings()) if expected is None else expected
    holders, past, company = _past_year(on)
    coming = under_way(on)
    rows = {row.position.pk: row for row in pool(on, holders=holders, coming=coming)}
    positions = {pk: row.position for pk, row in rows.items()}
    plans: dict[int, list[Plan]] = defaultdict(list)
    for one in noted:
        positions.setdefault(one.position_id, one.position)
        plans[one.position_id].append(Plan(one.count, one.by, one.why == ExpectedOpening.Why.KNOWN_LEAVER))
    found = []
    for pk, kind in sorted(positions.items(), key=lambda item: str(item[1])):
        supply = rows[pk].supply if pk in rows else Supply(0, 0, 0, 0, 0)
        arriving = tuple(max(day, on) for day in coming.going.get(pk, {}).values() if day)
        ready = Coming(supply.certified + supply.ready, supply.nearly, arriving)
        outlooks = (
            outlook(
                past.get(pk, Past(0, 0, 0)), company, ready, open_now=supply.posts, plans=plans[pk], months=m, on=on
            )
            for m in HORIZONS
        )
        found.append(Ahead(kind, tuple(outlooks)))
    return tuple(found)


def _past_year(on: date) -> tuple[dict[int, int], dict[int, Past], Past]:
    """Who holds what on the day; of each position, and of all together, posts held a year ago and now, and how many
    were vacated meanwhile. Another unit in the same position vacates nothing. One statement.
    """
    ago = on - YEAR
    rows = Holding.objects.filter(Q(ended_on=None) | Q(ended_on__gte=ago), began_on__lte=on).order_by("began_on", "id")
    holders: dict[int, int] = {}
    last: dict[tuple[int, int], date | None] = {}  # of each person in each position: the last day so far
    then: Counter[int] = Counter()
    for person, position, began, ended in rows.values_list("person_id", "position_id", "began_on", "ended_on"):
        if ended is None or ended >= on:
            holders[person] = position
        then[position] += began <= ago
        last[person, position] = ended
    now = Counter(holders.values())
    vacated = Counter(position for (_person, position), ended in last.items() if ended and ago < ended < on)
    past = {pk: Past(then[pk], now[pk], vacated[pk]) for pk in {*then, *now, *vacated}}
    return holders, past, Past(then.total(), now.total(), vacated.total())
