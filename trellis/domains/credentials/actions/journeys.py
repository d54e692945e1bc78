"""The certificate of a programme, with its bonus."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction

from trellis.domains.credentials import rules
from trellis.domains.credentials.actions.outcome import IssueOutcome, standing_certificate
from trellis.domains.credentials.events import Issued
from trellis.domains.credentials.models import Certificate
from trellis.domains.people.models import Person
from trellis.domains.programmes import actions as programmes
from trellis.domains.programmes.models import Journey
from trellis.domains.programmes.queries.standings import definition_of, standing_of
from trellis.domains.recognition import actions as recognition
from trellis.kit import clock
from trellis.kit.journal.facts import announce
from trellis.kit.text import name_in_all


def issue(*, journey: Journey, actor: Person, on: date) -> IssueOutcome:
    """Give the certificate of a journey whose gates are all open; once, whoever asks at the same moment.

    The journey is completed with it, and a bonus the definition names is written down for payroll.
    """
    if standing := standing_certificate(journey=journey):
        return IssueOutcome("already", standing)
    due = standing_of(journey, on=clock.today()).is_complete
    case = rules.Case(is_due=due, is_own=actor.pk == journey.person_id, has_ended=journey.left_at is not None)
    if code := rules.refusal(case):
        return IssueOutcome(code)
    try:
        with transaction.atomic():
            if Journey.objects.select_for_update().get(pk=journey.pk).left_at:  # in this very moment
                return IssueOutcome("ended")
            return IssueOutcome("issued", _issue(journey, actor, on))
    except IntegrityError:
        return IssueOutcome("already", standing_certificate(journey=journey))


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
