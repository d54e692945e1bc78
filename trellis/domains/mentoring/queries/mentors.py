"""Who is whose mentor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from trellis.domains.mentoring.models import Mentorship, Willing
from trellis.domains.mentoring.rules.mentors import free_places, leaders
from trellis.domains.people.models import Person, Unit
from trellis.domains.people.queries import current_holdings
from trellis.kit import clock

State = Mentorship.State


@dataclass(frozen=True)
class MentorNow:
    """A person's mentor on a day. Without a mentorship it is the team leader, by default; `mentor` None: nobody."""

    mentor: Person | None
    mentorship: Mentorship | None = None

    @property
    def is_default(self) -> bool:
        """Whether nobody was chosen: the team leader stands in."""
        return self.mentor is not None and (self.mentorship is None or self.mentorship.origin == "default")


def mentor_of(person: Person, on: date | None = None) -> MentorNow:
    """Who mentors the person on the day (today when not said): who said yes, else the team leader. Six statements."""
    return mentors_of([person.pk], on)[person.pk]


def mentors_of(person_ids: Collection[int], on: date | None = None) -> dict[int, MentorNow]:
    """The same of many, in six statements."""
    day = on or clock.today()
    rows = in_force_on(day).filter(mentee__in=person_ids).select_related("mentor").order_by("began_on", "id")
    chosen = {row.mentee_id: row for row in rows}
    leaders = default_mentors([pk for pk in person_ids if pk not in chosen], day)
    return {
        pk: MentorNow(chosen[pk].mentor, chosen[pk]) if pk in chosen else MentorNow(leaders.get(pk))
        for pk in person_ids
    }


def in_force_on(day: date) -> QuerySet[Mentorship]:
    """Mentorships in force on a day, ended since or not; on the day of a change it is the new one."""
    return Mentorship.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), began_on__lte=day)


def default_mentors(person_ids: Collection[int], on: date) -> dict[int, Person]:
    """The team leader of each (`rules.mentors.leaders` says who); absent: nobody. Four or five statements."""
    holdings = current_holdings(person_ids, on) if person_ids else {}
    if not holdings:
        return {}
    managers = dict(Person.objects.get_queryset().filter(pk__in=holdings).values_list("pk", "manager_id"))
    heads = _heads({unit for holding in holdings.values() for unit in ids_of(holding.unit.path)})
    parted = _parted(holdings)
    asked = {
        pk: leaders(pk, units=ids_of(holding.unit.path), heads=heads, manager=managers.get(pk), parted=parted[pk])
        for pk, holding in holdings.items()
    }
    here = (
        Person.objects.here(on).filter(is_active=True).in_bulk({leader for found in asked.values() for leader in found})
    )
    first = {pk: next((here[leader] for leader in found if leader in here), None) for pk, found in asked.items()}
    return {pk: leader for pk, leader in first.items() if leader}


def ids_of(path: str) -> list[int]:
    """The units of a path, the innermost first."""
    return [int(part) for part in path.split("/") if part][::-1]


def _heads(unit_ids: Collection[int]) -> dict[int, int]:
    headed = Unit.objects.filter(pk__in=unit_ids, closed_on=None, head__isnull=False).order_by()
    return dict(headed.values_list("pk", "head_id"))


def _parted(person_ids: Collection[int]) -> defaultdict[int, set[int]]:
    """With whom it was ended, or who said no: they are no default any more, though they can be asked."""
    ended = Q(state=State.DECLINED) | Q(ending__in=[Mentorship.Ending.BY_MENTEE, Mentorship.Ending.BY_MENTOR])
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = Mentorship.objects.filter(ended, mentee__in=person_ids).order_by()
    for mentee, mentor in rows.values_list("mentee_id", "mentor_id"):
        found[mentee].add(mentor)
    return found


@dataclass(frozen=True)
class Room:
    """How much of a mentor there is: `places` None for a team leader who did not say to be willing."""

    is_willing: bool
    is_open: bool
    places: int | None
    taken: int

    @property
    def free(self) -> int | None:
        """Places left; None: no limit."""
        return None if self.places is None else free_places(self.places, self.taken)


def room_of(mentor: Person) -> Room:
    """How many more the mentor takes; those of one's own team do not count. Two statements."""
    willing = Willing.objects.filter(person=mentor, stopped_at=None).first()
    taken = taken_places().filter(mentor=mentor).count()
    if willing is None:
        return Room(is_willing=False, is_open=True, places=None, taken=taken)
    return Room(is_willing=True, is_open=willing.is_open, places=willing.places, taken=taken)


def taken_places() -> QuerySet[Mentorship]:
    """What fills a mentor's places: those who asked, not those of the own team."""
    return Mentorship.objects.filter(state=State.IN_FORCE, origin=Mentorship.Origin.ASKED).order_by()


def asks_to(mentor: Person) -> QuerySet[Mentorship]:
    """Questions to a mentor that have no answer yet, in the order of asking."""
    asked = Mentorship.objects.filter(mentor=mentor, state=State.ASKED)
    return asked.select_related("mentee", "mentor", "topic").order_by("asked_at", "id")
