"""Places that people book themselves, and the queue for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class BookOutcome:
    """What became of a wish for a place.

    `code`: booked | waiting | already (has a place) | already_waiting, or a refusal: not_open | over | cancelled |
    not_concerned (a make-up for those who missed the session). `turn`: which place in the queue, from 1.
    """

    code: str
    turn: int = 0

    @property
    def ok(self) -> bool:
        """Whether the person has a place or waits for one."""
        return self.code in {"booked", "waiting", "already", "already_waiting"}


@dataclass(frozen=True)
class Seats:
    """An open session as it is now. `booked` and `queue` are ids of people, the queue in the order they asked."""

    places: int | None
    booked: frozenset[int] = frozenset()
    queue: tuple[int, ...] = ()
    closes: datetime | None = None
    cancelled: bool = False


def decide_booking(seats: Seats, person: int, *, now: datetime, concerned: bool = True) -> BookOutcome:
    """A place if there is one and nobody waits for it, else a turn in the queue. Asked twice, once."""
    if seats.places is None:
        return BookOutcome("not_open")
    if person in seats.booked:
        return BookOutcome("already")
    if person in seats.queue:
        return BookOutcome("already_waiting", seats.queue.index(person) + 1)
    if seats.cancelled:
        return BookOutcome("cancelled")
    if seats.closes is not None and now > seats.closes:
        return BookOutcome("over")
    if not concerned:
        return BookOutcome("not_concerned")
    if len(seats.booked) < seats.places and not seats.queue:
        return BookOutcome("booked")
    return BookOutcome("waiting", len(seats.queue) + 1)


def moving_up(places: int, taken: int, queue: Sequence[int]) -> tuple[int, ...]:
    """Who of the queue has a place now: the first, as many as there are places left."""
    return tuple(queue[: max(0, places - taken)])
