"""Planning, moving and cancelling meetings of mentor and mentee. Each is a session that only the two see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trellis.domains.mentoring import notices
from trellis.domains.mentoring.actions.days import lock
from trellis.domains.mentoring.actions.mentors import begin_with_leader
from trellis.domains.mentoring.events import (
    MeetingCancelled,
    MeetingMoved,
    MeetingsPlanned,
    TimesAnswered,
    TimesProposed,
)
from trellis.domains.mentoring.models import Meeting, Mentorship, ProposedTime
from trellis.domains.mentoring.queries.meetings import times_to_carry
from trellis.domains.mentoring.queries.mentors import mentor_of
from trellis.domains.mentoring.rules.meetings import why_not_plan
from trellis.domains.people.models import Person
from trellis.domains.sessions import actions as sessions_actions
from trellis.domains.sessions.actions import PlannedSession, speaks_against
from trellis.domains.sessions.models import Series, Session
from trellis.domains.sessions.rules import Clash, MoveOutcome
from trellis.kit import clock
from trellis.kit.journal.facts import announce
from trellis.kit.notices.kinds import Kind
from trellis.kit.notices.notify import notify
from trellis.kit.ui.templatetags.ui import time_of

IN_FORCE = Mentorship.State.IN_FORCE
NAMES = {"zh-hans": "导师面谈"}


@dataclass(frozen=True)
class MeetOutcome:
    """`planned`, or why not: not_yours | not_in_force | over | nobody (there is no mentor) | clash.

    `clash`: somebody has something else then (see `clashes`, which name the plan by -1, -2...); nothing was planned.
    """

    code: str
    meetings: tuple[int, ...] = ()
    planned: tuple[PlannedSession, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether they meet."""
        return self.code == "planned"


@transaction.atomic
def plan_meetings(
    *,
    mentorship: Mentorship | None,
    times: Sequence[tuple[datetime, datetime]],
    place: str = "",
    link: str = "",
    anyway: bool = False,
    actor: Person,
) -> MeetOutcome:
    """The two meet at these times, all or none. Without a mentorship the actor meets the team leader, who is told so.

    A time at which they meet already stays as it is, so a double click plans once. `anyway`: in spite of a clash.
    """
    with_leader = False
    if mentorship is None:
        other = mentor_of(actor).mentor
        lock(actor.pk, *([other.pk] if other else []))  # both at once: the other may be answering the actor now
        with_leader = not Mentorship.objects.filter(mentee=actor, state=IN_FORCE).exists()
        mentorship = begin_with_leader(mentee=actor, actor=actor)
        if mentorship is None:
            return MeetOutcome("nobody")
    lock(mentorship.mentee_id, mentorship.mentor_id)
    now = Mentorship.objects.select_related("mentee", "mentor").get(pk=mentorship.pk)
    two = (now.mentee_id, now.mentor_id)
    refusal = why_not_plan(
        in_force=now.state == IN_FORCE,
        is_one_of_two=actor.pk in two,
        soonest=min(starts for starts, _ends in times),
        now=clock.now(),
    )
    if refusal:
        transaction.set_rollback(with_leader)
        return MeetOutcome(refusal)
    there = _there(now)
    new = [(starts, ends) for starts, ends in times if starts not in there]
    planned = tuple(
        PlannedSession("", starts, ends, place=place, link=link, people=frozenset(two)) for starts, ends in new
    )
    found = speaks_against(planned)
    if found and not anyway:
        transaction.set_rollback(with_leader)
        return MeetOutcome("clash", planned=planned, clashes=found)
    made = _write(now, planned, actor)
    if made:
        _tell_planned(now, made, actor, with_leader=with_leader)
    return MeetOutcome("planned", (*(there[starts] for starts, _e in times if starts in there), *(s.pk for s in made)))


def _there(mentorship: Mentorship) -> dict[datetime, int]:
    meetings = Meeting.objects.filter(mentorship=mentorship, session__cancelled_at=None)
    return dict(meetings.order_by().values_list("session__starts_at", "pk"))


