"""Handing bonuses to payroll: each once, whatever is clicked twice or falls over half-way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from trellis.domains.people.models import Person
from trellis.domains.recognition.actions.ledger import reverse
from trellis.domains.recognition.events import LineReturned, ListMade, ListPaid
from trellis.domains.recognition.models import Account, PayrollLine, PayrollRun, Transfer
from trellis.domains.recognition.queries.ledger import PAYROLL
from trellis.domains.recognition.queries.payroll import unlisted
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@dataclass(frozen=True)
class RunOutcome:
    """`code`: made | nothing_new. `run` is the list that was made."""

    code: str
    run: PayrollRun | None = None

    @property
    def ok(self) -> bool:
        return self.code == "made"


@transaction.atomic
def make_list(*, actor: Person, of: Collection[int] | None = None) -> RunOutcome:
    """Put what payroll has not had yet onto a new list, in one transaction. `of`: the people it is for; None: all.

    Two at once take turns at payroll's own accounts, and the second finds nothing left; the constraint on the transfer
    stands behind it.
    """
    list(Account.objects.select_for_update().filter(purpose=PAYROLL, person=None).order_by("id").values_list("pk"))
    found = [row for row in unlisted() if of is None or _whose(row).pk in of]
    if not found:
        return RunOutcome("nothing_new")
    last = PayrollRun.objects.aggregate(last=Max("number"))["last"] or 0
    run = PayrollRun.objects.create(number=last + 1, made_by=actor, made_at=clock.now())
    PayrollLine.objects.bulk_create([_line(run, row) for row in found], batch_size=1000)
    announce(ListMade(run.pk, run.number, len(found)), actor=actor)
    return RunOutcome("made", run)


def _whose(transfer: Transfer) -> Person:
    """Whom a bonus went to, or was taken back from."""
    person = transfer.debit.person if transfer.reverses_id else transfer.credit.person
    assert person is not None  # noqa: S101, said by `unlisted`
    return person


def _line(run: PayrollRun, transfer: Transfer) -> PayrollLine:
    person = _whose(transfer)
    return PayrollLine(
        run=run,
        transfer=transfer,
        person=person,
        employee_id=person.employee_id,
        name=person.name,
        booked_on=timezone.localdate(transfer.made_at),
        amount=-transfer.amount if transfer.reverses_id else transfer.amount,
        currency=transfer.debit.currency,
        why=transfer.why,
    )


@transaction.atomic
def mark_paid(*, run: PayrollRun, actor: Person) -> int:
    """Every line that still waits was paid; returns how many. Lines of the actor's own are left to a colleague."""
    waiting = run.lines.filter(state=PayrollLine.State.LISTED).exclude(person=actor)
    paid = waiting.update(state=PayrollLine.State.PAID, settled_at=clock.now(), settled_by=actor)
    if paid:
        announce(ListPaid(run.pk, paid), actor=actor)
    return paid


@dataclass(frozen=True)
class SettleOutcome:
    """`code`: returned | already | reason_needed | oneself | recovered (a line below zero is not returned) | paid."""

    code: str

    @property
    def ok(self) -> bool:
        return self.code in {"returned", "already"}


@transaction.atomic
def return_line(*, line: PayrollLine, why: str, actor: Person) -> SettleOutcome:
    """Payroll could not pay it: the bonus is taken back in the ledger, with the reason; the right one is new."""
    if not why.strip():
        return SettleOutcome("reason_needed")
    if line.person_id == actor.pk:
        return SettleOutcome("oneself")
    if line.amount < 0:
        return SettleOutcome("recovered")
    changed = PayrollLine.objects.filter(pk=line.pk, state=PayrollLine.State.LISTED).update(
        state=PayrollLine.State.RETURNED,
        settled_at=clock.now(),
        settled_by=actor,
        returned_because=why.strip()[:300],
    )
    if not changed:
        line.refresh_from_db()
        return SettleOutcome("paid" if line.state == PayrollLine.State.PAID else "already")
    reverse(transfer=line.transfer, why=why, actor=actor)
    announce(LineReturned(line.person_id, line.pk), actor=actor)
    return SettleOutcome("returned")
