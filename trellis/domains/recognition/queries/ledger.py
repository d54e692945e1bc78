"""What pages and other rooms ask of the ledger."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from trellis.domains.recognition import rules
from trellis.domains.recognition.models import Account, Transfer

PAYROLL = "payroll"


def balances(account_ids: Collection[int] | None = None) -> dict[int, int]:
    """Account to balance in the smallest unit, derived from every transfer, in one statement."""
    sums = rules.balances(Transfer.objects.values_list("debit", "credit", "amount"))
    return sums if account_ids is None else {pk: sums.get(pk, 0) for pk in account_ids}


def balance_of(account: Account) -> int:
    """What one account holds."""
    flows = Transfer.objects.filter(debit=account) | Transfer.objects.filter(credit=account)
    return rules.balances(flows.values_list("debit", "credit", "amount")).get(account.pk, 0)


def bonuses() -> QuerySet[Transfer]:
    """What payroll has to pay, newest first: transfers from `payroll` to people, with whether each was reversed."""
    return (
        Transfer.objects.filter(debit__purpose=PAYROLL, debit__person=None, credit__person__isnull=False, reverses=None)
        .select_related("debit", "credit__person", "made_by", "reversed_by")
        .order_by("-made_at", "-id")
    )


def transfer_by_key(key: str) -> Transfer | None:
    """The transfer made under a key, if it was made."""
    return Transfer.objects.filter(key=key).select_related("debit", "credit", "reversed_by").first()
