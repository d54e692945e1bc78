"""Booking a place, giving it back, and moving up. Whoever books is told at once; who moves up gets a notice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from trellis.domains.people.models import Person
from trellis.domains.sessions import notices
from trellis.domains.sessions.actions.planning import PlanOutcome, plan
from trellis.domains.sessions.actions.timetable import PlannedSession, open_series
from trellis.domains.sessions.events import Booked, GivenBack, MovedUp, PlacesChanged
from trellis.domains.sessions.models import Booking, Mark, Series, Session
from trellis.domains.sessions.rules import ABSENT, EXCUSED, BookOutcome, Seats, decide_booking, moving_up
from trellis.kit import clock
from trellis.kit.journal.facts import announce, announce_many
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


@transaction.atomic
def book(*, session: Session, person: Person, actor: Person) -> BookOutcome:
    """A place in an open session, or a turn in its queue. The session is held, so that places are given once."""
    now = _held(session)
    outcome = decide_booking(_seats(now), person.pk, now=clock.now(), concerned=_is_concerned(now, person))
    if outcome.code in {"booked", "waiting"}:
        waiting = outcome.code == "waiting"
        Booking.objects.create(session=now, person=person, is_waiting=waiting)
        announce(Booked(person.pk, now.pk, waiting), actor=actor)
    return outcome


@transaction.atomic
def give_back(*, session: Session, person: Person, actor: Person) -> bool:
    """End a booking or a turn in the queue; the first who waits has the place. False: there was none."""
    now = _held(session)
    ended = Booking.objects.filter(session=now, person=person, ended_at=None).update(ended_at=clock.now())
    if not ended:
        return False
    announce(GivenBack(person.pk, now.pk), actor=actor)
    _move_up(now, actor)
    return True


@transaction.atomic
def open_event(
    *,
    name: str,
    names: dict[str, str],
    planned: Sequence[PlannedSession],
    places: int,
    days_before: int,
    because: str = "",
    actor: Person,
) -> PlanOutcome:
    """A series of sessions that people book themselves, each until so many days before it; all of them, or none.

    Asked twice for the same name and first start, it is there once.
    """
    first = min(plan.starts_at for plan in planned)
    there = Session.objects.filter(series__name=name, series__kind=Series.Kind.EVENT, starts_at=first, places=places)
    if found := there.filter(cancelled_at=None).first():
        return PlanOutcome([found])
    series = open_series(name=name, names=names, kind=Series.Kind.EVENT, actor=actor)
    untitled = [replace(one, title=one.title if len(planned) > 1 else "") for one in planned]
    outcome = plan(series=series, planned=untitled, because=because, actor=actor)
    if not outcome.ok:
        series.delete()
    ahead = timedelta(days=days_before)
    sessions = [
        change_places(
            session=one, places=places, book_until=one.starts_at - ahead if days_before else None, actor=actor
        )
        for one in outcome.sessions
    ]
    return PlanOutcome(sessions, outcome.clashes)


@transaction.atomic
def change_places(*, session: Session, places: int, book_until: datetime | None, actor: Person) -> Session:
    """So many places, to be booked until then. Fewer take none back from who has one; more let the queue move up."""
    now = _held(session)
    now.places, now.book_until = places, book_until
    now.save(update_fields=["places", "book_until"])
    announce(PlacesChanged(now.pk, places), actor=actor)
    _move_up(now, actor)
    return now


def _held(session: Session) -> Session:
    return Session.objects.select_for_update().get(pk=session.pk)


def _seats(session: Session) -> Seats:
    standing = Booking.objects.filter(session=session, ended_at=None).order_by("asked_at", "id")
    rows = list(standing.values_list("person_id", "is_waiting"))
    return Seats(
        session.places,
        frozenset(person for person, waits in rows if not waits),
        tuple(person for person, waits in rows if waits),
        min(session.book_until or session.starts_at, session.starts_at),
        session.cancelled_at is not None,
    )


def _is_concerned(session: Session, person: Person) -> bool:
    """A make-up is for those who missed the session; any other open session is for everybody."""
    if not session.makes_up_id:
        return True
    missed = Mark.objects.filter(session=session.makes_up_id, is_current=True, value__in=(ABSENT, EXCUSED))
    return missed.filter(person=person).exists()


def _move_up(session: Session, actor: Person) -> None:
    """The first of the queue have the places that are free; nobody once it has begun or was cancelled."""
    seats = _seats(session)
    if session.cancelled_at or session.starts_at <= clock.now() or seats.places is None:
        return
    lucky = moving_up(seats.places, len(seats.booked), seats.queue)
    if not lucky:
        return
    Booking.objects.filter(session=session, person__in=lucky, ended_at=None).update(is_waiting=False)
    announce_many([MovedUp(person, session.pk) for person in lucky], actor=actor)
    notify(
        person_ids=lucky,
        kind=notices.MOVED_UP.code,
        key=f"moved-up:{session.pk}:{clock.now():%Y%m%d%H%M%S%f}",
        params={"series": name_in_all(session.series), "day": timezone.localdate(session.starts_at)},
        link=f"/sessions/{session.pk}/",
    )
