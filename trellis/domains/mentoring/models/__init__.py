"""Days beside a holder (days.py), and mentors (mentors.py)."""

from trellis.domains.mentoring.models.days import (
    Absence,
    MentorshipDay,
    Offer,
    PlanProposal,
    ProposedDay,
    ProposedPerson,
    Seen,
    Signature,
    dates_between,
)
from trellis.domains.mentoring.models.mentors import Mentorship, Reason, Topic, Willing

__all__ = [
    "Absence",
    "Mentorship",
    "MentorshipDay",
    "Offer",
    "PlanProposal",
    "ProposedDay",
    "ProposedPerson",
    "Reason",
    "Seen",
    "Signature",
    "Topic",
    "Willing",
    "dates_between",
]
