"""What this room does about facts of rooms below, and about its own."""

from trellis.domains.careers.actions import evidence
from trellis.domains.learning import actions, queries
from trellis.domains.learning.events import CoursePassed, PassWithdrawn
from trellis.domains.learning.models import CourseTeaches, Offering
from trellis.domains.people.models import Person
from trellis.domains.sessions.events import AttendanceCompleted, AttendanceTakenBack
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry


@reacts_to(AttendanceCompleted)
def complete_course(fact: AttendanceCompleted, entry: Entry) -> None:
    """The grade may have come first: a make-up can complete a course that was passed weeks ago."""
    offering = Offering.objects.filter(series_id=fact.series).first()
    if offering:
        actions.announce_passed(offering=offering, person_ids=[fact.person], actor=entry.actor)


@reacts_to(AttendanceTakenBack)
def withdraw_course(fact: AttendanceTakenBack, entry: Entry) -> None:
    """A pass rests on every session; what a make-up still can repair comes back with it."""
    offering = Offering.objects.filter(series_id=fact.series).first()
    if offering:
        actions.announce_withdrawn(offering=offering, person_ids=[fact.person], actor=entry.actor)


@reacts_to(PassWithdrawn)
def withdraw_evidence(fact: PassWithdrawn, entry: Entry) -> None:
    """What the course showed counts no more, unless it was put right again meanwhile."""
    offering = Offering.objects.get(pk=fact.offering)
    if not queries.offering_standing(offering, fact.person).is_complete:
        person = Person.objects.get(pk=fact.person)
        evidence.withdraw_evidence(person=person, origin=f"offering:{fact.offering}", actor=entry.actor)


@reacts_to(CoursePassed)
def keep_evidence(fact: CoursePassed, entry: Entry) -> None:
    """A passed course shows the levels it teaches; the run is the origin, so that it is kept once.

    A correction may have come in between: what does not hold any more is not kept.
    """
    if not queries.offering_standing(Offering.objects.get(pk=fact.offering), fact.person).is_complete:
        return
    person = Person.objects.get(pk=fact.person)
    for taught in CourseTeaches.objects.filter(course_id=fact.course).select_related("competency"):
        evidence.record_evidence(
            person=person,
            competency=taught.competency,
            level=taught.level,
            source=evidence.Source.COURSE,
            actor=entry.actor,
            origin=f"offering:{fact.offering}",
        )
