"""Planning sessions so that no room and no host is taken twice, unless somebody insists and says why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trellis.domains.people.models import Person
from trellis.domains.sessions import queries
from trellis.domains.sessions.actions.timetable import PlannedSession, schedule, schedule_many
from trellis.domains.sessions.events import KeptInSpite
from trellis.domains.sessions.models import Room, Series, Session
from trellis.domains.sessions.rules import Busy, Clash, clashes, outside_hours, unresolved
from trellis.kit.journal.facts import announce_many


@dataclass(frozen=True)
class PlanOutcome:
    """The sessions planned; or none, and all that speaks against them. A clash names the plan by -1, -2... in order."""

    sessions: list[Session] = field(default_factory=list)
    clashes: tuple[Clash, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether they are planned."""
        return bool(self.sessions)


def speaks_against(
    planned: Sequence[PlannedSession], *, ignoring: Collection[int] = (), hold: bool = False
) -> tuple[Clash, ...]:
    """Everything the planned sessions clash with, among each other too. At most seven statements.

    `ignoring`: ids of sessions that are being moved. `hold`: keep the rooms and hosts until the end of the transaction,
    so that nobody else plans with them meanwhile.
    """
    if not planned:
        return ()
    if hold:
        _hold(planned)
    wanted = [
        Busy(
            -number,
            timezone.localtime(plan.starts_at),
            timezone.localtime(plan.ends_at),
            plan.room.pk if plan.room else None,
            frozenset(host.pk for host in plan.hosts),
            plan.people,
            max(plan.seats, len(plan.people)),
            plan.room.capacity if plan.room else 0,
        )
        for number, plan in enumerate(planned, start=1)
    ]
    people = frozenset().union(*(busy.people for busy in wanted))
    hosts = frozenset().union(*(busy.hosts for busy in wanted))
    taken = queries.taken_between(
        min(busy.starts for busy in wanted),
        max(busy.ends for busy in wanted),
        rooms={busy.room for busy in wanted if busy.room},
        hosts=hosts,
        people=people,
        ignoring=ignoring,
    )
    works = queries.shifts_of(people | hosts, min(busy.starts for busy in wanted).date())
    return clashes(wanted, taken) + outside_hours(wanted, works)


def _hold(planned: Sequence[PlannedSession]) -> None:
    """In one order for everybody, rooms before people, so that two who plan never wait for each other."""
    rooms = {plan.room.pk for plan in planned if plan.room}
    hosts = {host.pk for plan in planned for host in plan.hosts}
    list(Room.objects.select_for_update().filter(pk__in=rooms).order_by("pk").values_list("pk"))
    people = Person.objects.get_queryset().select_for_update(no_key=True)
    list(people.filter(pk__in=hosts).order_by("pk").values_list("pk"))


@transaction.atomic
def plan(*, series: Series, planned: Sequence[PlannedSession], because: str = "", actor: Person) -> PlanOutcome:
    """Put sessions into a series, all or none. What is refused is kept where `because` says why it has to be."""
    found = speaks_against(planned, hold=True)
    if unresolved(found, because):
        return PlanOutcome(clashes=found)
    return PlanOutcome(write_plan(series=series, planned=planned, found=found, because=because, actor=actor), found)


def write_plan(
    *, series: Series, planned: Sequence[PlannedSession], found: Sequence[Clash], because: str, actor: Person
) -> list[Session]:
    """Schedule what was looked at by `speaks_against`, and keep the reason with those that clash.

    The clashes name the plan by -1, -2... as it is here.
    """
    sessions = schedule_many(series=series, planned=planned, actor=actor)
    keep_in_spite(sessions=sessions, found=found, because=because, actor=actor)
    return sessions


def keep_in_spite(*, sessions: Sequence[Session], found: Sequence[Clash], because: str, actor: Person) -> None:
    """Write the reason with those sessions that clash (the first is -1 in what was found), and into the journal."""
    insisted = _insisted(found)
    kept = [(session, insisted[-n]) for n, session in enumerate(sessions, start=1) if -n in insisted]
    keep_because(kept=kept, because=because, actor=actor)


def keep_because(*, kept: Sequence[tuple[Session, str]], because: str, actor: Person) -> None:
    """Write the reason with these sessions, and with the kinds of what speaks against each into the journal."""
    if kept:
        Session.objects.filter(pk__in=[session.pk for session, _kinds in kept]).update(
            kept_because=because.strip()[:300], kept_by=actor
        )
        announce_many([KeptInSpite(session.pk, session.series_id, kinds) for session, kinds in kept], actor=actor)


def _insisted(found: Sequence[Clash]) -> dict[int, str]:
    """The planned sessions that somebody has to insist upon, with the kinds of what they clash with."""
    kinds: dict[int, dict[str, None]] = {}
    for clash in found:
        if clash.is_refused:
            kinds.setdefault(clash.planned, {})[clash.kind] = None
    return {planned: " ".join(kinds[planned]) for planned in kinds}


@transaction.atomic
def plan_one(
    *,
    series: Series,
    planned: PlannedSession,
    makes_up: Session | None = None,
    places: int | None = None,
    book_until: datetime | None = None,
    because: str = "",
    actor: Person,
) -> PlanOutcome:
    """One session or make-up, looked at in the same way. With `places`, people book it themselves."""
    found = speaks_against([planned], hold=True)
    if unresolved(found, because):
        return PlanOutcome(clashes=found)
    session = schedule(
        series=series,
        title=planned.title,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        hosts=planned.hosts,
        place=planned.place,
        link=planned.link,
        room=planned.room,
        makes_up=makes_up,
        places=places,
        book_until=book_until,
        actor=actor,
    )
    keep_in_spite(sessions=[session], found=found, because=because, actor=actor)
    return PlanOutcome([session], found)
