"""Who is expected, and how everybody attended."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import repeat

from django.db.models import FilteredRelation, Manager, Q, QuerySet

from trellis.domains.people.models import Person
from trellis.domains.sessions.models import Booking, Mark, Member, Session
from trellis.domains.sessions.rules import ABSENT, EXCUSED, Attendance, Scheduled, Timetable, count_each
from trellis.kit.listing import Listing
from trellis.kit.prepared import prepared

MarkRow = tuple[int, int, int | None, str | None, str | None]  # series, session, what it makes up for, value, who

# Above this many ids a list in the statement costs more than reading a little too much (and SQLite has a limit).
MANY = 900


def attendance(series_ids: Collection[int], person_ids: Collection[int]) -> dict[tuple[int, int], Attendance]:
    """(series, person) to attendance, for those who are or were members. Two statements, however many people."""
    series, people = set(series_ids), set(person_ids)
    if not series or not people:
        return {}
    pairs = _narrowed(Member.objects.all(), series, people).order_by().values_list("series_id", "person_id")
    return attendance_of([pair for pair in pairs if pair[0] in series and pair[1] in people])


def attendance_of(members: Collection[tuple[int, int]]) -> dict[tuple[int, int], Attendance]:
    """The same for (series, person) pairs known to be members. One statement: the sessions with the marks in them."""
    series, people = {pair[0] for pair in members}, {pair[1] for pair in members}
    if not members:
        return {}
    if len(people) <= MANY and len(series) <= MANY:
        rows = _marked(series, people)
    else:
        rows = list(
            _with_marks(Session.objects.filter(series_id__in=series) if len(series) <= MANY else Session.objects)
        )
    scheduled: dict[int, dict[int, Scheduled]] = defaultdict(dict)
    marks: dict[int, dict[str, str]] = defaultdict(dict)  # by people's ids as the database writes them
    for series_id, pk, makes_up, value, who in rows:
        if pk not in scheduled[series_id]:
            scheduled[series_id][pk] = Scheduled(pk, makes_up)
        if who and value:
            marks[pk].update(dict.fromkeys(who.split(","), value))
    written = {person: str(person) for person in people}
    theirs: dict[int, list[int]] = defaultdict(list)
    for series_id, person_id in members:
        theirs[series_id].append(person_id)
    found: dict[tuple[int, int], Attendance] = {}
    for series_id, members_of in theirs.items():
        timetable = Timetable.of(scheduled[series_id].values()) if series_id in scheduled else Timetable((), {})
        each = count_each(timetable, marks, [*map(written.__getitem__, members_of)])
        found.update(zip(zip(repeat(series_id), members_of), each, strict=False))
    return found


@prepared
def _marked(series: Collection[int], people: Collection[int]) -> QuerySet[Session, MarkRow]:
    return _with_marks(Session.objects.filter(series_id__in=series), Q(marks__person__in=people))


def _with_marks(sessions: Manager[Session] | QuerySet[Session], theirs: Q = Q()) -> QuerySet[Session, MarkRow]:  # noqa: B008, conditions are not changed
    """What is scheduled of the sessions, a row for each kind of mark in it: who has it, as ids in one text."""
    current = FilteredRelation("marks", condition=theirs & Q(marks__is_current=True))
    rows = sessions.filter(cancelled_at=None).annotate(mark=current).order_by()
    alike = rows.values("series_id", "pk", "makes_up_id", "mark__value").annotate(who=Listing("mark__person_id"))
    return alike.values_list("series_id", "pk", "makes_up_id", "mark__value", "who")


def _narrowed(rows: QuerySet[Member], series: set[int], people: set[int]) -> QuerySet[Member]:
    if len(series) <= MANY:
        rows = rows.filter(series_id__in=series)
    return rows.filter(person_id__in=people) if len(people) <= MANY else rows


@prepared
def session_to_mark(pk: int) -> QuerySet[Session]:
    """The session of that id, or none, with what its register shows of it."""
    return Session.objects.filter(pk=pk).select_related("series", "makes_up", "room")


@prepared
def last_marked(session: int) -> QuerySet[Mark, datetime]:
    """When the last mark of a session was made; empty when there is none."""
    return Mark.objects.filter(session=session).order_by("-id").values_list("marked_at", flat=True)[:1]


def expected(session: Session) -> QuerySet[Person]:
    """Who the register of a session lists, by name.

    The members of the series; for a make-up those who missed the original; where places are booked, who has one.
    """
    ids = Q(pk__in=Mark.objects.filter(session=session, is_current=True).values("person_id"))
    members = Member.objects.filter(series_id=session.series_id, left_at=None).values("person_id")
    if session.places is not None:
        ids |= Q(pk__in=Booking.objects.filter(session=session, ended_at=None, is_waiting=False).values("person_id"))
    elif session.makes_up_id:
        missed = Mark.objects.filter(session_id=session.makes_up_id, is_current=True, value__in=(ABSENT, EXCUSED))
        ids |= Q(pk__in=members) & Q(pk__in=missed.values("person_id"))
    else:
        ids |= Q(pk__in=members)
    return Person.objects.get_queryset().filter(ids).order_by("name", "id")


def concerned(session: Session, *, also: Collection[int] = ()) -> set[int]:
    """Ids of all to whom it matters when and where a session is: who is expected or waits, its hosts, those named."""
    waiting = Booking.objects.filter(session=session, ended_at=None).values_list("person_id", flat=True)
    hosts = Session.hosts.through._default_manager.filter(session_id=session.pk).values_list("person_id", flat=True)
    return {*expected(session).order_by().values_list("pk", flat=True), *waiting, *hosts, *also}


def make_ups_offered(session_ids: Iterable[int]) -> dict[int, list[Session]]:
    """Session id to its make-ups that are not cancelled, soonest first."""
    found: dict[int, list[Session]] = defaultdict(list)
    offered = Session.objects.filter(makes_up_id__in=list(session_ids), cancelled_at=None).select_related("room")
    for make_up in offered.order_by("starts_at"):
        found[make_up.makes_up_id or 0].append(make_up)
    return dict(found)
