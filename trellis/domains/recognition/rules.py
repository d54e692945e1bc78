"""Sums over transfers, and whether one may be made."""

from collections import defaultdict
from collections.abc import Iterable

# Amounts are whole numbers of the currency's smallest unit; these have none below the unit itself.
WITHOUT_SMALLER_UNIT = frozenset({"VND", "JPY", "KRW", "points", "flowers"})


def refusal(*, amount: int, debit: object, credit: object, why: str) -> str:
    """Why a transfer cannot be made: not_positive | same_account | reason_needed; empty when it can."""
    if amount <= 0:
        return "not_positive"
    if debit == credit:
        return "same_account"
    return "" if why.strip() else "reason_needed"


def balances(transfers: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    """Account to balance, from (debit, credit, amount); they always sum to zero."""
    held: dict[int, int] = defaultdict(int)
    for debit, credit, amount in transfers:
        held[debit] -= amount
        held[credit] += amount
    return dict(held)


def in_units(amount: int, currency: str) -> tuple[int, int]:
    """The amount as whole units and what is left in hundredths: 3,000,000 VND is (3000000, 0), 1250 EUR is (12, 50)."""
    return (amount, 0) if currency in WITHOUT_SMALLER_UNIT else divmod(amount, 100)
