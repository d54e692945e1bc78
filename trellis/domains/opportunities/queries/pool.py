"""Who is certified for what, for how long, and who else is ready or nearly; over the whole company, in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Max, OuterRef, Subquery, Value

from trellis.domains.careers.queries import readiness_of_everyone
from trellis.domains.careers.rules import Requirement
from trellis.domains.careers.rules.everyone import Readiness
from trellis.domains.credentials.models import Certificate
from trellis.domains.opportunities.models import Opening, Renewal
from trellis.domains.opportunities.rules import NEARLY, Supply, valid_until, validity
from trellis.domains.people.models import Holding, Person, Position, on_day
from trellis.domains.programmes.models import Journey
from trellis.kit.listing import Listing


@dataclass(frozen=True)
class Certified:
    """Somebody's certificate for a position. `until`: the last day it puts them first; None: for good."""

    person: int
    position: int
    certificate: int
    number: str
    issued_on: date
    renewed_on: date | None
    until: date | None

    def validity(self, on: date) -> str:
        return validity(self.until, on=on)


def certified_in_pool(position_ids: Iterable[int] | None, *, on: date) -> dict[int, dict[int, Certified]]:
    """Position to person to the certificate that holds longest, also one that has run out; of people who are here and
    do not hold the position already. None: every position somebody has such a certificate for. One statement.
    """
    held = Holding.objects.filter(on_day(on), person=OuterRef("person")).values("position")[:1]
    renewed = Renewal.objects.filter(certificate=OuterRef("pk"), on__lte=on).order_by().values("certificate")
    certificates = Certificate.objects.filter(position__isnull=False, withdrawn_at=None, issued_on__lte=on)
    if position_ids is not None:
        certificates = certificates.filter(position__in=list(position_ids))
    rows = certificates.annotate(held=Subquery(held), renewed=Subquery(renewed.annotate(last=Max("on")).values("last")))
    found: dict[int, dict[int, Certified]] = defaultdict(dict)
    for pk, number, position, person, issued, holds, again, months in rows.order_by("issued_on", "id").values_list(
        "id", "number", "position_id", "person_id", "issued_on", "held", "renewed", "position__pool_term__months"
    ):
        if holds is None or holds == position:
            continue
        one = Certified(person, position, pk, number, issued, again, valid_until(max(issued, again or issued), months))
        before = found[position].get(person)
        if before is None or (before.until or date.max) < (one.until or date.max):
            found[position][person] = one
    return found


def certified_for(position_ids: Iterable[int] | None, *, on: date) -> dict[int, dict[int, date]]:
    """Position to person to the day of their certificate, of those that count on the day. One statement.

    None: every position there is a certificate for, also when nobody is left of those who have it.
    """
    found: dict[int, dict[int, date]] = defaultdict(dict)
    for position, people in certified_in_pool(position_ids, on=on).items():
        counting = (one for one in people.values() if one.validity(on) != "expired")
        found[position] = {one.person: one.issued_on for one in sorted(counting, key=lambda one: one.issued_on)}
    return found


@dataclass(frozen=True)
class PoolRow:
    """One position of the pool: numbers, and who they are by id. `expiring` of the certified run out soon."""

    position: Position
    supply: Supply
    certified: tuple[int, ...]
    ready: tuple[int, ...]
    nearly: tuple[int, ...]
    expiring: int
    expired: int


@dataclass(frozen=True)
class UnderWay:
    """Posts open now by position; and of each position, who is on a journey to it, with the day its cohort ends."""

    posts: dict[int, int]
    going: dict[int, dict[int, date | None]]


def under_way(on: date) -> UnderWay:
    """What is open and who is coming, in one statement."""
    posts = Opening.objects.filter(closed_at=None, opened_on__lte=on, closes_on__gte=on).order_by()
    going = Journey.objects.filter(left_at=None, completed_at=None, position__isnull=False).order_by()
    rows = posts.annotate(kind=_POST).values_list("kind", "position_id", "posts", "closes_on")
    coming = going.annotate(kind=_JOURNEY).values_list("kind", "position_id", "person_id", "cohort__ends_on")
    found = UnderWay(defaultdict(int), defaultdict(dict))
    for kind, position, number, day in rows.union(coming, all=True):
        if kind == "post":
            found.posts[position] += number
        else:
            found.going[position][number] = day
    return found


_POST, _JOURNEY = (Value(word, output_field=CharField()) for word in ("post", "journey"))


