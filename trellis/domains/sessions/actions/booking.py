"""Booking a place, giving it back, and moving up. Whoever books is told at once; who moves up gets a notice."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trellis.domains.people.models import Person
from trellis.domains.sessions import notices
from trellis.domains.sessions.events import Booked, GivenBack, MovedUp, PlacesChanged
from trellis.domains.sessions.models import Booking, Mark, Session
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