def _write(mentorship: Mentorship, planned: Sequence[PlannedSession], actor: Person) -> list[Session]:
    if not planned:
        return []
    sessions = sessions_actions.schedule_many(series=_series_of(mentorship, actor), planned=planned, actor=actor)
    Meeting.objects.bulk_create([Meeting(session=session, mentorship=mentorship) for session in sessions])
    announce(MeetingsPlanned(mentorship.mentee_id, mentorship.pk, len(sessions)), actor=actor)
    return sessions


def _series_of(mentorship: Mentorship, actor: Person) -> Series:
    """The meetings of the two are one series; its name says nothing of who they are."""
    earlier = Meeting.objects.filter(mentorship=mentorship).select_related("session__series").first()
    if earlier:
        return earlier.session.series
    kind = Series.Kind.MENTORING
    series = sessions_actions.open_series(name="Mentor meeting", names=NAMES, kind=kind, actor=actor)
    sessions_actions.take_in(series=series, person_ids=[mentorship.mentee_id, mentorship.mentor_id], actor=actor)
    return series


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    link: str,
    why: str = "",
    anyway: bool = False,
    seen: int | None = None,
    actor: Person,
) -> MoveOutcome:
    """Another time or place: as `sessions.actions.move` says; besides not_in_force, begun, over, and clash.

    `seen`: the revision of the session that was looked at. `why` is read by the two on the meeting's page only.
    """
    two = meeting.mentorship
    lock(two.mentee_id, two.mentor_id)
    state = Mentorship.objects.values_list("state", flat=True).get(pk=two.pk)
    session = Session.objects.select_related("series").get(pk=meeting.pk)
    if session.cancelled_at:
        return MoveOutcome("cancelled")
    if state != IN_FORCE:
        return MoveOutcome("not_in_force")
    if session.starts_at <= clock.now():
        return MoveOutcome("begun")
    if starts_at <= clock.now():
        return MoveOutcome("over")
    people = frozenset({two.mentee_id, two.mentor_id})
    was = session.starts_at
    if (starts_at, ends_at) != (was, session.ends_at) and not anyway:
        planned = PlannedSession("", starts_at, ends_at, place=place, link=link, people=people)
        if found := speaks_against([planned], ignoring=[session.pk]):
            return MoveOutcome("clash", clashes=found)
    outcome = sessions_actions.move(
        session=session, starts_at=starts_at, ends_at=ends_at, place=place, link=link,
        looked=True, seen=seen, actor=actor,
    )  # fmt: skip
    if outcome.code == "moved":
        Meeting.objects.filter(pk=meeting.pk).update(why=why.strip()[:300])
        announce(MeetingMoved(two.mentee_id, two.pk, meeting.pk), actor=actor)
        kind = notices.MEETING_MOVED if "time" in outcome.changed else notices.MEETING_CHANGED
        _tell(kind, meeting, session, actor, f"{session.revision}", was=timezone.localdate(was))
    return outcome


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, why: str = "", actor: Person) -> bool:
    """It will not take place; only what is still to come can be cancelled. False: it was, or it has begun."""
    two = meeting.mentorship
    lock(two.mentee_id, two.mentor_id)
    session = Session.objects.select_related("series").get(pk=meeting.pk)
    if session.starts_at <= clock.now() or not sessions_actions.cancel(session=session, reason="", actor=actor):
        return False
    Meeting.objects.filter(pk=meeting.pk).update(why=why.strip()[:300])
    announce(MeetingCancelled(two.mentee_id, two.pk, meeting.pk), actor=actor)
    _tell(notices.MEETING_CANCELLED, meeting, session, actor, f"{session.revision}")
    return True


