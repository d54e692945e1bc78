"""The only source of "now". Tests and the demo move it; nothing waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_shift = timedelta()


def now() -> datetime:
    """This moment, aware."""
    return timezone.now() + _shift


def machine_now() -> datetime:
    """The machine's own time, never moved: for what processes agree on among themselves, such as leases and pauses."""
    return timezone.now()


def today() -> date:
    """The date in the time zone of whoever is served."""
    return timezone.localdate(now())


def at_time(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That hour of that day, aware, in the current time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def move(*, to: date | datetime | None) -> None:
    """Set the clock to a day (its morning) or a moment; None gives the real time back. It runs on from there."""
    global _shift
    if to is None:
        _shift = timedelta()
        return
    moment = to if isinstance(to, datetime) else at_time(to)
    _shift = moment - timezone.now()


@contextmanager
def moved(*, to: date | datetime) -> Iterator[None]:
    """Within the block it is that day or moment."""
    global _shift
    before = _shift
    move(to=to)
    try:
        yield
    finally:
        _shift = before
