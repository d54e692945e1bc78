"""Whose meetings, what is on the agenda, what is still open, and who has nothing planned. In bulk."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Max, Min, Q, QuerySet
from django.utils import timezone

from trellis.domains.mentoring.models import (
    Afterword,
    Meeting,
    MeetingAction,
    MeetingTopic,
    Mentorship,
    PrivateNote,
    ProposedTime,
)
from trellis.domains.people.models import Person
from trellis.domains.sessions.models import Session
from trellis.kit import clock

IN_FORCE = Mentorship.State.IN_FORCE


def meetings() -> QuerySet[Meeting]:
    """With the session and the two people; one statement."""
    return Meeting.objects.select_related("session__series", "mentorship__mentee", "mentorship__mentor")


def meetings_of(person: Person) -> QuerySet[Meeting]:
    """Those the person had or has, as mentor or as mentee."""
    return meetings().filter(Q(mentorship__mentee=person) | Q(mentorship__mentor=person))


def coming(of: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those not over and not cancelled, the next one first."""
    ahead = of.filter(session__ends_at__gte=clock.now(), session__cancelled_at=None)
    return ahead.order_by("session__starts_at", "pk")


def past(of: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those that are over or were cancelled, the last one first."""
    done = of.filter(Q(session__ends_at__lt=clock.now()) | Q(session__cancelled_at__isnull=False))
    return done.order_by("-session__starts_at", "-pk")


def open_actions(person: Person, limit: int = 30) -> list[MeetingAction]:
    """What the person took on in any meeting and has not done, what is due first at the top; with its meeting."""
    mine = MeetingAction.objects.filter(whose=person, done_at=None).select_related(
        "meeting__session", "meeting__mentorship__mentee", "meeting__mentorship__mentor"
    )
    return list(mine.order_by(F("due_on").asc(nulls_last=True), "pk")[:limit])


@dataclass(frozen=True)
class Agenda:
    """What a meeting's page shows: what is open from before, what was taken on here, topics, the own note, words."""

    before: list[MeetingAction] = field(default_factory=list)
    here: list[MeetingAction] = field(default_factory=list)
    topics: list[MeetingTopic] = field(default_factory=list)
    own_note: PrivateNote | None = None
    words: list[Afterword] = field(default_factory=list)


def agenda_of(meeting: Meeting, reader: Person) -> Agenda:
    """Five statements. From earlier meetings of the two: what is not done, and what was done since the one before."""
    earlier = Session.objects.filter(
        meeting__mentorship=meeting.mentorship_id, starts_at__lt=meeting.session.starts_at, cancelled_at=None
    )
    last_met = earlier.aggregate(at=Max("ends_at"))["at"] or meeting.session.starts_at
    wanted = Q(meeting=meeting) | Q(
        Q(done_at=None) | Q(done_at__gt=last_met),
        meeting__mentorship=meeting.mentorship_id,
        meeting__session__starts_at__lt=meeting.session.starts_at,
    )
    actions = list(MeetingAction.objects.filter(wanted).select_related("whose", "meeting__session").order_by("pk"))
    return Agenda(
        before=[one for one in actions if one.meeting_id != meeting.pk],
        here=[one for one in actions if one.meeting_id == meeting.pk],
        topics=list(MeetingTopic.objects.filter(meeting=meeting).select_related("author")),
        own_note=PrivateNote.objects.filter(meeting=meeting, author=reader).first(),
        words=list(Afterword.objects.filter(meeting=meeting).select_related("author")),
    )


def next_meetings(mentorship_ids: Collection[int]) -> dict[int, Meeting]:
    """Mentorship to its next meeting, of those that have one; one statement."""
    found: dict[int, Meeting] = {}
    for meeting in coming(meetings().filter(mentorship__in=mentorship_ids)):
        found.setdefault(meeting.mentorship_id, meeting)
    return found


def last_planned(mentorship: Mentorship) -> Session | None:
    """The latest session of the two that stands, over or to come; one statement."""
    of = Session.objects.filter(meeting__mentorship=mentorship, cancelled_at=None)
    return of.order_by("starts_at", "pk").last()


def mentorships_to_meet_in(person: Person) -> list[Mentorship]:
    """Those in force of the person, as mentee first; with the two people."""
    mine = Mentorship.objects.filter(Q(mentee=person) | Q(mentor=person), state=IN_FORCE)
    found = list(mine.select_related("mentee", "mentor").order_by("mentee__name", "pk"))
    return sorted(found, key=lambda one: one.mentee_id != person.pk)


def times_to_carry(mentorship: Mentorship) -> list[Meeting]:
    """Meetings of the mentee's former mentorships that fell away with them, still to come and not proposed yet."""
    asked = ProposedTime.objects.filter(mentorship=mentorship).values("former_id")
    off = meetings().filter(
        mentorship__mentee=mentorship.mentee_id, called_off=True, session__starts_at__gt=clock.now()
    )
    return list(off.exclude(mentorship=mentorship).exclude(pk__in=asked).order_by("session__starts_at", "pk")[:60])


def proposed_times(mentorship: Mentorship) -> list[ProposedTime]:
    """What waits for the mentor's answer and is still to come."""
    waiting = ProposedTime.objects.filter(mentorship=mentorship, answered_at=None, starts_at__gt=clock.now())
    return list(waiting.select_related("former__session"))


def times_to_look_at(person: Person, mentorships: Collection[Mentorship]) -> list[Mentorship]:
    """Of these, in which times that were planned wait for the person: to be proposed, or to be answered."""
    asked = ProposedTime.objects.filter(mentorship__in=mentorships, answered_at=None, starts_at__gt=clock.now())
    waiting = set(asked.order_by().values_list("mentorship_id", flat=True))
    return [
        one for one in mentorships if (one.pk in waiting if one.mentor_id == person.pk else bool(times_to_carry(one)))
    ]


@dataclass(frozen=True)
class Silence:
    """A mentorship in force without anything planned, and the day from which the silence is counted."""

    mentorship: Mentorship
    since: date


def silent_since(before: date) -> list[Silence]:
    """Mentorships in force in which nothing is planned, and the two last met (or began) before the day."""
    held = Q(meetings__session__cancelled_at=None)
    rows = (
        Mentorship.objects.filter(state=IN_FORCE, mentee__is_active=True, mentor__is_active=True, began_on__lt=before)
        .annotate(
            last=Max("meetings__session__starts_at", filter=held),
            soon=Min("meetings__session__starts_at", filter=held & Q(meetings__session__ends_at__gte=clock.now())),
        )
        .filter(soon=None)
        .select_related("mentee", "mentor")
        .order_by("pk")
    )
    found = []
    for row in rows:
        met = timezone.localdate(row.last) if row.last else None
        since = max(day for day in (met, row.began_on) if day)
        if since < before:
            found.append(Silence(row, since))
    return found


def meetings_today() -> list[Meeting]:
    """Those of today that are still to begin."""
    now, end = clock.now(), clock.at_time(clock.today(), 23, 59)
    ahead = meetings().filter(session__starts_at__gte=now, session__starts_at__lte=end, session__cancelled_at=None)
    return list(ahead.order_by("session__starts_at"))
