"""A meeting of Linh and Minh, her mentor, with all that is written there."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from trellis.domains.mentoring.actions.meetings import plan_meetings
from trellis.domains.mentoring.actions.minutes import add_topic, say_afterwards, take_on
from trellis.domains.mentoring.models import (
    Meeting,
    MeetingAction,
    MeetingTopic,
    Mentorship,
    PrivateNote,
    ProposedTime,
)
from trellis.kit import clock


def furnish_meeting(who: SimpleNamespace, mentorship: Mentorship, words: str) -> dict[str, Any]:
    """The meeting, and what stands in the places of its addresses."""
    meeting = meet(mentorship, 7)
    Meeting.objects.filter(pk=meeting.pk).update(notes=words, why=words)
    add_topic(meeting=meeting, author=who.linh, text=words)
    take_on(meeting=meeting, whose=who.linh, text=words, due_on=clock.today())
    say_afterwards(meeting=meeting, author=who.linh, text=words)
    PrivateNote.objects.create(meeting=meeting, author=who.linh, text=words)
    return {
        "meetings/": (meeting.pk,),
        "meeting-topics/": (MeetingTopic.objects.get(meeting=meeting).pk,),
        "meeting-actions/": (MeetingAction.objects.get(meeting=meeting).pk,),
    }


def meet(mentorship: Mentorship, days: int) -> Meeting:
    """They meet in so many days."""
    starts = clock.at_time(clock.today() + timedelta(days=days), 9)
    times = [(starts, starts + timedelta(hours=1))]
    outcome = plan_meetings(mentorship=mentorship, times=times, anyway=True, actor=mentorship.mentee)
    return Meeting.objects.get(pk=outcome.meetings[0])


def grow_meetings(who: SimpleNamespace, things: dict[str, Any], n: int) -> None:
    """One more meeting with something open from it, one that fell away, one proposed; and more lines on the first."""
    first = Meeting.objects.select_related("mentorship__mentee").get(pk=things["meetings/"][0])
    earlier, off = meet(first.mentorship, 100 + n), meet(first.mentorship, 200 + n)
    take_on(meeting=earlier, whose=who.linh, text=f"More {n}", due_on=None)
    take_on(meeting=first, whose=who.linh, text=f"More {n}", due_on=None)
    add_topic(meeting=first, author=who.linh, text=f"More {n}")
    former = Mentorship.objects.create(
        mentee=who.linh,
        mentor=who.an,
        state="ended",
        began_on=clock.today(),
        ended_on=clock.today(),
        ended_at=clock.now(),
    )
    Meeting.objects.filter(pk=off.pk).update(mentorship=former, called_off=True)
    starts = clock.at_time(clock.today() + timedelta(days=300 + n), 9)
    ProposedTime.objects.create(
        mentorship=first.mentorship, former=earlier, starts_at=starts, ends_at=starts + timedelta(hours=1)
    )
