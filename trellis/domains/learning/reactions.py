"""What this room does about facts of rooms below, and about its own."""

from trellis.domains.careers.actions import evidence
from trellis.domains.learning import actions
from trellis.domains.learning.events import CoursePassed
from trellis.domains.learning.models import CourseTeaches, Offering
from trellis.domains.people.models import Person
from trellis.domains.sessions.events import AttendanceCompleted
from trellis.kit.journal.facts import reacts_to
from trellis.kit.journal.models import Entry


@reacts_to(AttendanceCompleted)
def complete_course(fact: AttendanceCompleted, entry: Entry) -> None:
    """The grade may have come first: a make-up can complete a course that was passed weeks ago."""
    offering = Offering.objects.filter(series_id=fact.series).first()
    if offering:
        actions.announce_passed(offering=offering, person_ids=[fact.person], actor=entry.actor)


@reacts_to(CoursePassed)
def keep_evidence(fact: CoursePassed, entry: Entry) -> None:
    """A passed course shows the levels it teaches; the run is the origin, so that it is kept once."""
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
