"""Lists for payroll, and what is to go onto the next one."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from trellis.domains.recognition.models import PayrollLine, PayrollRun, Transfer
from trellis.domains.recognition.queries.ledger import PAYROLL


def unlisted() -> QuerySet[Transfer]:
    """What the next list takes: bonuses on no list and not taken back; and what was taken back after it was paid."""
    taken_back = Transfer.objects.filter(reverses=OuterRef("pk"))
    bonus = Q(debit__purpose=PAYROLL, debit__person=None, credit__person__isnull=False, reverses=None) & ~Exists(
        taken_back
    )
    paid = PayrollLine.objects.filter(transfer=OuterRef("reverses"), state=PayrollLine.State.PAID)
    recovered = Q(reverses__isnull=False) & Exists(paid)
    return (
        Transfer.objects.filter(bonus | recovered, payroll_line=None)
        .select_related("debit__person", "credit__person")
        .order_by("id")
    )


def lists() -> QuerySet[PayrollRun]:
    """Every list, the newest first, with how many lines it has and how many are not settled yet."""
    waiting = Count("lines", filter=Q(lines__state=PayrollLine.State.LISTED))
    lists = PayrollRun.objects.select_related("made_by").annotate(count=Count("lines"), waiting=waiting)
    return lists.order_by("-number")


def lines_of(run: PayrollRun) -> QuerySet[PayrollLine]:
    """The lines as they were written."""
    return run.lines.select_related("person", "settled_by", "transfer__reversed_by").order_by("id")
