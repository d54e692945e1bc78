"""Days beside a holder (days.py), mentors (mentors.py), and meetings of theirs (meetings.py)."""

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
from trellis.domains.mentoring.models.meetings import (
    Afterword,
    Meeting,
    MeetingAction,
    MeetingTopic,
    PrivateNote,
    ProposedTime,
)
from trellis.domains.mentoring.models.mentors import Mentorship, Reason, Topic, Willing

__all__ = [
    "Absence",
    "Afterword",
    "Meeting",
    "MeetingAction",
    "MeetingTopic",
    "Mentorship",
    "MentorshipDay",
    "Offer",
    "PlanProposal",
    "PrivateNote",
    "ProposedDay",
    "ProposedPerson",
    "ProposedTime",
    "Reason",
    "Seen",
    "Signature",
    "Topic",
    "Willing",
    "dates_between",
]
