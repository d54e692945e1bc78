"""One change for a session and all that follow it in its series."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from trellis.domains.people.models import Person
from trellis.domains.sessions import queries
from trellis.domains.sessions.actions.changes import move
from trellis.domains.sessions.actions.planning import keep_in_spite, speaks_against
from trellis.domains.sessions.actions.timetable import PlannedSession
from trellis.domains.sessions.models import Room, Session
from trellis.domains.sessions.rules import Clash, unresolved


@dataclass(frozen=True)
class FollowingOutcome:
    """How many sessions were changed; or none, and what speaks against the plan (-1, -2... of `planned`)."""

    moved: int = 0
    planned: tuple[PlannedSession, ...] = ()
    clashes: tuple[Clash, ...] = ()
    ok: bool = True


@transaction.atomic
def move_following(
    *,
    session: Session,
    shift_days: int,
    starts: time,
    ends: time,
    room: Room | None,
    place: str,
    link: str,
    hosts: Collection[Person],
    reason: str,
    because: str = "",
    actor: Person,
) -> FollowingOutcome:
    """Put this session and all after it on other days, hours, rooms or hosts: all of them, or none when they clash.

    Those already held stay as they are; those cancelled and make-ups too.
    """
    sessions = queries.following(session)
    people = frozenset(queries.members_of(session.series_id))

    def at(start: datetime, hour: time) -> datetime:
        day = timezone.localtime(start).date() + timedelta(days=shift_days)
        return timezone.make_aware(datetime.combine(day, hour))

    planned = tuple(
        PlannedSession(
            one.title, at(one.starts_at, starts), at(one.starts_at, ends), tuple(hosts), place, link, room, people
        )
        for one in sessions
    )
    found = speaks_against(planned, ignoring=[one.pk for one in sessions], hold=True)
    if unresolved(found, because):
        return FollowingOutcome(planned=planned, clashes=found, ok=False)
    moved = 0
    for one, plan in zip(sessions, planned, strict=True):
        outcome = move(
            session=one,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            room=room,
            place=place,
            link=link,
            hosts=hosts,
            reason=reason,
            looked=True,
            actor=actor,
        )
        moved += outcome.code == "moved"
    keep_in_spite(sessions=sessions, found=found, because=because, actor=actor)
    return FollowingOutcome(moved, planned, found)
