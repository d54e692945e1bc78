"""One make-up for those of a cohort who missed a session, and taking it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from trellis.domains.people.models import Person
from trellis.domains.sessions import actions as sessions
from trellis.domains.sessions.actions import PlannedSession
from trellis.domains.sessions.models import Mark, Room, Session
from trellis.domains.sessions.queries import missing_from
from trellis.domains.sessions.rules import ATTENDED, Clash
from trellis.kit import clock


class InTheWay(Exception):  # noqa: N818, an answer that undoes the act it came out of
    """Something speaks against the make-up, and nobody insisted."""

    def __init__(self, planned: PlannedSession, clashes: tuple[Clash, ...]) -> None:
        super().__init__("clash")
        self.planned, self.clashes = planned, clashes


@dataclass(frozen=True)
class MakeUp:
    """The session that was missed, and when and where it is made up for, by whoever hosted it."""

    missed: Session
    starts_at: datetime
    ends_at: datetime
    room: Room | None = None
    place: str = ""


def why_not_made_up(make_up: MakeUp, person_ids: Collection[int]) -> dict[int, str]:
    """Of the people those whom the make-up is not for: not_missed | made_up (they were at another one)."""
    missed = set(missing_from(make_up.missed))
    came = Mark.objects.filter(
        session__makes_up=make_up.missed, person__in=person_ids, is_current=True, value__in=ATTENDED
    )
    done = set(came.values_list("person_id", flat=True))
    return {
        person: "made_up" if person in done else "not_missed"
        for person in person_ids
        if person in done or person not in missed
    }


def plan_make_up(make_up: MakeUp, *, person_ids: Collection[int], because: str, actor: Person) -> Session:
    """Put it into the series; everybody who missed the session is told and expected. Raises InTheWay."""
    planned = PlannedSession(
        make_up.missed.title,
        make_up.starts_at,
        make_up.ends_at,
        list(Person.objects.get_queryset().filter(hosted_sessions=make_up.missed)),
        place=make_up.place,
        room=make_up.room,
        people=frozenset(person_ids),
    )
    outcome = sessions.plan_one(
        series=make_up.missed.series, planned=planned, makes_up=make_up.missed, because=because, actor=actor
    )
    if not outcome.ok:
        raise InTheWay(planned, outcome.clashes)
    return outcome.sessions[0]


def cancel_make_up(session_id: int, *, actor: Person) -> bool:
    """It will not take place; False when it has begun, was marked, or was cancelled already."""
    session = Session.objects.select_for_update().get(pk=session_id)
    if session.starts_at <= clock.now() or Mark.objects.filter(session=session).exists():
        return False
    return sessions.cancel(session=session, reason="", actor=actor)
