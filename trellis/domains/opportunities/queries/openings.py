"""Openings, and the list of one of them; in bulk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from trellis.domains.careers.queries import gaps
from trellis.domains.opportunities.models import Opening
from trellis.domains.opportunities.queries.pool import certified_for, with_holdings
from trellis.domains.opportunities.rules import Candidate, Place, rank
from trellis.domains.people.models import Holding, Person


def open_on(day: date) -> QuerySet[Opening]:
    """Posts open on the day, the newest first, with how many put themselves forward."""
    return (
        Opening.objects.filter(closed_at=None, opened_on__lte=day, closes_on__gte=day)
        .select_related("position", "unit")
        .annotate(forward=Count("interests", filter=Q(interests__withdrawn_at=None)))
        .order_by("-opened_on", "-id")
    )


@dataclass(frozen=True)
class Listed:
    """A place in an opening's list with the person, what they hold now, and whether they put themselves forward."""

    place: Place
    person: Person
    holding: Holding | None
    note: str


def ranked_list(opening: Opening, on: date) -> tuple[Listed, ...]:
    """Everybody certified for the position, and everybody who put themselves forward, in the order of rules.rank.

    Who has left the company since is on no list.
    """
    certified = certified_for([opening.position_id], on=on).get(opening.position_id, {})
    said = {interest.person_id: interest for interest in opening.interests.all() if not interest.withdrawn_at}
    people = with_holdings(set(certified) | set(said), on)
    ids = {pk for pk, (_person, holding) in people.items() if holding}
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
            *people[place.candidate.person],
            said[place.candidate.person].note if place.candidate.person in said else "",
        )
        for place in rank(candidates)
    )