@transaction.atomic
def propose_times(*, mentorship: Mentorship, former_ids: Collection[int], actor: Person) -> int:
    """The mentee would keep times planned with the former mentor; the new one is asked. Returns how many are new."""
    lock(mentorship.mentee_id, mentorship.mentor_id)
    mentorship.refresh_from_db()
    if mentorship.state != IN_FORCE or actor.pk != mentorship.mentee_id:
        return 0
    wanted = [meeting for meeting in times_to_carry(mentorship) if meeting.pk in set(former_ids)]
    ProposedTime.objects.bulk_create(
        [
            ProposedTime(
                mentorship=mentorship,
                former=meeting,
                starts_at=meeting.session.starts_at,
                ends_at=meeting.session.ends_at,
            )
            for meeting in wanted
        ]
    )
    if wanted:
        announce(TimesProposed(mentorship.mentee_id, mentorship.pk, len(wanted)), actor=actor)
        notify(
            person_ids=[mentorship.mentor_id],
            kind=notices.TIMES_PROPOSED.code,
            key=f"times-proposed:{mentorship.pk}:{wanted[0].pk}",
            params={"who": actor.name, "count": len(wanted)},
            link=f"/mentorships/{mentorship.pk}/times/",
        )
    return len(wanted)


@transaction.atomic
def answer_times(
    *, mentorship: Mentorship, kept: Collection[int], seen: Collection[int], anyway: bool = False, actor: Person
) -> MeetOutcome:
    """The mentor keeps some of the proposed times, the others that were `seen` are answered with no.

    Kept are all or none: `clash` says what speaks against them, and nothing is answered yet.
    """
    lock(mentorship.mentee_id, mentorship.mentor_id)
    now = Mentorship.objects.select_related("mentee", "mentor").get(pk=mentorship.pk)
    if now.state != IN_FORCE or actor.pk != now.mentor_id:
        return MeetOutcome("not_in_force")
    open_ = ProposedTime.objects.filter(mentorship=now, answered_at=None, pk__in=seen).select_related("former__session")
    times = list(open_)
    keep = [time for time in times if time.pk in set(kept) and time.starts_at > clock.now()]
    there = _there(now)
    new = [time for time in keep if time.starts_at not in there]
    two = frozenset({now.mentee_id, now.mentor_id})
    planned = tuple(
        PlannedSession("", t.starts_at, t.ends_at, place=t.former.session.place, people=two) for t in new
    )  # the link is the former mentor's; the place may be
    found = speaks_against(planned)
    if found and not anyway:
        return MeetOutcome("clash", planned=planned, clashes=found)
    made = _write(now, planned, actor)
    became = {session.starts_at: session.pk for session in made}
    for time in times:
        time.answered_at = clock.now()
        time.became_id = became.get(time.starts_at) if time in new else None
    ProposedTime.objects.bulk_update(times, ["answered_at", "became"])
    if times:
        announce(TimesAnswered(now.mentee_id, now.pk, len(keep), len(times) - len(keep)), actor=actor)
        notify(
            person_ids=[now.mentee_id],
            kind=notices.TIMES_ANSWERED.code,
            key=f"times-answered:{now.pk}:{times[0].pk}",
            params={"who": now.mentor.name, "count": len(keep)},
            link="/meetings/",
        )
    return MeetOutcome("planned", tuple(became.values()))


def _tell_planned(mentorship: Mentorship, made: Sequence[Session], actor: Person, *, with_leader: bool) -> None:
    first = min(made, key=lambda session: session.starts_at)
    kind = notices.MEETING_PLANNED if len(made) == 1 else notices.MEETINGS_PLANNED
    if with_leader:
        kind = notices.MEETING_WITH_LEADER
    other = mentorship.mentor_id if actor.pk == mentorship.mentee_id else mentorship.mentee_id
    notify(
        person_ids=[other],
        kind=kind.code,
        key=f"meeting-planned:{first.pk}",
        params={**_when(first), "who": actor.name, "count": len(made)},
        link=f"/meetings/{first.pk}/",
    )


def _tell(kind: Kind, meeting: Meeting, session: Session, actor: Person, key: str, **more: object) -> None:
    notify(
        person_ids=[meeting.other(actor).pk],
        kind=kind.code,
        key=f"{kind.code}:{meeting.pk}:{key}",
        params={**_when(session), "who": actor.name, **more},
        link=f"/meetings/{meeting.pk}/",
    )


def _when(session: Session) -> dict[str, object]:
    return {"day": timezone.localdate(session.starts_at), "time": time_of(session.starts_at)}
