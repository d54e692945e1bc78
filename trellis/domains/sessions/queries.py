"""What pages and other rooms ask about sessions. Everything in bulk, a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import FilteredRelation, Prefetch, Q, QuerySet

from trellis.domains.people.models import Person
from trellis.domains.sessions.models import Mark, Member, Session
from trellis.domains.sessions.rules import ABSENT, EXCUSED, Attendance, Scheduled, Timetable, count_in
from trellis.kit import clock

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
    theirs = Q(marks__is_current=True)
    if len(people) <= MANY:
        theirs &= Q(marks__person__in=people)
    sessions = Session.objects.filter(cancelled_at=None).annotate(mark=FilteredRelation("marks", condition=theirs))
    if len(series) <= MANY:
        sessions = sessions.filter(series_id__in=series)
    scheduled: dict[int, dict[int, Scheduled]] = defaultdict(dict)
    marks: dict[tuple[int, int], dict[int, str]] = defaultdict(dict)
    for series_id, pk, makes_up, person_id, value in sessions.order_by().values_list(
        "series_id", "pk", "makes_up_id", "mark__person_id", "mark__value"
    ):
        if pk not in scheduled[series_id]:
            scheduled[series_id][pk] = Scheduled(pk, makes_up)
        if person_id is not None:
            marks[series_id, person_id][pk] = value
    timetables = {pk: Timetable.of(found.values()) for pk, found in scheduled.items()}
    nothing = Timetable((), {})
    return {pair: count_in(timetables.get(pair[0], nothing), marks.get(pair, {})) for pair in members}


def _narrowed(rows: QuerySet[Member], series: set[int], people: set[int]) -> QuerySet[Member]:
    if len(series) <= MANY:
        rows = rows.filter(series_id__in=series)
    return rows.filter(person_id__in=people) if len(people) <= MANY else rows


def expected(session: Session) -> QuerySet[Person]:
    """Who the register of a session lists, by name: the members, or for a make-up those who missed the original."""
    ids = Q(pk__in=Mark.objects.filter(session=session, is_current=True).values("person_id"))
    members = Member.objects.filter(series_id=session.series_id, left_at=None).values("person_id")
    if session.makes_up_id:
        missed = Mark.objects.filter(session_id=session.makes_up_id, is_current=True, value__in=(ABSENT, EXCUSED))
        ids |= Q(pk__in=members) & Q(pk__in=missed.values("person_id"))
    else:
        ids |= Q(pk__in=members)
    return Person.objects.get_queryset().filter(ids).order_by("name", "id")


@dataclass(frozen=True)
class AgendaLine:
    """A session in somebody's agenda, as host or learner, and their own mark in it ("" when open)."""

    session: Session
    is_host: bool
    mark: str


def with_own_marks(sessions: QuerySet[Session], person: Person) -> QuerySet[Session]:
    """With all that `agenda` reads, in three statements."""
    own = Prefetch("marks", Mark.objects.filter(person=person, is_current=True))
    return sessions.select_related("series", "makes_up").prefetch_related("hosts", own)


def agenda(person: Person, sessions: Iterable[Session]) -> list[AgendaLine]:
    """Sessions, loaded by `with_own_marks`, as that person's agenda."""
    return [
        AgendaLine(row, person in row.hosts.all(), next((m.value for m in row.marks.all()), "")) for row in sessions
    ]


_hosting = Session.hosts.through._default_manager


def sessions_of(person: Person) -> QuerySet[Session]:
    """Those that concern the person: hosted, or expected at. A make-up only for who missed the original."""
    member = Member.objects.filter(person=person, left_at=None).values("series_id")
    attended = Mark.objects.filter(person=person, is_current=True).order_by().values("session_id")
    missed = attended.filter(value__in=(ABSENT, EXCUSED))
    hosted = _hosting.filter(person=person).values("session_id")
    return Session.objects.filter(
        Q(pk__in=hosted) | Q(pk__in=attended) | Q(Q(makes_up=None) | Q(makes_up_id__in=missed), series_id__in=member)
    )


def sessions_to_mark(person: Person) -> QuerySet[Session]:
    """Hosted by the person, begun, not cancelled, and with nobody marked yet."""
    hosted = _hosting.filter(person=person).values("session_id")
    marked = Mark.objects.values("session_id")
    return Session.objects.filter(pk__in=hosted, cancelled_at=None, starts_at__lte=clock.now()).exclude(pk__in=marked)


def make_ups_offered(session_ids: Iterable[int]) -> dict[int, list[Session]]:
    """Session id to its make-ups that are not cancelled, soonest first."""
    found: dict[int, list[Session]] = defaultdict(list)
    for make_up in Session.objects.filter(makes_up_id__in=list(session_ids), cancelled_at=None).order_by("starts_at"):
        found[make_up.makes_up_id or 0].append(make_up)
    return dict(found)
