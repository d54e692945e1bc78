"""Opening a run of a course, and who takes part."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from trellis.domains.learning import notices
from trellis.domains.learning.events import Enrolled, OfferingOpened, Withdrawn
from trellis.domains.learning.models import Course, Enrolment, Offering
from trellis.domains.learning.rules import EnrolOutcome, share_out
from trellis.domains.people.models import Person
from trellis.domains.sessions import actions as sessions_actions
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.models import Series
from trellis.kit import clock
from trellis.kit.journal.facts import announce, announce_many
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


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
) -> Offering:
    """Open a run of the course with its sessions (`sessions.actions.PlannedSession`).

    Teachers not named are the hosts of the sessions; sessions without hosts are hosted by the teachers. The pass mark
    of today's course is kept with the offering, so that a later change does not re-judge anybody. Asked twice for the
    same (course, name, first day), it is there once.
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
        pass_mark=course.pass_mark,
    )
    chosen = {p.pk: p for p in teachers} or {host.pk: host for plan in sessions for host in plan.hosts}
    offering.teachers.set(chosen.values())
    planned = [
        plan
        if plan.hosts
        else PlannedSession(plan.title, plan.starts_at, plan.ends_at, tuple(chosen.values()), plan.place, plan.link)
        for plan in sessions
    ]
    sessions_actions.schedule_many(series=series, planned=planned, actor=actor)
    announce(OfferingOpened(offering.pk, course.pk), actor=actor)
    return offering


@transaction.atomic
def enrol(*, offering: Offering, person_ids: Collection[int], way_in: str, actor: Person) -> EnrolOutcome:
    """Give places to these people, in this order, as long as there are any; twice is once.

    `way_in` keeps what enrolled them: `self`, `staff`, `programme:next-step`.
    """
    locked = Offering.objects.select_for_update().get(pk=offering.pk)
    current = set(Enrolment.objects.filter(offering=locked, withdrawn_at=None).values_list("person_id", flat=True))
    outcome = share_out(list(person_ids), current, locked.places)
    Enrolment.objects.bulk_create(
        [Enrolment(offering=locked, person_id=person, enrolled_by=actor, way_in=way_in) for person in outcome.enrolled]
    )
    sessions_actions.take_in(series=offering.series, person_ids=outcome.enrolled, actor=actor)
    facts = [Enrolled(person, offering.pk, offering.course_id, way_in) for person in outcome.enrolled]
    announce_many(facts, actor=actor)
    notify(
        person_ids=[person for person in outcome.enrolled if person != actor.pk],
        kind=notices.ENROLLED.code,
        key=f"offering:{offering.pk}",
        params={"course": name_in_all(offering.course), "day": offering.starts_on},
        link=f"/offerings/{offering.pk}/",
    )
    return outcome


@transaction.atomic
def withdraw(*, offering: Offering, person_ids: Collection[int], actor: Person) -> list[int]:
    """End these enrolments; marks and results stay. Returns those who were enrolled until now."""
    current = Enrolment.objects.select_for_update().filter(
        offering=offering, person_id__in=person_ids, withdrawn_at=None
    )
    gone = list(current.values_list("person_id", flat=True))
    Enrolment.objects.filter(offering=offering, person_id__in=gone, withdrawn_at=None).update(withdrawn_at=clock.now())
    sessions_actions.let_go(series=offering.series, person_ids=gone, actor=actor)
    announce_many([Withdrawn(person, offering.pk, offering.course_id) for person in gone], actor=actor)
    return gone
