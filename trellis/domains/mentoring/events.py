"""What this room announces."""

from dataclasses import dataclass
from datetime import date

from trellis.kit.journal.facts import Fact, fact


@fact("mentoring.day_planned")
@dataclass(frozen=True)
class DayPlanned(Fact):
    person: int
    day: int
    holder: int
    position: int
    on: date


@fact("mentoring.day_confirmed")
@dataclass(frozen=True)
class DayConfirmed(Fact):
    """`value` and `minutes` as the holder, or the academy, confirmed them."""

    person: int
    day: int
    holder: int
    position: int
    value: str
    minutes: int | None


@fact("mentoring.day_cancelled")
@dataclass(frozen=True)
class DayCancelled(Fact):
    person: int
    day: int
    holder: int
    position: int


@fact("mentoring.day_signed")
@dataclass(frozen=True)
class DaySigned(Fact):
    """The learner wrote down what was done."""

    person: int
    day: int
    holder: int
    position: int


@fact("mentoring.offered")
@dataclass(frozen=True)
class Offered(Fact):
    """A holder's days are offered; `person` is the holder."""

    person: int
    offer: int
    position: int
    first: date
    last: date


@fact("mentoring.offer_withdrawn")
@dataclass(frozen=True)
class OfferWithdrawn(Fact):
    person: int
    offer: int


@fact("mentoring.away")
@dataclass(frozen=True)
class SaidAway(Fact):
    """Somebody is away from a day to a day."""

    person: int
    absence: int
    first: date
    last: date


@fact("mentoring.back")
@dataclass(frozen=True)
class SaidBack(Fact):
    """An absence was taken back."""

    person: int
    absence: int


@fact("mentoring.plan_applied")
@dataclass(frozen=True)
class PlanApplied(Fact):
    proposal: int
    days: int


@fact("mentoring.plan_taken_back")
@dataclass(frozen=True)
class PlanTakenBack(Fact):
    proposal: int
    days: int


@fact("mentoring.willing_changed")
@dataclass(frozen=True)
class WillingChanged(Fact):
    """Somebody is willing to be a mentor, said it anew, pauses (`open` False) or stopped."""

    person: int
    open: bool


@fact("mentoring.mentor_asked")
@dataclass(frozen=True)
class MentorAsked(Fact):
    """`person` is the mentee, here and below."""

    person: int
    mentorship: int
    mentor: int


@fact("mentoring.mentor_accepted")
@dataclass(frozen=True)
class MentorAccepted(Fact):
    """A mentorship is in force; `former` is the one that it took the place of, if any."""

    person: int
    mentorship: int
    mentor: int
    former: int | None


@fact("mentoring.mentor_declined")
@dataclass(frozen=True)
class MentorDeclined(Fact):
    """No mentorship came of it; `state`: declined, withdrawn, expired."""

    person: int
    mentorship: int
    mentor: int
    state: str


@fact("mentoring.mentorship_ended")
@dataclass(frozen=True)
class MentorshipEnded(Fact):
    """`ending`: changed, by_mentee, by_mentor, left."""

    person: int
    mentorship: int
    mentor: int
    ending: str


@fact("mentoring.meetings_planned")
@dataclass(frozen=True)
class MeetingsPlanned(Fact):
    """`person` is the mentee, here and below; `meetings`: how many."""

    person: int
    mentorship: int
    meetings: int


@fact("mentoring.meeting_moved")
@dataclass(frozen=True)
class MeetingMoved(Fact):
    person: int
    mentorship: int
    meeting: int


@fact("mentoring.meeting_cancelled")
@dataclass(frozen=True)
class MeetingCancelled(Fact):
    person: int
    mentorship: int
    meeting: int


@fact("mentoring.meetings_called_off")
@dataclass(frozen=True)
class MeetingsCalledOff(Fact):
    """A mentorship ended, and with it the meetings that were still to come."""

    person: int
    mentorship: int
    meetings: int


@fact("mentoring.times_proposed")
@dataclass(frozen=True)
class TimesProposed(Fact):
    """The mentee would keep times planned with the former mentor."""

    person: int
    mentorship: int
    times: int


@fact("mentoring.times_answered")
@dataclass(frozen=True)
class TimesAnswered(Fact):
    person: int
    mentorship: int
    kept: int
    dropped: int
