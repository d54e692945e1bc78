"""Opening and changing runs of courses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from trellis.domains.learning.actions.places import move_up
from trellis.domains.learning.events import CourseSaved, OfferingChanged, OfferingOpened
from trellis.domains.learning.models import Course, Offering
from trellis.domains.people.models import Person
from trellis.domains.sessions import actions as sessions_actions
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.models import Series
from trellis.domains.sessions.rules import Clash, unresolved
from trellis.kit.journal.facts import announce


@transaction.atomic
def open_offering(
    *,
    course: Course,
    name: str,
    starts_on: date,
    ends_on: date,
    places: int,
    actor: Person,
    sessions: Sequence[PlannedSession] = (),
    teachers: Collection[Person] = (),
    book_until: date | None = None,
    found: Sequence[Clash] = (),
    because: str = "",
) -> Offering:
    """Open a run of the course with its sessions (`sessions.actions.PlannedSession`).

    Teachers not named are the hosts of the sessions; sessions without hosts are hosted by the teachers. The pass mark
    and the assessments of today's course are kept with the offering: a later change does not re-judge anybody.
    Asked twice for the same (course, name, first day), it is there once. `plan_offerings` looks for clashes before;
    what it `found`, and the reason why it is kept, is written with the sessions.
    """
    Course.objects.select_for_update().get(pk=course.pk)
    if there := Offering.objects.filter(course=course, name=name, starts_on=starts_on).first():
        return there
    series = sessions_actions.open_series(name=course.name, names=course.names, kind=Series.Kind.CLASSES, actor=actor)
    offering = Offering.objects.create(
        course=course,
        series=series,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        places=places,
        book_until=book_until,
        pass_mark=course.pass_mark,
        assessed=course.assessed,
    )
    chosen = {p.pk: p for p in teachers} or {host.pk: host for plan in sessions for host in plan.hosts}
    offering.teachers.set(chosen.values())
    planned = [plan if plan.hosts else replace(plan, hosts=tuple(chosen.values())) for plan in sessions]
    sessions_actions.write_plan(series=series, planned=planned, found=found, because=because, actor=actor)
    announce(OfferingOpened(offering.pk, course.pk), actor=actor)
    return offering


@dataclass(frozen=True)
class WantedOffering:
    """A run that is to be opened; its sessions give its first and last day, and name who hosts them."""

    course: Course
    name: str
    places: int
    teachers: tuple[Person, ...]
    sessions: tuple[PlannedSession, ...]
    book_until: date | None = None

    @property
    def days(self) -> list[date]:
        """The days of its sessions, soonest first."""
        return sorted(timezone.localdate(session.starts_at) for session in self.sessions)


@dataclass(frozen=True)
class OfferingsOutcome:
    """The runs opened; or none, and what speaks against their sessions, counted through all of them: -1, -2..."""

    offerings: list[Offering] = field(default_factory=list)
    clashes: tuple[Clash, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether they are open."""
        return bool(self.offerings)


@transaction.atomic
def plan_offerings(*, wanted: Sequence[WantedOffering], because: str = "", actor: Person) -> OfferingsOutcome:
    """Open all these runs, or none: a room or a teacher that is taken stands in the way unless `because` says why not.

    A run that is there already (same course, name and first day) is not opened again, and clashes with nothing.
    """
    list(Course.objects.select_for_update().filter(pk__in=[w.course.pk for w in wanted]).order_by("pk"))
    there = {
        number: offering
        for number, want in enumerate(wanted)
        if (offering := Offering.objects.filter(course=want.course, name=want.name, starts_on=want.days[0]).first())
    }
    new = [want for number, want in enumerate(wanted) if number not in there]
    found = sessions_actions.speaks_against([plan for want in new for plan in want.sessions], hold=True)
    if unresolved(found, because):
        return OfferingsOutcome(clashes=found)
    offerings, before = list(there.values()), 0
    for want in new:
        count = len(want.sessions)
        own = [
            replace(clash, planned=clash.planned + before)
            for clash in found
            if before < -clash.planned <= before + count
        ]
        offerings.append(
            open_offering(
                course=want.course,
                name=want.name,
                starts_on=want.days[0],
                ends_on=want.days[-1],
                places=want.places,
                teachers=want.teachers,
                sessions=want.sessions,
                book_until=want.book_until,
                found=own,
                because=because,
                actor=actor,
            )
        )
        before += count
    return OfferingsOutcome(offerings, found)


@transaction.atomic
def change_offering(
    *,
    offering: Offering,
    name: str,
    places: int,
    book_until: date | None,
    teachers: Collection[Person],
    actor: Person,
) -> Offering:
    """Another name, number of places, last day to take one, or teachers. More places let the queue move up."""
    now = Offering.objects.select_for_update().get(pk=offering.pk)
    now.name, now.places, now.book_until = name[:200], places, book_until
    now.save(update_fields=["name", "places", "book_until"])
    now.teachers.set(teachers)
    announce(OfferingChanged(now.pk, places), actor=actor)
    move_up(now, actor)
    return now


@transaction.atomic
def set_usual_teachers(*, course: Course, teachers: Collection[Person], actor: Person) -> None:
    """Who is proposed first when a run of the course is planned."""
    course.usual_teachers.set(teachers)
    announce(CourseSaved(course.pk, is_new=False), actor=actor)
