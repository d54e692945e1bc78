"""Moving amounts, once, and taking a transfer back by another one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from trellis.domains.people.models import Person
from trellis.domains.recognition import rules
from trellis.domains.recognition.events import Reversed, Transferred
from trellis.domains.recognition.models import Account, Transfer
from trellis.kit import clock
from trellis.kit.journal.facts import announce

PERSONAL = "earned"


@dataclass(frozen=True)
class TransferOutcome:
    """`code`: made | already (that transfer is given) | not_positive | same_account | reason_needed | is_a_reversal."""

    code: str
    transfer: Transfer | None = None

    @property
    def ok(self) -> bool:
        return self.code in {"made", "already"}


def transfer(
    *,
    key: str,
    currency: str,
    from_purpose: str,
    amount: int,
    why: str,
    actor: Person,
    to_person: Person | None = None,
    to_purpose: str = "",
) -> TransferOutcome:
    """Move an amount (smallest unit) from a purpose of the company to a person or another purpose. Once per `key`."""
    if made := Transfer.objects.filter(key=key).first():
        return TransferOutcome("already", made)
    try:
        with transaction.atomic():
            debit = _account(currency, from_purpose)
            credit = _account(currency, PERSONAL, to_person) if to_person else _account(currency, to_purpose)
            if code := rules.refusal(amount=amount, debit=debit.pk, credit=credit.pk, why=why):
                return TransferOutcome(code)
            made = _write(key, debit, credit, amount, why, actor)
            announce(Transferred(to_person.pk if to_person else None, made.pk, currency, amount), actor=actor)
    except IntegrityError:  # the same key at the same moment
        return TransferOutcome("already", Transfer.objects.get(key=key))
    return TransferOutcome("made", made)


def reverse(*, transfer: Transfer, why: str, actor: Person) -> TransferOutcome:
    """Take a transfer back by its opposite; once. A reversal is not reversed: the transfer is made anew."""
    if transfer.reverses_id:
        return TransferOutcome("is_a_reversal", transfer)
    if not why.strip():
        return TransferOutcome("reason_needed", transfer)
    if back := Transfer.objects.filter(reverses=transfer).first():
        return TransferOutcome("already", back)
    key = f"reverse:{transfer.key}"
    try:
        with transaction.atomic():
            back = _write(key, transfer.credit, transfer.debit, transfer.amount, why, actor, transfer)
            announce(Reversed(transfer.credit.person_id, back.pk, transfer.pk), actor=actor)
    except IntegrityError:  # somebody took it back at the same moment
        return TransferOutcome("already", Transfer.objects.get(key=key))
    return TransferOutcome("made", back)


def _account(currency: str, purpose: str, person: Person | None = None) -> Account:
    account, _is_new = Account.objects.get_or_create(currency=currency, purpose=purpose, person=person)
    return account


def _write(
    key: str, debit: Account, credit: Account, amount: int, why: str, actor: Person, reverses: Transfer | None = None
) -> Transfer:
    return Transfer.objects.create(
        key=key,
        debit=debit,
        credit=credit,
        amount=amount,
        why=why.strip()[:300],
        made_by=actor,
        made_at=clock.now(),
        reverses=reverses,
    )