def pool(on: date, *, holders: dict[int, int] | None = None, coming: UnderWay | None = None) -> tuple[PoolRow, ...]:
    """Every position that somebody is certified for or steps to, or in which a post is open. In bulk.

    `holders` (person to position of the day) and `coming`, when they are at hand already.
    """
    ahead = coming or under_way(on)
    certified = certified_in_pool(None, on=on)
    ids = {*certified, *ahead.posts, *ahead.going}
    if holders is None:
        holders = holders_on(on)
    known = readiness_of_everyone(on)
    rows = []
    for position in Position.objects.filter(pk__in=ids).select_related("pool_term"):
        standing = {pk: one.validity(on) for pk, one in certified.get(position.pk, {}).items()}
        sure = tuple(pk for pk, state in standing.items() if state != "expired")
        ready, nearly = others_ready(position.pk, known, holders, set(sure))
        going, posts = len(ahead.going.get(position.pk, ())), ahead.posts.get(position.pk, 0)
        supply = Supply(len(sure), len(ready), len(nearly), going, posts)
        states = list(standing.values())
        rows.append(PoolRow(position, supply, sure, ready, nearly, states.count("expiring"), states.count("expired")))
    return tuple(rows)


def holders_on(on: date) -> dict[int, int]:
    """Person to the position they hold on the day; one statement, which hands over who holds what as a text each."""
    held = Holding.objects.filter(on_day(on)).order_by().values("position_id").annotate(who=Listing("person_id"))
    found: dict[int, int] = {}
    for position, who in held.values_list("position_id", "who"):
        found.update(dict.fromkeys(map(int, who.split(",")), position))
    return found


def others_ready(
    position: int, everyone: Readiness, holders: dict[int, int], sure: set[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who meets what a position asks, and who lacks NEARLY requirements or fewer; holders and certified left out."""
    if position not in everyone.positions:
        return (), ()
    close = (pk for short in range(1, NEARLY + 1) for pk in everyone.nearly(position, short=short))

    def of_others(people: Iterable[int]) -> tuple[int, ...]:
        return tuple(pk for pk in people if pk not in sure and holders.get(pk) != position)

    return of_others(everyone.ready(position)), of_others(close)


@dataclass(frozen=True)
class InPool:
    """Somebody of the pool for a position: certified, expiring, expired (it counted once), ready or nearly.

    `lacks` are the requirements left; `certified` is there with the first three states.
    """

    position: int
    person: int
    state: str
    lacks: tuple[Requirement, ...] = ()
    certified: Certified | None = None


_ORDER = ("valid", "expiring", "ready", "nearly", "expired")


def people_in_pool(on: date, *, position_ids: Collection[int] | None = None) -> list[InPool]:
    """Who is ready or nearly for which position, those who count first; the whole company in a bounded number of
    statements. None: every position that asks for something or that somebody is certified for."""
    certified = certified_in_pool(position_ids, on=on)
    everyone = readiness_of_everyone(on)
    holders = holders_on(on)
    found: list[InPool] = []
    for position in position_ids if position_ids is not None else {*certified, *everyone.positions}:
        here = certified.get(position, {})
        counting = {pk for pk, one in here.items() if one.validity(on) != "expired"}
        ready, nearly = others_ready(position, everyone, holders, counting)
        known = position in everyone.positions
        for pk, one in here.items():
            lacks = everyone.lacks(pk, position) if known else ()
            if one.validity(on) != "expired" or pk not in {*ready, *nearly}:
                found.append(InPool(position, pk, one.validity(on), lacks, one))
        found += [InPool(position, pk, "ready", (), here.get(pk)) for pk in ready]
        found += [InPool(position, pk, "nearly", everyone.lacks(pk, position), here.get(pk)) for pk in nearly]

    def place(row: InPool) -> tuple[int, int, date, int, int]:
        issued = row.certified.issued_on if row.certified else date.max
        return row.position, _ORDER.index(row.state), issued, len(row.lacks), row.person

    return sorted(found, key=place)


def with_holdings(person_ids: Collection[int], on: date) -> dict[int, tuple[Person, Holding | None]]:
    """People with what they hold on the day; one statement, and one more when somebody of them holds nothing."""
    held = Holding.objects.filter(on_day(on), person__in=person_ids).select_related("person", "position", "unit")
    found: dict[int, tuple[Person, Holding | None]] = {h.person_id: (h.person, h) for h in held.order_by("began_on")}
    if left := set(person_ids) - set(found):
        found.update({pk: (person, None) for pk, person in Person.objects.get_queryset().in_bulk(left).items()})
    return found
