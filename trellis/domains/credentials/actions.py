"""Issuing and withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from trellis.domains.credentials import rules
from trellis.domains.credentials.events import Issued, Withdrawn
from trellis.domains.credentials.models import Certificate
from trellis.domains.learning.models import Course, Result
from trellis.domains.learning.queries import course_standings
from trellis.domains.people.models import Person
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.models import Journey
from trellis.domains.programmes.queries.standings import definition_of, standing_of
from trellis.domains.recognition import actions as recognition
from trellis.kit import clock
from trellis.kit.journal.facts import announce
from trellis.kit.text import name_in_all


@dataclass(frozen=True)
class IssueOutcome:
    """The certificate, or why there is none.

    `code`: issued | already (the one that stands) | oneself | ended (the journey was left) | not_due.
    """

    code: str
    certificate: Certificate | None = None

    @property
    def ok(self) -> bool:
        return self.code in {"issued", "already"}


def issue(*, journey: Journey, actor: Person, on: date) -> IssueOutcome:
    """Give the certificate of a journey whose gates are all open; once, whoever asks at the same moment.

    The journey is completed with it, and a bonus the definition names is written down for payroll.
    """
    if standing := _standing(journey=journey):
        return IssueOutcome("already", standing)
    due = standing_of(journey, on=clock.today()).is_complete
    case = rules.Case(is_due=due, is_own=actor.pk == journey.person_id, has_ended=journey.left_at is not None)
    if code := rules.refusal(case):
        return IssueOutcome(code)
    try:
        with transaction.atomic():
            return IssueOutcome("issued", _issue(journey, actor, on))
    except IntegrityError:
        return IssueOutcome("already", _standing(journey=journey))


def _standing(**of: Any) -> Certificate | None:
    """The certificate that was issued and not withdrawn."""
    return Certificate.objects.filter(withdrawn_at=None, **of).first()


def _issue(journey: Journey, actor: Person, on: date) -> Certificate:
    definition = definition_of(journey.version)
    certificate = Certificate.objects.create(
        person=journey.person,
        journey=journey,
        position=journey.position,
        issued_on=on,
        issued_by=actor,
        snapshot={
            "person": journey.person.name,
            "title": name_in_all(journey.programme),
            "position": name_in_all(journey.position) if journey.position else {},
            "cohort": journey.cohort.name if journey.cohort else "",
            "version": journey.version.number,
            "company": settings.COMPANY,
            "issued_by": actor.name,
        },
    )
    programmes.complete(journey=journey, on=on, actor=actor)
    announce(
        Issued(journey.person_id, certificate.pk, on, journey=journey.pk, position=journey.position_id), actor=actor
    )
    if definition.bonus:
        recognition.transfer(
            key=bonus_key(journey.pk),
            currency=definition.bonus.currency,
            from_purpose="payroll",
            to_person=journey.person,
            amount=definition.bonus.amount,
            why=f"{definition.code}: {certificate.number}",
            actor=actor,
        )
    return certificate


def bonus_key(journey_id: int) -> str:
    """The key under which the ledger holds a journey's bonus: paid once, also when a certificate is issued anew."""
    return f"bonus:journey:{journey_id}"


def issue_for_course(*, person: Person, course: Course) -> IssueOutcome:
    """Give the certificate of a single course, passed with full attendance; issued by who graded it, once."""
    if there := _standing(person=person, course=course):
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
        return IssueOutcome("already", _standing(person=person, course=course))
    return IssueOutcome("issued", certificate)


@dataclass(frozen=True)
class WithdrawOutcome:
    """`code`: withdrawn | already | oneself | reason_needed."""

    code: str

    @property
    def ok(self) -> bool:
        return self.code in {"withdrawn", "already"}


@transaction.atomic
def withdraw(*, certificate: Certificate, actor: Person, reason: str) -> WithdrawOutcome:
    """Declare a certificate void from now on. It stays, and says so to whoever verifies it."""
    if actor.pk == certificate.person_id:
        return WithdrawOutcome("oneself")
    if not reason.strip():
        return WithdrawOutcome("reason_needed")
    changed = Certificate.objects.filter(pk=certificate.pk, withdrawn_at=None).update(
        withdrawn_at=clock.now(), withdrawn_by=actor, withdrawn_because=reason.strip()[:300]
    )
    if not changed:
        return WithdrawOutcome("already")
    announce(Withdrawn(certificate.person_id, certificate.pk), actor=actor)
    return WithdrawOutcome("withdrawn")


@transaction.atomic
def forget_person(*, person_id: int) -> None:
    """Take the name of who is erased out of the snapshots, as holder and as issuer; the numbers stay verifiable."""
    for role in ("person", "issued_by"):
        for certificate in Certificate.objects.filter(**{role: person_id}):
            certificate.snapshot = {**certificate.snapshot, role: "—"}
            certificate.save(update_fields=["snapshot"])
