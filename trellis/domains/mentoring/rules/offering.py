"""What a holder can offer: whole work days to come, each once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from trellis.domains.mentoring.rules.counting import WHOLE_DAY
from trellis.domains.mentoring.rules.planning import workdays

MOST_DAYS = 366  # from the first to the last of one offer
MOST_PLACES = 10


@dataclass(frozen=True)
class OfferedDays:
    """The dates from first to last that fall on the weekdays (0 is Monday), with hours and places for learners."""

    first: date
    last: date
    weekdays: Collection[int]
    starts: time
    ends: time
    places: int

    def dates(self) -> tuple[date, ...]:
        """Every date offered."""
        return workdays(self.first, self.last, self.weekdays)

    @property
    def minutes(self) -> int:
        """From the start to the end; an end before the start is on the next morning."""
        day = date(2000, 1, 1)
        length = datetime.combine(day, self.ends) - datetime.combine(day, self.starts)
        return int((length % timedelta(days=1)) / timedelta(minutes=1))


@dataclass(frozen=True)
class OfferOutcome:
    """What became of an offer: `offered`, `already` (the very same is there), or why not, with the dates concerned."""

    code: str
    offer_id: int = 0
    dates: tuple[date, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it stands now."""
        return self.code in {"offered", "already"}


def why_not_offer(
    wish: OfferedDays, *, today: date, held: Iterable[tuple[date, date | None]], taken: Collection[date]
) -> OfferOutcome | None:
    """None when it can be offered.

    Codes: no_places | too_many_places | backwards | in_past | too_long | no_day (no such weekday between the dates) |
    too_short (less than a whole day of eight hours) | not_a_holder (on `dates`; `held`: from when to when the position
    is held, None is open) | overlap (on `dates`, which other offers of the holder cover).
    """
    if code := _plain_fault(wish, today):
        return OfferOutcome(code)
    dates, spells = wish.dates(), list(held)
    if not dates:
        return OfferOutcome("no_day")
    outside = tuple(on for on in dates if not any(a <= on and (b is None or on <= b) for a, b in spells))
    if outside:
        return OfferOutcome("not_a_holder", dates=outside)
    if twice := tuple(on for on in dates if on in taken):
        return OfferOutcome("overlap", dates=twice)
    return None


def _plain_fault(wish: OfferedDays, today: date) -> str:
    if wish.places < 1:
        return "no_places"
    if wish.places > MOST_PLACES:
        return "too_many_places"
    if wish.last < wish.first:
        return "backwards"
    if wish.first < today:
        return "in_past"
    if (wish.last - wish.first).days >= MOST_DAYS:
        return "too_long"
    return "too_short" if wish.minutes < WHOLE_DAY else ""
