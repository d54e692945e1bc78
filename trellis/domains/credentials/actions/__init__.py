"""Issuing: for programmes (journeys.py), courses (courses.py), all of a ceremony (ceremonies.py); withdrawing; and the
numbers of transcripts (transcripts.py)."""

from trellis.domains.credentials.actions.ceremonies import invite_graduates, issue_at, plan_ceremony
from trellis.domains.credentials.actions.courses import issue_for_course, issue_for_run
from trellis.domains.credentials.actions.journeys import bonus_key, issue
from trellis.domains.credentials.actions.outcome import IssuedAll, IssueOutcome
from trellis.domains.credentials.actions.transcripts import number_transcript
from trellis.domains.credentials.actions.withdrawing import WithdrawOutcome, forget_person, withdraw

__all__ = [
    "IssueOutcome",
    "IssuedAll",
    "WithdrawOutcome",
    "bonus_key",
    "forget_person",
    "invite_graduates",
    "issue",
    "issue_at",
    "issue_for_course",
    "issue_for_run",
    "number_transcript",
    "plan_ceremony",
    "withdraw",
]
