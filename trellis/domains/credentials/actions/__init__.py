"""Issuing (journeys.py, courses.py) and withdrawing."""

from trellis.domains.credentials.actions.courses import issue_for_course
from trellis.domains.credentials.actions.journeys import bonus_key, issue
from trellis.domains.credentials.actions.outcome import IssueOutcome
from trellis.domains.credentials.actions.withdrawing import WithdrawOutcome, forget_person, withdraw

__all__ = [
    "IssueOutcome",
    "WithdrawOutcome",
    "bonus_key",
    "forget_person",
    "issue",
    "issue_for_course",
    "withdraw",
]
