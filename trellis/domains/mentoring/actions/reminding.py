"""Telling two people of a meeting of today, or that nothing is planned. Never what they write to each other."""

from datetime import timedelta

from trellis.domains.mentoring import notices
from trellis.domains.mentoring.queries.meetings import meetings_today, silent_since
from trellis.domains.mentoring.rules.meetings import REMIND_MENTEE, whom_to_remind
from trellis.kit import clock
from trellis.kit.notices.notify import notify
from trellis.kit.ui.templatetags.ui import time_of


def tell_of_today() -> int:
    """Both, of each meeting that is still to begin today; once for each time it is at. Returns how many meetings."""
    found = meetings_today()
    for meeting in found:
        two = meeting.mentorship
        for person, other in ((two.mentee, two.mentor), (two.mentor, two.mentee)):
            notify(
                person_ids=[person.pk],
                kind=notices.MEETING_TODAY.code,
                key=f"meeting-today:{meeting.pk}:{meeting.session.revision}",
                params={"who": other.name, "time": time_of(meeting.session.starts_at)},
                link=f"/meetings/{meeting.pk}/",
            )
    return len(found)


def tell_of_silence() -> int:
    """Those who have planned nothing for some weeks, once for each gap; returns how many were told or had been."""
    today = clock.today()
    told = 0
    for silence in silent_since(today - REMIND_MENTEE + timedelta(days=1)):
        two = silence.mentorship
        for role in whom_to_remind(silence.since, today=today):
            person, other = (two.mentee, two.mentor) if role == "mentee" else (two.mentor, two.mentee)
            notify(
                person_ids=[person.pk],
                kind=notices.MEET_AGAIN.code,
                key=f"meet-again:{two.pk}:{silence.since}",
                params={"who": other.name, "weeks": (today - silence.since).days // 7},
                link=f"/mentorships/{two.pk}/meetings/new/",
            )
            told += 1
    return told
