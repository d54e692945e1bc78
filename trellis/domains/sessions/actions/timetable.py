"""When what takes place, and who is expected."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trellis.domains.people.models import Person
from trellis.domains.sessions.actions.telling import tell_make_up
from trellis.domains.sessions.events import LetGo, SessionScheduled, TakenIn
from trellis.domains.sessions.models import Member, Room, Series, Session
from trellis.kit import clock
from trellis.kit.journal.facts import announce, announce_many


@dataclass(frozen=True)
class PlannedSession:
    """One session that is to be scheduled.

    `people` and `seats` only say what to look at for clashes: who is expected, how many there may be (0: not known).
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    hosts: Collection[Person] = ()
    place: str = ""
    link: str = ""
    room: Room | None = None
    people: frozenset[int] = frozenset()
    seats: int = 0


def open_series(
    *, name: str, kind: str = Series.Kind.CLASSES, names: dict[str, str] | None = None, actor: Person
) -> Series:
    """Begin a series of sessions; `names` are its names in other languages."""
    return Series.objects.create(name=name[:200], names=names or {}, kind=kind)


@transaction.atomic
def schedule(
    *,
    series: Series,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    hosts: Collection[Person],
    place: str = "",
    link: str = "",
    room: Room | None = None,
    makes_up: Session | None = None,
    places: int | None = None,
    book_until: datetime | None = None,
    actor: Person,
) -> Session:
    """Put one session into the series. A make-up of a make-up stands for the first original.

    With `places` people book themselves. Clashes are looked for by `actions.planning.plan`, which takes this step last.

    Asked twice for the same (series, start, original, not cancelled), it is there once.
    """
    original = (makes_up.makes_up or makes_up) if makes_up else None
    Series.objects.select_for_update().get(pk=series.pk)
    session, is_new = Session.objects.get_or_create(
        series=series,
        starts_at=starts_at,
        makes_up=original,
        cancelled_at=None,
        title=title[:200],
        defaults={
            "ends_at": ends_at,
            "place": place,
            "link": link,
            "room": room,
            "places": places,
            "book_until": book_until,
        },
    )
    if is_new:
        session.hosts.set(hosts)
        announce(SessionScheduled(session.pk, series.pk, original.pk if original else None), actor=actor)
        if original:
            tell_make_up(session)
    return session


@transaction.atomic
def schedule_many(*, series: Series, planned: Sequence[PlannedSession], actor: Person) -> list[Session]:
    """The sessions of a new series, in four statements however many they are."""
    sessions = Session.objects.bulk_create(
        [
            Session(
                series=series,
                title=p.title[:200],
                starts_at=p.starts_at,
                ends_at=p.ends_at,
                room=p.room,
                place=p.place,
                link=p.link,
            )
            for p in planned
        ]
    )
    hosting = Session.hosts.through
    hosting._default_manager.bulk_create(
        [
            hosting(session_id=session.pk, person_id=host.pk)
            for session, plan in zip(sessions, planned, strict=True)
            for host in dict.fromkeys(plan.hosts)
        ]
    )
    announce_many([SessionScheduled(s.pk, series.pk) for s in sessions], actor=actor)
    return sessions


@transaction.atomic
def take_in(*, series: Series, person_ids: Collection[int], actor: Person) -> list[int]:
    """Expect these people at every session of the series; returns those who were not expected before."""
    Series.objects.select_for_update().get(pk=series.pk)
    known = dict(Member.objects.filter(series=series, person_id__in=person_ids).values_list("person_id", "left_at"))
    new = [pk for pk in dict.fromkeys(person_ids) if pk not in known]
    back = [pk for pk, left_at in known.items() if left_at]
    Member.objects.bulk_create([Member(series=series, person_id=pk) for pk in new])
    Member.objects.filter(series=series, person_id__in=back).update(left_at=None)
    announce_many([TakenIn(pk, series.pk) for pk in new + back], actor=actor)
    return new + back


@transaction.atomic
def let_go(*, series: Series, person_ids: Collection[int], actor: Person) -> list[int]:
    """No longer expect these people; what was marked stays. Returns those who were expected until now."""
    members = Member.objects.select_for_update().filter(series=series, person_id__in=person_ids, left_at=None)
    gone = list(members.values_list("person_id", flat=True))
    Member.objects.filter(series=series, person_id__in=gone).update(left_at=clock.now())
    announce_many([LetGo(pk, series.pk) for pk in gone], actor=actor)
    return gone
