"""What pages and other rooms ask about certificates."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from trellis.domains.credentials import rules
from trellis.domains.credentials.models import Certificate
from trellis.domains.learning.models import Course, Enrolment
from trellis.domains.learning.queries import course_standings
from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Journey, Review


def loaded() -> QuerySet[Certificate]:
    """Certificates with everything their pages show."""
    return Certificate.objects.select_related(
        "person", "journey__programme", "course", "position", "issued_by", "withdrawn_by"
    )


def by_number(typed: str) -> Certificate | None:
    """The certificate with that number, as people type it; None when there is none."""
    number = rules.read_number(typed)
    return loaded().filter(number=number).first() if number else None


def waiting_for_issue() -> QuerySet[Journey]:
    """Journeys that were approved and have no certificate yet: the list of a ceremony, those waiting longest first."""
    certificates = Certificate.objects.filter(journey=OuterRef("pk"), withdrawn_at=None)
    approved = Review.objects.filter(journey=OuterRef("pk"), state=Review.State.APPROVED)
    return (
        Journey.objects.filter(Exists(approved), left_at=None, completed_at=None)
        .exclude(Exists(certificates))
        .select_related("person", "programme", "version", "position", "cohort")
        .order_by("cohort__ends_on", "person__name", "id")
    )


def courses_to_certify(person: Person) -> list[Course]:
    """Courses the person passed with full attendance and has no certificate of yet."""
    ids = list(Enrolment.objects.filter(person=person).values_list("offering__course", flat=True).distinct())
    have = set(
        Certificate.objects.filter(person=person, withdrawn_at=None, course__isnull=False).values_list(
            "course", flat=True
        )
    )
    found = course_standings([person.pk], ids)
    done = [course for (_person, course), standing in found.items() if standing.is_complete and course not in have]
    return list(Course.objects.filter(pk__in=done))
