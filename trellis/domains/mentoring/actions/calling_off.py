"""What the end of a mentorship does to the meetings that were planned."""

from datetime import datetime

from django.utils import timezone

from trellis.domains.mentoring import notices
from trellis.domains.mentoring.events import MeetingsCalledOff
from trellis.domains.mentoring.models import Meeting, Mentorship, ProposedTime
from trellis.domains.mentoring.rules.meetings import is_called_off
from trellis.domains.people.models import Person
from trellis.domains.sessions import actions as sessions_actions
from trellis.kit import clock
from trellis.kit.journal.facts import announce
from trellis.kit.notices.notify import notify


def call_off(*, mentorship: Mentorship, actor: Person | None) -> int:
    """Cancel what was still to come, within the transaction that ends the mentorship and holds the two people.

    A meeting that has begun is held to its end; what is over stays as it was. Times that wait for the mentor's yes are
    answered by the end. Returns how many meetings were cancelled.
    """
    now = mentorship.ended_at or clock.now()
    ProposedTime.objects.filter(mentorship=mentorship, answered_at=None).update(answered_at=now)
    planned = Meeting.objects.filter(mentorship=mentorship, session__cancelled_at=None).select_related("session")
    off = [
        meeting.session
        for meeting in planned.order_by("session__starts_at")
        if is_called_off(meeting.session.starts_at, cancelled=False, ended_at=now)
    ]
    for session in off:
        sessions_actions.cancel(session=session, reason="", actor=actor or mentorship.mentee)
    if off:
        Meeting.objects.filter(pk__in=[session.pk for session in off]).update(called_off=True)
        announce(MeetingsCalledOff(mentorship.mentee_id, mentorship.pk, len(off)), actor=actor)
        _tell(mentorship, off[0].starts_at, len(off))
    return len(off)


def _tell(mentorship: Mentorship, first: datetime, count: int) -> None:
    """Both: who ended it may not have the dates in mind. Who is gone is told no more, and nobody a forgotten name."""
    pairs = ((mentorship.mentee, mentorship.mentor), (mentorship.mentor, mentorship.mentee))
    for person, other in pairs:
        if not person.is_active or other.erased_at:
            continue
        notify(
            person_ids=[person.pk],
            kind=notices.MEETINGS_CALLED_OFF.code,
            key=f"meetings-off:{mentorship.pk}",
            params={"who": other.name, "count": count, "day": timezone.localdate(first)},
            link="/meetings/",
        )
