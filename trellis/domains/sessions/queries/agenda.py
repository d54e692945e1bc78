"""Whose sessions are whose."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from trellis.domains.people.models import Person
from trellis.domains.sessions.models import Booking, Mark, Member, Series, Session
from trellis.domains.sessions.rules import ABSENT, EXCUSED
from trellis.kit import clock


@dataclass(frozen=True)
class AgendaLine:
    """A session in somebody's agenda, as host or learner, and their own mark in it ("" when open)."""

    session: Session
    is_host: bool
    mark: str


def with_own_marks(sessions: QuerySet[Session], person: Person) -> QuerySet[Session]:
    """With all that `agenda` reads, in three statements."""
    own = Prefetch("marks", Mark.objects.filter(person=person, is_current=True))
    return sessions.select_related("series", "makes_up", "room").prefetch_related("hosts", own)


def the_two() -> Prefetch:
    """Of a meeting with a mentor, the two as `series.met`; nobody for any other session."""
    members = Member.objects.filter(series__kind=Series.Kind.MENTORING, left_at=None).select_related("person")
    return Prefetch("series__members", members.order_by("person__name", "id"), "met")


def agenda(person: Person, sessions: Iterable[Session]) -> list[AgendaLine]:
    """Sessions, loaded by `with_own_marks`, as that person's agenda."""
    return [
        AgendaLine(row, person in row.hosts.all(), next((m.value for m in row.marks.all()), "")) for row in sessions
    ]


_hosting = Session.hosts.through._default_manager


def sessions_of(person: Person | int) -> QuerySet[Session]:
    """Those that concern the person: hosted, or expected at. A make-up only for who missed the original.

    Where places are booked it concerns who has one, and who waits for one.
    """
    member = Member.objects.filter(person=person, left_at=None).values("series_id")
    attended = Mark.objects.filter(person=person, is_current=True).order_by().values("session_id")
    missed = attended.filter(value__in=(ABSENT, EXCUSED))
    hosted = _hosting.filter(person=person).values("session_id")
    booked = Booking.objects.filter(person=person, ended_at=None).order_by().values("session_id")
    member_of = Q(Q(makes_up=None) | Q(makes_up_id__in=missed), series_id__in=member, places=None)
    return Session.objects.filter(Q(pk__in=hosted) | Q(pk__in=attended) | Q(pk__in=booked) | member_of)


def sessions_to_mark(person: Person) -> QuerySet[Session]:
    """Hosted by the person, begun, not cancelled, and with nobody marked yet."""
    hosted = _hosting.filter(person=person).values("session_id")
    marked = Mark.objects.values("session_id")
    return Session.objects.filter(pk__in=hosted, cancelled_at=None, starts_at__lte=clock.now()).exclude(pk__in=marked)
