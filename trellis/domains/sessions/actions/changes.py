"""Moving and cancelling: each change is kept with its reason, and told to everybody concerned, once."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from types import EllipsisType
from typing import Any

from django.db import transaction
from django.utils import timezone

from trellis.domains.people.models import Person
from trellis.domains.sessions.actions.completion import announce_completed
from trellis.domains.sessions.actions.planning import keep_in_spite, speaks_against
from trellis.domains.sessions.actions.telling import tell_cancelled, tell_moved
from trellis.domains.sessions.actions.timetable import PlannedSession
from trellis.domains.sessions.events import SessionCancelled, SessionMoved
from trellis.domains.sessions.models import Change, Mark, Member, Room, Session
from trellis.domains.sessions.queries import expected
from trellis.domains.sessions.rules import EXCUSED, Clash, MoveOutcome, Plan, decide_move, unresolved
from trellis.domains.sessions.wording import where
from trellis.kit import clock
from trellis.kit.journal.facts import announce


@transaction.atomic
def move(
    *,
    session: Session,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    room: Room | EllipsisType | None = ...,
    link: str = "",
    title: str | None = None,
    hosts: Collection[Person] | None = None,
    reason: str = "",
    because: str = "",
    looked: bool = False,
    seen: int | None = None,
    actor: Person,
) -> MoveOutcome:
    """Another time, room, place, link, title or host; a room that is not named stays.

    `seen` is the revision somebody looked at; None: they did not look. A room or host that is taken then is refused,
    unless `because` says why it has to be; who `looked` for clashes before, through many sessions, looks no more.
    """
    now = Session.objects.select_for_update().get(pk=session.pk)
    before = plan_of(now)
    new_room = now.room if isinstance(room, EllipsisType) else room
    host_ids = before.hosts if hosts is None else tuple(sorted({host.pk for host in hosts}))
    new_title = now.title if title is None else title[:200]
    after = Plan(starts_at, ends_at, where(new_room, place), link, new_title, host_ids)
    outcome = decide_move(
        before,
        after,
        cancelled=bool(now.cancelled_at),
        held=Mark.objects.filter(session=now, is_current=True).exclude(value=EXCUSED).exists(),
        is_ahead=timezone.localdate(starts_at) > clock.today(),
        revision=now.revision,
        seen=seen,
    )
    found: tuple[Clash, ...] = ()
    if outcome.code == "moved" and not looked and {"time", "place", "hosts"} & set(outcome.changed):
        people = frozenset(expected(now).values_list("pk", flat=True))
        by = Person.objects.get_queryset().filter(pk__in=host_ids)
        planned = PlannedSession(new_title, starts_at, ends_at, tuple(by), place, link, new_room, people)
        found = speaks_against([planned], ignoring=[now.pk], hold=True)
        if unresolved(found, because):
            return MoveOutcome("clash", outcome.changed, found)
    if outcome.code == "moved":
        now.starts_at, now.ends_at, now.link, now.title = starts_at, ends_at, link, new_title
        now.room, now.place = new_room, place
        now.kept_because, now.kept_by = "", None
        now.save(update_fields=["starts_at", "ends_at", "room", "place", "link", "title", "kept_because", "kept_by"])
        if "hosts" in outcome.changed:
            now.hosts.set(host_ids)
        change = _keep(now, Change.Kind.MOVED, before, after, reason, actor)
        announce(SessionMoved(now.pk, now.series_id), actor=actor)
        keep_in_spite(sessions=[now], found=found, because=because, actor=actor)
        tell_moved(now, change, before, after)
    session.refresh_from_db()
    return outcome


@transaction.atomic
def cancel(*, session: Session, reason: str, actor: Person) -> bool:
    """It will not take place and counts no more; its marks stay on record. False: it was cancelled already."""
    now = Session.objects.select_for_update().get(pk=session.pk)
    if now.cancelled_at:
        return False
    now.cancelled_at, now.cancelled_because = clock.now(), reason[:300]
    now.save(update_fields=["cancelled_at", "cancelled_because"])
    plan = plan_of(now)
    change = _keep(now, Change.Kind.CANCELLED, plan, plan, reason, actor)
    announce(SessionCancelled(now.pk, now.series_id), actor=actor)
    tell_cancelled(now, change)
    if not now.series.is_private:
        members = Member.objects.filter(series_id=now.series_id, left_at=None).values_list("person_id", flat=True)
        announce_completed(series_id=now.series_id, person_ids=list(members), actor=actor)
    session.refresh_from_db()
    return True


def plan_of(session: Session) -> Plan:
    """The session as it stands."""
    hosts = tuple(session.hosts.order_by("pk").values_list("pk", flat=True))
    at = where(session.room, session.place)
    return Plan(session.starts_at, session.ends_at, at, session.link, session.title, hosts)


def _keep(session: Session, kind: str, before: Plan, after: Plan, reason: str, actor: Person) -> Change:
    session.revision += 1
    session.changed_at = clock.now()
    session.save(update_fields=["revision", "changed_at"])
    return Change.objects.create(
        session=session,
        revision=session.revision,
        kind=kind,
        changed_by=actor,
        reason=reason.strip()[:300],
        before=_written(before),
        after=_written(after),
    )


def _written(plan: Plan) -> dict[str, Any]:
    return {**asdict(plan), "starts_at": plan.starts_at.isoformat(), "ends_at": plan.ends_at.isoformat()}
