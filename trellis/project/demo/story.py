"""A list of deeds with their moments, done in order with the clock moved to each."""

import heapq
from collections.abc import Callable
from datetime import date, datetime, timedelta

from trellis.kit import clock
from trellis.kit.journal.models import Delivery
from trellis.kit.journal.outbox import deliver

Deed = Callable[[], object]


class Story:
    """What happens until the last day; deeds may add further ones while it is told."""

    def __init__(self, until: date) -> None:
        self.until = until
        self._waiting: list[tuple[datetime, int, Deed]] = []
        self._count = 0

    def at(self, day: date, hour: int, deed: Deed, minute: int = 0) -> None:
        """Have something done at that hour of that day; what lies on the last day or after it stays undone."""
        if day < self.until:
            self._count += 1
            heapq.heappush(self._waiting, (clock.at_time(day, hour, minute), self._count, deed))

    def tell(self) -> None:
        """Do everything in its order; at the end of each day the rooms above hear of it."""
        while self._waiting:
            moment, _number, deed = heapq.heappop(self._waiting)
            with clock.moved(to=moment):
                deed()
                if not self._waiting or self._waiting[0][0].date() > moment.date():
                    hear()


def hear() -> None:
    """Let every reaction run that waits."""
    while Delivery.objects.filter(done_at=None, next_try_at__lte=clock.now(), attempts=0).exists() and deliver():
        pass


def workday(day: date, forward: int = 0) -> date:
    """The day, or the next Monday when it is on a weekend; `forward` counts that many working days on."""
    while True:
        if day.weekday() < 5:
            if not forward:
                return day
            forward -= 1
        day += timedelta(days=1)


def monday(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())
