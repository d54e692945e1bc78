"""Credit for what was learned before or elsewhere."""

from dataclasses import dataclass
from decimal import Decimal

from trellis.domains.learning.rules.grading import is_score


@dataclass(frozen=True)
class CreditCase:
    """What is asked before somebody decides on a credit."""

    is_oneself: bool
    state: str  # asked | granted | declined | revoked
    reason: str
    score: Decimal | None = None


def decide_credit(case: CreditCase) -> str:
    """decidable, or why not: oneself | already_decided | reason_needed | out_of_range."""
    if case.is_oneself:
        return "oneself"
    if case.state != "asked":
        return "already_decided"
    if not case.reason.strip():
        return "reason_needed"
    if case.score is not None and not is_score(case.score):
        return "out_of_range"
    return "decidable"


def decide_revoking(case: CreditCase) -> str:
    """revocable, or why not: oneself | not_granted | reason_needed."""
    if case.is_oneself:
        return "oneself"
    if case.state != "granted":
        return "not_granted"
    return "revocable" if case.reason.strip() else "reason_needed"
