"""What is taken when somebody plans: rooms, hosts, people, working hours. In bulk."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from trellis.domains.people.models import Person, on_day
from trellis.domains.sessions.models import Booking, Mark, Member, OnShift, Room, Series, Session, Shift
from trellis.domains.sessions.queries.registers import MANY
from trellis.domains.sessions.rules import ABSENT, EXCUSED, Busy, Spell, Work
from trellis.kit import clock


def rooms_in_use() -> QuerySet[Room]:
    """Rooms that something new can take place in, by site and name."""
    return Room.objects.filter(Q(retired_on=None) | Q(retired_on__gt=clock.today())).order_by("site", "name", "id")


def in_room(room: Room, begins: datetime, ends: datetime) -> QuerySet[Session]:
    """What takes place in the room between two moments, by time, with its series and hosts."""
    there = Session.objects.filter(room=room, cancelled_at=None, starts_at__lt=ends, ends_at__gt=begins)
    return there.select_related("series").prefetch_related("hosts").order_by("starts_at", "id")


def taken_between(
    begins: datetime,
    ends: datetime,
    *,
    rooms: Collection[int],
    hosts: Collection[int],
    people: Collection[int],
    ignoring: Collection[int] = (),
) -> list[Busy]:
    """The sessions between two moments that take one of these rooms, hosts or people, with all of them that they take.

    Four statements, however many there are. `ignoring`: ids of sessions that are about to be moved.
    """
    sessions = Session.objects.filter(cancelled_at=None, starts_at__lt=ends, ends_at__gt=begins).exclude(
        pk__in=list(ignoring)
    )
    found = {
        pk: (series, makes_up, timezone.localtime(starts), timezone.localtime(until), room)
        for pk, series, makes_up, starts, until, room in sessions.order_by().values_list(
            "pk", "series_id", "makes_up_id", "starts_at", "ends_at", "room_id"
        )
    }
    hosting: dict[int, set[int]] = defaultdict(set)
    through = Session.hosts.through._default_manager.filter(session__in=sessions.order_by().values("pk"))
    for session, person in through.values_list("session_id", "person_id"):
        hosting[session].add(person)
    expected = _expected({*people, *hosts}, {pk: (row[0], row[1]) for pk, row in found.items()})
    wanted_rooms, wanted_hosts = set(rooms), set(hosts)
    return [
        Busy(pk, starts, until, room, frozenset(hosting[pk]), frozenset(expected[pk]))
        for pk, (_series, _makes_up, starts, until, room) in found.items()
        if room in wanted_rooms or hosting[pk] & (wanted_hosts | set(people)) or expected[pk]
    ]


def _expected(people: set[int], sessions: dict[int, tuple[int, int | None]]) -> dict[int, set[int]]:
    """Session id to those of the people who are expected there: members, whoever booked; for a make-up who missed."""
    found: dict[int, set[int]] = defaultdict(set)
    if not people or not sessions:
        return found
    series = {row[0] for row in sessions.values()}
    members: dict[int, set[int]] = defaultdict(set)
    pairs = _of(Member.objects.filter(left_at=None), people)
    if len(series) <= MANY:
        pairs = pairs.filter(series__in=series)
    for series_id, person in pairs.order_by().values_list("series_id", "person_id"):
        members[series_id].add(person)
    booked = _of(Booking.objects.filter(ended_at=None, is_waiting=False), people)
    for session, person in booked.order_by().values_list("session_id", "person_id"):
        found[session].add(person)
    originals = {makes_up for _series, makes_up in sessions.values() if makes_up}
    missed: dict[int, set[int]] = defaultdict(set)
    away = Mark.objects.filter(session__in=originals, is_current=True, value__in=(ABSENT, EXCUSED))
    for session, person in away.order_by().values_list("session_id", "person_id") if originals else ():
        missed[session].add(person)
    for pk, (series_id, makes_up) in sessions.items():
        theirs = members[series_id] & missed[makes_up] if makes_up else members[series_id]
        found[pk] |= theirs & people
    return found


def _of(rows: QuerySet, people: set[int]) -> QuerySet:
    return rows.filter(person__in=people) if len(people) <= MANY else rows


def shifts_of(person_ids: Collection[int], on: date) -> dict[int, Work]:
    """Person id to the shift worked on the day; who has none is not in it. One statement."""
    people = set(person_ids)
    rows = OnShift.objects.filter(on_day(on)).select_related("shift")
    if len(people) <= MANY:
        rows = rows.filter(person__in=people)
    return {row.person_id: work_of(row.shift) for row in rows if row.person_id in people}


def shifts_between(person_ids: Collection[int], first: date, last: date) -> dict[int, list[Spell]]:
    """Person id to the shifts worked on any day from first to last, each with its days; who has none is not in it.

    One statement.
    """
    people = set(person_ids)
    rows = OnShift.objects.filter(Q(ended_on=None) | Q(ended_on__gte=first), began_on__lte=last).select_related("shift")
    if len(people) <= MANY:
        rows = rows.filter(person__in=people)
    found: dict[int, list[Spell]] = defaultdict(list)
    for row in rows:
        if row.person_id in people:
            found[row.person_id].append((row.began_on, row.ended_on, work_of(row.shift)))
    return dict(found)


def stints_of(person_ids: Collection[int]) -> dict[int, list[tuple[int, date, date | None]]]:
    """Person id to the shifts (their ids) worked, with the first day and the last (None: still), the earliest first."""
    people = set(person_ids)
    rows = OnShift.objects.filter(person__in=people) if len(people) <= MANY else OnShift.objects.all()
    found: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    told = rows.order_by("began_on", "id").values_list("person_id", "shift_id", "began_on", "ended_on")
    for person, shift, began, ended in told:
        if person in people:
            found[person].append((shift, began, ended))
    return dict(found)


def work_of(shift: Shift) -> Work:
    """A shift as the rules take it."""
    return Work(frozenset(int(n) - 1 for n in shift.weekdays), shift.from_time, shift.to_time)


def members_of(series_id: int) -> list[int]:
    """Ids of the people expected at a series."""
    return list(Member.objects.filter(series=series_id, left_at=None).order_by().values_list("person_id", flat=True))


def missing_from(session: Session) -> list[int]:
    """Ids of those who missed the session, or the one it makes up for."""
    missed = Mark.objects.filter(
        session=session.makes_up_id or session.pk, is_current=True, value__in=(ABSENT, EXCUSED)
    )
    return list(missed.order_by().values_list("person_id", flat=True))


def sessions_missed(person_ids: Collection[int]) -> QuerySet[Session]:
    """Sessions that some of the people missed, with `missed`, how many of them did; the latest first."""
    away = Q(marks__person__in=person_ids, marks__is_current=True, marks__value__in=(ABSENT, EXCUSED))
    held = Session.objects.not_private().filter(away, cancelled_at=None, makes_up=None, places=None)
    held = held.exclude(series__kind=Series.Kind.MENTORSHIP).select_related("series").prefetch_related("hosts")
    return held.annotate(missed=Count("marks__person", distinct=True)).order_by("-starts_at", "id")


def following(session: Session) -> list[Session]:
    """This session and all after it in its series that are neither cancelled nor make-ups, with their hosts."""
    later = Session.objects.filter(
        series=session.series_id, starts_at__gte=session.starts_at, cancelled_at=None, makes_up=None
    )
    return list(later.select_related("series", "room").prefetch_related("hosts").order_by("starts_at", "id"))


def with_seats(sessions: QuerySet[Session], person: Person) -> QuerySet[Session]:
    """Each with `booked` and `waiting`, how many people have a place or wait for one; with `turn`, which of those who
    wait the person is (0: none), and with `has_place`."""
    standing = Booking.objects.filter(session=OuterRef("pk"), ended_at=None).order_by()
    own = Booking.objects.filter(session=OuterRef("session"), person=person, ended_at=None, is_waiting=True)
    before = standing.filter(is_waiting=True, pk__lte=Subquery(own.values("pk")[:1]))

    def counted(rows: QuerySet[Booking]) -> Coalesce:
        return Coalesce(Subquery(rows.values("session").annotate(n=Count("pk")).values("n")), 0)

    return sessions.annotate(
        booked=counted(standing.filter(is_waiting=False)),
        waiting=counted(standing.filter(is_waiting=True)),
        turn=counted(before),
        has_place=Exists(standing.filter(person=person, is_waiting=False)),
    )


def open_sessions(person: Person) -> QuerySet[Session]:
    """What can be booked and is still to come, `with_seats`: events for everybody, make-ups for who missed the session.

    Soonest first.
    """
    missed = Mark.objects.filter(person=person, is_current=True, value__in=(ABSENT, EXCUSED)).order_by()
    coming = Session.objects.filter(
        Q(makes_up=None) | Q(makes_up__in=missed.values("session_id")),
        places__isnull=False,
        cancelled_at=None,
        starts_at__gt=clock.now(),
    )
    return with_seats(coming.select_related("series", "room", "makes_up"), person).order_by("starts_at", "id")


def bookings_of(session: Session) -> list[Booking]:
    """Who has a place and who waits, in the order of the queue, with the people."""
    rows = Booking.objects.filter(session=session, ended_at=None).select_related("person")
    return list(rows.order_by("is_waiting", "asked_at", "id"))


def week_of(day: date) -> tuple[datetime, datetime]:
    """The Monday morning of the day's week, and the next."""
    monday = day - timedelta(days=day.weekday())
    return clock.at_time(monday, 0), clock.at_time(monday + timedelta(days=7), 0)
