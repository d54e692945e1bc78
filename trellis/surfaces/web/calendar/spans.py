"""Which days a calendar shows, and where "before" and "after" lead. Pure; weeks begin on Monday."""

from dataclasses import dataclass
from datetime import date, timedelta

AGENDA, WEEK, MONTH = "agenda", "week", "month"
VIEWS = (AGENDA, WEEK, MONTH)
AGENDA_DAYS = 28
# Far enough for every calendar, near enough that counting on never leaves what dates can be.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Span:
    """`first` to `last`, both shown. `on` is the day asked for; `before` and `after` are those that lead on."""

    view: str
    on: date
    first: date
    last: date
    before: date
    after: date

    @property
    def days(self) -> list[date]:
        """Every day that is shown."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def span(view: str, on: date) -> Span:
    """A week from Monday; a month filled up to whole weeks; four weeks from that day on."""
    on = min(max(on, EARLIEST), LATEST)
    if view == MONTH:
        first = on.replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        last = after - timedelta(days=1)
        before = (first - timedelta(days=1)).replace(day=1)
        return Span(view, on, _monday(first), _monday(last) + timedelta(days=6), before, after)
    if view == AGENDA:
        step = timedelta(days=AGENDA_DAYS)
        return Span(view, on, on, on + step - timedelta(days=1), on - step, on + step)
    first, step = _monday(on), timedelta(days=7)
    return Span(WEEK, on, first, first + timedelta(days=6), on - step, on + step)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def read_day(text: str, otherwise: date) -> date:
    """A day as an address has it (2026-03-02), or the other one when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise
