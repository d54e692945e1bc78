"""The certificate of a single course: fetched by oneself, or given to all of a run at once."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.conf import settings
from django.db import IntegrityError, transaction

from trellis.domains.credentials.actions.outcome import IssuedAll, IssueOutcome, standing_certificate
from trellis.domains.credentials.events import Issued
from trellis.domains.credentials.models import Certificate
from trellis.domains.credentials.queries import people_of_run
from trellis.domains.learning.models import Course, Offering, Result
from trellis.domains.learning.queries import course_standings
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce
from trellis.kit.text import name_in_all


def issue_for_course(*, person: Person, course: Course, actor: Person) -> IssueOutcome:
    """Give the certificate of a single course, passed with full attendance; in the name of who graded it, once.

    Everybody may fetch their own; after one was withdrawn, somebody else has to give the new one.
    """
    if there := standing_certificate(person=person, course=course):
        return IssueOutcome("already", there)
    if actor == person and Certificate.objects.filter(person=person, course=course).exists():
        return IssueOutcome("withdrawn_before")
    found = course_standings([person.pk], [course.pk]).get((person.pk, course.pk))
    if not found or not found.is_complete or found.credited:
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
            announce(Issued(person.pk, certificate.pk, certificate.issued_on, course=course.pk), actor=actor)
    except IntegrityError:
        return IssueOutcome("already", standing_certificate(person=person, course=course))
    return IssueOutcome("issued", certificate)


def issue_for_run(
    *,
    offering: Offering,
    actor: Person,
    among: Collection[int] | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> IssuedAll:
    """Give everybody of a run who is due the certificate of its course; `among`: of these people only.

    Each in a transaction of its own: stopped half-way, what was given stays given, and started again it goes on with
    who is left. Nobody is given one by themselves.
    """
    due = [row.person for row in people_of_run(offering) if row.is_due and (among is None or row.person.pk in among)]
    outcome = IssuedAll()
    for number, person in enumerate(due, start=1):
        code = "oneself" if person == actor else ""
        code = code or issue_for_course(person=person, course=offering.course, actor=actor).code
        outcome.count(code, person.pk)
        tell(number, len(due))
    return outcome
