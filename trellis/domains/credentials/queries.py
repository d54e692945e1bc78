"""What pages and other rooms ask about certificates."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trellis.domains.credentials import rules
from trellis.domains.credentials.models import Ceremony, Certificate, TranscriptPaper
from trellis.domains.learning.models import Course, Enrolment, Offering
from trellis.domains.learning.queries import course_standings
from trellis.domains.learning.rules import CourseStanding
from trellis.domains.people.models import Person
from trellis.domains.programmes.models import Journey, Review
from trellis.domains.programmes.queries.waiting import MOST, Waiting, waiting_source
from trellis.domains.sessions.models import Mark
from trellis.domains.sessions.rules import ATTENDED
from trellis.kit import clock
from trellis.kit.ui.icons import icon


def loaded() -> QuerySet[Certificate]:
    """Certificates with everything their pages show."""
    return Certificate.objects.select_related(
        "person", "journey__programme", "course", "position", "issued_by", "withdrawn_by"
    )


def by_number(typed: str) -> Certificate | None:
    """The certificate with that number, as people type it; None when there is none."""
    number = rules.read_number(typed)
    return loaded().filter(number=number).first() if number else None


def paper_by_number(typed: str) -> TranscriptPaper | None:
    """The transcript on paper with that number, as people type it; None when there is none."""
    number = rules.read_number(typed)
    return TranscriptPaper.objects.filter(number=number).first() if number else None


def waiting_for_issue() -> QuerySet[Journey]:
    """Journeys that were approved and have no certificate yet: the list of a ceremony, those waiting longest first."""
    certificates = Certificate.objects.filter(journey=OuterRef("pk"), withdrawn_at=None)
    approved = Review.objects.filter(journey=OuterRef("pk"), state=Review.State.APPROVED)
    return (
        Journey.objects.filter(Exists(approved), left_at=None, completed_at=None)
        .exclude(Exists(certificates))
        .select_related("person", "programme", "version", "position", "cohort")
        .defer("version__definition")
        .order_by("cohort__ends_on", "person__name", "id")
    )


def courses_to_certify(person: Person) -> list[Course]:
    """Courses the person passed with full attendance and had no certificate of yet, a withdrawn one neither."""
    ids = list(Enrolment.objects.filter(person=person).values_list("offering__course", flat=True).distinct())
    had = set(Certificate.objects.filter(person=person, course__isnull=False).values_list("course", flat=True))
    found = course_standings([person.pk], ids)
    done = [course for (_person, course), standing in found.items() if _by_run(standing) and course not in had]
    return list(Course.objects.filter(pk__in=done))


def _by_run(standing: CourseStanding) -> bool:
    """Complete by having been there: earlier learning that was credited has papers of its own."""
    return standing.is_complete and not standing.credited


@dataclass(frozen=True)
class OfRun:
    """Somebody of a run: where they stand in its course, and their certificate, if only a withdrawn one."""

    person: Person
    standing: CourseStanding
    certificate: Certificate | None

    @property
    def is_due(self) -> bool:
        """Whether the certificate can be given."""
        return _by_run(self.standing) and (self.certificate is None or self.certificate.withdrawn_at is not None)


def people_of_run(offering: Offering) -> list[OfRun]:
    """Everybody enrolled in a run by name; four statements."""
    people = list(
        Person.objects.get_queryset()
        .filter(enrolments__offering=offering, enrolments__withdrawn_at=None)
        .order_by("name", "id")
    )
    course = offering.course_id
    found = course_standings([person.pk for person in people], [course])
    given = Certificate.objects.filter(course=course, person__in=people).order_by("id")
    certificates: dict[int, Certificate] = {}
    for certificate in sorted(given, key=lambda c: c.withdrawn_at is None):  # one that stands comes last, and wins
        certificates[certificate.person_id] = certificate
    return [OfRun(p, found[p.pk, course], certificates.get(p.pk)) for p in people]


@dataclass(frozen=True)
class AtCeremony:
    """Somebody of a ceremony's list: their journey, their mark in the register, their certificate if they have it."""

    journey: Journey
    mark: str
    certificate: Certificate | None

    @property
    def was_there(self) -> bool:
        return self.mark in ATTENDED


def ceremonies() -> QuerySet[Ceremony]:
    """Every ceremony that was not cancelled, the latest first, with how many are on its list."""
    held = Ceremony.objects.filter(session__cancelled_at=None).select_related("session", "planned_by")
    return held.annotate(count=Count("graduates")).order_by("-session__starts_at", "-id")


def graduates_of(ceremony: Ceremony) -> list[AtCeremony]:
    """The list of a ceremony by name, in three statements."""
    rows = ceremony.graduates.select_related(
        "journey__person", "journey__programme", "journey__position", "journey__version", "journey__cohort"
    ).order_by("person__name", "id")
    marks = dict(Mark.objects.filter(session=ceremony.session_id, is_current=True).values_list("person_id", "value"))
    given = Certificate.objects.filter(journey__graduations__ceremony=ceremony, withdrawn_at=None)
    certificates = {certificate.journey_id: certificate for certificate in given}
    return [AtCeremony(r.journey, marks.get(r.person_id, ""), certificates.get(r.journey_id)) for r in rows]


def waiting_without_ceremony() -> QuerySet[Journey]:
    """Who is due a certificate and on the list of no ceremony that is still to come."""
    coming = Ceremony.objects.filter(session__cancelled_at=None, session__ends_at__gte=clock.now())
    return waiting_for_issue().exclude(graduations__ceremony__in=coming)


@waiting_source("certificates", title=_("Certificates to be issued"), shape=icon("award"))
def _certificates(journeys: QuerySet[Journey] | None) -> list[Waiting]:
    found = waiting_without_ceremony()
    if journeys is not None:
        found = found.filter(pk__in=journeys.values("pk"))
    approved = Review.objects.filter(journey=OuterRef("pk"), state=Review.State.APPROVED).order_by("-decided_at")
    found = found.annotate(approved_at=Subquery(approved.values("decided_at")[:1])).order_by("approved_at")
    return [
        Waiting(
            journey.person.name,
            " · ".join(str(part) for part in (journey.programme, journey.position) if part),
            timezone.localdate(journey.approved_at),
            "/certificates/ceremony/",
        )
        for journey in found[:MOST]
    ]
