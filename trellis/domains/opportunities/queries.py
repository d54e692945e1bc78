"""The list of an opening, and the pool; in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from trellis.domains.careers.queries import gaps, readiness_of_everyone
from trellis.domains.credentials.models import Certificate
from trellis.domains.opportunities.models import Opening
from trellis.domains.opportunities.rules import NEARLY, Candidate, Place, Supply, rank
from trellis.domains.people.models import Holding, Person, Position, on_day
from trellis.domains.people.queries import current_holdings
from trellis.domains.programmes.models import Journey


def open_on(day: date) -> QuerySet[Opening]:
    """Posts open on the day, the newest first, with how many put themselves forward."""
    return (
        Opening.objects.filter(closed_at=None, opened_on__lte=day, closes_on__gte=day)
        .select_related("position", "unit")
        .annotate(forward=Count("interests", filter=Q(interests__withdrawn_at=None)))
        .order_by("-opened_on", "-id")
    )


def certified_for(position_ids: Iterable[int] | None, *, on: date) -> dict[int, dict[int, date]]:
    """Position to person to the day of their certificate: valid, here, and not holding the position already.

    None: every position there is a valid certificate for, also when nobody is left of those who have it. One statement.
    """
    held = Holding.objects.filter(on_day(on), person=OuterRef("person")).values("position")[:1]
    certificates = Certificate.objects.filter(position__isnull=False, withdrawn_at=None, issued_on__lte=on)
    if position_ids is not None:
        certificates = certificates.filter(position__in=list(position_ids))
    found: dict[int, dict[int, date]] = defaultdict(dict)
    rows = certificates.annotate(held=Subquery(held)).order_by("issued_on")
    for position, person, day, holds in rows.values_list("position_id", "person_id", "issued_on", "held"):
        people = found[position]
        if holds is not None and holds != position:
            people.setdefault(person, day)
    return found


@dataclass(frozen=True)
class Listed:
    """A place in an opening's list with the person, what they hold now, and whether they put themselves forward."""

    place: Place
    person: Person
    holding: Holding | None
    note: str


def ranked_list(opening: Opening, on: date) -> tuple[Listed, ...]:
    """Everybody certified for the position, and everybody who put themselves forward, in the order of rules.rank."""
    certified = certified_for([opening.position_id], on=on).get(opening.position_id, {})
    said = {interest.person_id: interest for interest in opening.interests.all() if not interest.withdrawn_at}
    ids = set(certified) | set(said)
    people = Person.objects.get_queryset().in_bulk(ids)
    holdings = current_holdings(ids, on)
    lacking = gaps(ids, [opening.position_id], on=on)
    candidates = []
    for pk in ids:
        found = lacking[pk, opening.position_id]
        candidates.append(
            Candidate(
                person=pk,
                certified_on=certified.get(pk),
                put_forward_at=said[pk].said_at if pk in said else None,
                asked=len(found),
                met=sum(gap.is_met for gap in found),
                lacks=sum(gap.short for gap in found),
                lacking=tuple(gap.requirement.competency for gap in found if not gap.is_met),
            )
        )
    return tuple(
        Listed(
            place,
            people[place.candidate.person],
            holdings.get(place.candidate.person),
            said[place.candidate.person].note if place.candidate.person in said else "",
        )
        for place in rank(candidates)
    )


@dataclass(frozen=True)
class PoolRow:
    """One position of the pool."""

    position: Position
    supply: Supply
    certified: tuple[int, ...]


def pool(on: date) -> tuple[PoolRow, ...]:
    """Every position that somebody is certified for or steps to, or in which a post is open. In bulk."""
    posts = dict(
        Opening.objects.filter(closed_at=None, opened_on__lte=on, closes_on__gte=on)
        .order_by()
        .values_list("position")
        .annotate(n=Sum("posts"))
    )
    under_way = dict(
        Journey.objects.filter(left_at=None, completed_at=None, position__isnull=False)
        .order_by()
        .values_list("position")
        .annotate(n=Count("person", distinct=True))
    )
    certified = certified_for(None, on=on)
    ids = {*certified, *posts, *under_way}
    holders = dict(Holding.objects.filter(on_day(on)).values_list("person_id", "position_id"))
    everyone = readiness_of_everyone(on)
    rows = []
    for position in Position.objects.filter(pk__in=ids):
        sure = certified.get(position.pk, {})
        ready, nearly = 0, 0
        if position.pk in everyone.positions:
            others = [pk for pk in everyone.ready(position.pk) if pk not in sure and holders.get(pk) != position.pk]
            close = [pk for short in range(1, NEARLY + 1) for pk in everyone.nearly(position.pk, short=short)]
            ready = len(others)
            nearly = sum(1 for pk in close if pk not in sure and holders.get(pk) != position.pk)
        supply = Supply(len(sure), ready, nearly, under_way.get(position.pk, 0), posts.get(position.pk, 0))
        rows.append(PoolRow(position, supply, tuple(sure)))
    return tuple(rows)
