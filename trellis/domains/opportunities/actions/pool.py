"""How long certificates count, and what posts the company expects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from trellis.domains.credentials.models import Certificate
from trellis.domains.opportunities.events import (
    ExpectationDropped,
    OpeningExpected,
    PoolTermSet,
    Renewed,
)
from trellis.domains.opportunities.models import ExpectedOpening, PoolTerm, Renewal
from trellis.domains.people.models import Person, Position, Unit
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@transaction.atomic
def set_term(*, position: Position, months: int | None, actor: Person) -> None:
    """For how many months a certificate counts for the position; None: for good."""
    Position.objects.select_for_update().get(pk=position.pk)
    before = PoolTerm.objects.filter(position=position).first()
    if (before.months if before else None) == months:
        return
    if months:
        PoolTerm.objects.update_or_create(position=position, defaults={"months": months})
    else:
        PoolTerm.objects.filter(position=position).delete()
    announce(PoolTermSet(position.pk, months), actor=actor)


@dataclass(frozen=True)
class RenewOutcome:
    """`code`: renewed | already (today) | oneself | reason_needed | withdrawn | no_position."""

    code: str

    @property
    def ok(self) -> bool:
        return self.code in {"renewed", "already"}


@transaction.atomic
def renew(*, certificate: Certificate, why: str, actor: Person) -> RenewOutcome:
    """Let the months of a certificate count from today again, because somebody looked: on what ground is kept."""
    if actor.pk == certificate.person_id:
        return RenewOutcome("oneself")
    if certificate.withdrawn_at:
        return RenewOutcome("withdrawn")
    if certificate.position_id is None:
        return RenewOutcome("no_position")
    if not why.strip():
        return RenewOutcome("reason_needed")
    _renewal, is_new = Renewal.objects.get_or_create(
        certificate=certificate,
        on=clock.today(),
        defaults={"person_id": certificate.person_id, "by": actor, "why": why.strip()[:300]},
    )
    if is_new:
        announce(Renewed(certificate.person_id, certificate.pk, clock.today()), actor=actor)
    return RenewOutcome("renewed" if is_new else "already")


@transaction.atomic
def expect_opening(
    *, position: Position, count: int, by: date, why: str, actor: Person, unit: Unit | None = None, note: str = ""
) -> ExpectedOpening:
    """Write down posts that will have to be filled; the very same again on one day is there once."""
    Position.objects.select_for_update().get(pk=position.pk)
    alike = {"position": position, "unit": unit, "count": count, "by": by, "why": why, "note": note.strip()[:300]}
    there = ExpectedOpening.objects.filter(
        **alike, dropped_at=None, entered_at__gte=clock.at_time(clock.today(), 0)
    ).first()
    if there:
        return there
    expected = ExpectedOpening.objects.create(**alike, entered_by=actor, entered_at=clock.now())
    announce(OpeningExpected(expected.pk, position.pk, count, by), actor=actor)
    return expected


@transaction.atomic
def drop_expected(*, expected: ExpectedOpening, actor: Person) -> bool:
    """It is expected no more (or a post was opened for it). True the first time."""
    dropped = ExpectedOpening.objects.filter(pk=expected.pk, dropped_at=None).update(dropped_at=clock.now())
    if dropped:
        announce(ExpectationDropped(expected.pk), actor=actor)
    return bool(dropped)
