"""Declaring a certificate void, and forgetting whose it was."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from trellis.domains.credentials.events import Withdrawn
from trellis.domains.credentials.models import Certificate
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.kit.journal.facts import announce


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
    """Take the name of who is erased out of the snapshots, as holder and as issuer, and the words about a withdrawal;
    the numbers stay verifiable."""
    Certificate.objects.filter(person=person_id, withdrawn_at__isnull=False).update(withdrawn_because="—")
    for role in ("person", "issued_by"):
        for certificate in Certificate.objects.filter(**{role: person_id}):
            certificate.snapshot = {**certificate.snapshot, role: "—"}
            certificate.save(update_fields=["snapshot"])
