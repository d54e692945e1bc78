"""The sessions of a calendar: mine, or everybody's by cohort, pathway, room, teacher."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict
from django.utils import timezone

from trellis.domains.careers.models import Pathway, PathwayStep
from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Cohort, Journey
from trellis.domains.sessions import queries
from trellis.domains.sessions.models import Mark, Member, Room, Session
from trellis.domains.sessions.queries import sessions_of
from trellis.kit import clock
from trellis.kit.ids import id_in
from trellis.surfaces.web.calendar.spans import Span

AT_MOST = 600  # sessions on one page; above it a filter is asked for
FILTERS = ("cohort", "pathway", "room", "teacher")


@dataclass(frozen=True)
class Wanted:
    """What is filtered by: ids, 0 for no filter."""

    cohort: int = 0
    pathway: int = 0
    room: int = 0
    teacher: int = 0

    @classmethod
    def read(cls, sent: QueryDict) -> "Wanted":
        """From the address; what is no number filters nothing."""
        return cls(**{name: id_in(sent.get(name, "")) for name in FILTERS})


@dataclass(frozen=True)
class Day:
    """A day of the calendar with what takes place on it; `beside`: it belongs to the month before or after."""

    on: date
    sessions: list[Session]
    is_today: bool
    beside: bool


def days_of(span: Span, sessions: QuerySet[Session], reader: Person) -> tuple[list[Day], bool]:
    """Each day shown with its sessions by time, and whether there were too many to show all. Three statements."""
    begins, ends = clock.at_time(span.first, 0), clock.at_time(span.last + timedelta(days=1), 0)
    own = Prefetch("marks", Mark.objects.filter(person=reader, is_current=True), "own_marks")
    shown = sessions.filter(starts_at__gte=begins, starts_at__lt=ends).select_related("series", "room")
    rows = list(shown.prefetch_related("hosts", own).order_by("starts_at", "id")[: AT_MOST + 1])
    by_day: dict[date, list[Session]] = defaultdict(list)
    for session in rows[:AT_MOST]:
        by_day[timezone.localdate(session.starts_at)].append(session)
    today, month = clock.today(), span.on.month
    days = [Day(on, by_day[on], on == today, span.view == "month" and on.month != month) for on in span.days]
    return days, len(rows) > AT_MOST


def mine(person: Person) -> QuerySet[Session]:
    """What concerns the person, as learner, holder or host."""
    return sessions_of(person)


def everybodys(wanted: Wanted) -> QuerySet[Session]:
    """All sessions but meetings of mentors, narrowed by each filter that is set."""
    sessions = Session.objects.not_private()
    if wanted.cohort:
        taken = Cohort.objects.filter(pk=wanted.cohort).values("offerings__series")
        sessions = sessions.filter(series__in=taken)
    if wanted.pathway:
        positions = PathwayStep.objects.filter(pathway=wanted.pathway).values("position")
        people = Journey.objects.filter(position__in=positions, left_at=None).order_by().values("person")
        sessions = sessions.filter(series__in=Member.objects.filter(person__in=people, left_at=None).values("series"))
    if wanted.room:
        sessions = sessions.filter(room=wanted.room)
    if wanted.teacher:
        sessions = sessions.filter(hosts=wanted.teacher)
    return sessions


def choices(span: Span) -> dict[str, list[tuple[int, Any]]]:
    """What can be filtered by, by name of the filter: four statements. Teachers are those who host in these days."""
    begins, ends = clock.at_time(span.first, 0), clock.at_time(span.last + timedelta(days=1), 0)
    hosting = Session.hosts.through._default_manager.filter(session__starts_at__gte=begins, session__starts_at__lt=ends)
    teachers = Person.objects.get_queryset().filter(pk__in=hosting.values("person_id")).order_by("name", "id")
    cohorts = Cohort.objects.filter(ends_on__gte=span.first, starts_on__lte=span.last).order_by("name", "id")
    return {
        "cohort": list(cohorts.values_list("pk", "name")),
        "pathway": [(pathway.pk, str(pathway)) for pathway in Pathway.objects.order_by("id")],
        "room": [(room.pk, str(room)) for room in _rooms()],
        "teacher": list(teachers.values_list("pk", "name")),
    }


def _rooms() -> QuerySet[Room]:
    return queries.rooms_in_use()
