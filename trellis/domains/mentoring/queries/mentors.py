"""Who is whose mentor."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from trellis.domains.mentoring.models import Mentorship, Reason, Willing
from trellis.domains.mentoring.rules.mentors import Asking, free_places, leaders
from trellis.domains.people.models import Person, Unit
from trellis.domains.people.queries import current_holdings
from trellis.kit import clock

State = Mentorship.State


@dataclass(frozen=True)
class MentorNow:
    """A person's mentor on a day. Without a mentorship it is the team leader, by default; `mentor` None: nobody.

    `leader` is filled by `mine` alone: who leads the team now, where that is another than the leader one began with.
    """

    mentor: Person | None
    mentorship: Mentorship | None = None
    leader: Person | None = None

    @property
    def is_default(self) -> bool:
        """Whether nobody was chosen: the team leader stands in."""
        stands_in = self.mentorship is None or self.mentorship.origin == "default"
        return self.mentor is not None and stands_in and self.leader is None


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
    """The team leader of each (`rules.mentors.leaders` says who); absent: nobody. Five statements at most."""
    if not person_ids:
        return {}
    managers = dict(Person.objects.get_queryset().filter(pk__in=person_ids).values_list("pk", "manager_id"))
    return _leaders_of(managers, _parted(person_ids), on)


def _leaders_of(
    managers: Mapping[int, int | None], parted: Mapping[int, Collection[int]], on: date
) -> dict[int, Person]:
    holdings = current_holdings(list(managers), on)
    heads = _heads({unit for holding in holdings.values() for unit in ids_of(holding.unit.path)})
    asked = {
        pk: leaders(
            pk, units=ids_of(holding.unit.path), heads=heads, manager=managers.get(pk), parted=parted.get(pk, ())
        )
        for pk, holding in holdings.items()
    }
    named = {leader for found in asked.values() for leader in found}
    here = Person.objects.here(on).filter(is_active=True).in_bulk(named)
    first = {pk: next((here[leader] for leader in found if leader in here), None) for pk, found in asked.items()}
    return {pk: leader for pk, leader in first.items() if leader}


def ids_of(path: str) -> list[int]:
    """The units of a path, the innermost first."""
    return [int(part) for part in path.split("/") if part][::-1]


def _heads(unit_ids: Collection[int]) -> dict[int, int]:
    headed = Unit.objects.filter(pk__in=unit_ids, closed_on=None, head__isnull=False).order_by()
    return dict(headed.values_list("pk", "head_id"))


def _parted(person_ids: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = Mentorship.objects.filter(mentee__in=person_ids, state__in=[State.DECLINED, State.ENDED]).order_by()
    for row in rows.only("mentee", "mentor", "state", "ending"):
        if has_parted(row):
            found.setdefault(row.mentee_id, set()).add(row.mentor_id)
    return found


def has_parted(row: Mentorship) -> bool:
    """Whether one of the two did not want it: the mentor is no default any more then, though they can be asked."""
    by_one = row.ending in (Mentorship.Ending.BY_MENTEE, Mentorship.Ending.BY_MENTOR)
    return row.state == State.DECLINED or (row.state == State.ENDED and by_one)


@dataclass(frozen=True)
class Mine:
    """Everything between one person and their mentors and mentees."""

    now: MentorNow
    asked: list[Mentorship]  # by me, without an answer
    to_answer: list[Mentorship]  # put to me; those who wait for a place come after
    mentees: list[Mentorship]
    before: Sequence[Mentorship]  # as mentee; `why` is what I noted for myself


def mine(person: Person) -> Mine:
    """What the person's own page tells; one statement, and three more for who has chosen nobody.

    Who moves to another team keeps the leader they talk with: two people who met are not parted by a chart.
    """
    why = Reason.objects.filter(person=person, mentorship=OuterRef("pk")).values("text")
    of_me = Mentorship.objects.filter(Q(mentee=person) | Q(mentor=person)).annotate(why=Subquery(why))
    rows = list(of_me.select_related("mentee", "mentor", "topic").order_by("asked_at", "id"))
    i_am, i_have = [r for r in rows if r.mentor_id == person.pk], [r for r in rows if r.mentee_id == person.pk]
    current = next((row for row in i_have if row.state == State.IN_FORCE), None)
    leader: Person | None = None
    if current is None or current.origin == Mentorship.Origin.DEFAULT:
        parted = {person.pk: {row.mentor_id for row in i_have if has_parted(row)}}
        leader = _leaders_of({person.pk: person.manager_id}, parted, clock.today()).get(person.pk)
    if current:
        now = MentorNow(current.mentor, current, leader if leader != current.mentor else None)
    else:
        now = MentorNow(leader)
    return Mine(
        now=now,
        asked=[row for row in i_have if row.state == State.ASKED],
        to_answer=sorted((r for r in i_am if r.state == State.ASKED), key=lambda row: row.answer_by is None),
        mentees=[row for row in i_am if row.state == State.IN_FORCE],
        before=[row for row in i_have if row.state == State.ENDED][::-1],
    )


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
    return room_with(Willing.objects.filter(person=mentor, stopped_at=None).first())


def room_with(willing: Willing | None) -> Room:
    """The same, of what somebody said (None: nothing, or they stopped); one statement."""
    if willing is None:
        return Room(is_willing=False, is_open=True, places=None, taken=0)
    taken = taken_places().filter(mentor=willing.person_id).count()
    return Room(is_willing=True, is_open=willing.is_open, places=willing.places, taken=taken)


def taken_places() -> QuerySet[Mentorship]:
    """What fills a mentor's places: those who asked, not those of the own team."""
    return Mentorship.objects.filter(state=State.IN_FORCE, origin=Mentorship.Origin.ASKED).order_by()


def asks_to(mentor: Person) -> QuerySet[Mentorship]:
    """Questions to a mentor that have no answer yet, in the order of asking."""
    asked = Mentorship.objects.filter(mentor=mentor, state=State.ASKED)
    return asked.select_related("mentee", "mentor", "topic").order_by("asked_at", "id")


def open_ones(mentee: Person) -> list[Mentorship]:
    """What the mentee has asked, and the mentorship in force; one statement."""
    rows = Mentorship.objects.filter(mentee=mentee, state__in=[State.ASKED, State.IN_FORCE])
    return list(rows.select_related("mentor").order_by("id"))


def what_is_known(
    mentee: Person, mentor: Person, room: Room, rows: Collection[Mentorship], *, is_here: bool, is_leader: bool
) -> Asking:
    """What decides whether one can ask the other (`rules.mentors.why_not_ask`); `rows` as `open_ones` gives them."""
    return Asking(
        is_oneself=mentee == mentor,
        is_here=is_here,
        open=room.is_open if room.is_willing else None,
        is_leader=is_leader,
        is_mentor_already=any(row.mentor_id == mentor.pk and row.state == State.IN_FORCE for row in rows),
        waiting=sum(row.state == State.ASKED for row in rows),
    )


def leader_of(person: Person) -> Person | None:
    """Who stands in as the person's mentor today; four statements."""
    return _leaders_of({person.pk: person.manager_id}, _parted([person.pk]), clock.today()).get(person.pk)
