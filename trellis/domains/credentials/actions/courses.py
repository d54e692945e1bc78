"""The certificate of a single course."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction

from trellis.domains.credentials.actions.outcome import IssueOutcome, standing_certificate
from trellis.domains.credentials.events import Issued
from trellis.domains.credentials.models import Certificate
from trellis.domains.learning.models import Course, Result
from trellis.domains.learning.queries import course_standings
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce
from trellis.kit.text import name_in_all


def issue_for_course(*, person: Person, course: Course) -> IssueOutcome:
    """Give the certificate of a single course, passed with full attendance; issued by who graded it, once."""
    if there := standing_certificate(person=person, course=course):
        return IssueOutcome("already", there)
    found = course_standings([person.pk], [course.pk]).get((person.pk, course.pk))
    if not found or not found.is_complete:
        return IssueOutcome("not_due")
    result = (
        Result.objects.filter(person=person, offering=found.offering_id, is_current=True, passed=True)
        .select_related("graded_by")
        .first()
    )
    if result is None:
        return IssueOutcome("not_due")
    try:
        with transaction.atomic():
            certificate = Certificate.objects.create(
                person=person,
                course=course,
                issued_on=clock.today(),
                issued_by=result.graded_by,
                snapshot={
                    "person": person.name,
                    "title": name_in_all(course),
                    "hours": str(course.hours),
                    "company": settings.COMPANY,
                    "issued_by": result.graded_by.name,
                },
            )
            announce(Issued(person.pk, certificate.pk, certificate.issued_on, course=course.pk), actor=person)
    except IntegrityError:
        return IssueOutcome("already", standing_certificate(person=person, course=course))
    return IssueOutcome("issued", certificate)
