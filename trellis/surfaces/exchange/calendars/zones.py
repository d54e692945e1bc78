"""A time zone as a calendar needs it described (VTIMEZONE): one observance for each change of its clock.

Each begins at the hour that the clock showed before the change, as RFC 5545 (3.6.5) asks. Lists of dates (RDATE),
or the hour after the change, are read wrongly by calendars in use.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def zone_of(name: str) -> tzinfo:
    """The zone; UTC as the one that needs no description."""
    return UTC if name == "UTC" else ZoneInfo(name)


@lru_cache(maxsize=8)
def described(name: str, first_year: int, last_year: int) -> Timezone:
    """The zone from the beginning of the first year to the end of the last."""
    zone, begins = ZoneInfo(name), datetime(first_year, 1, 1, tzinfo=UTC)
    told = Timezone()
    told.add("tzid", name)
    told.add_component(_observance(zone, begins, begins))
    for change in _changes(zone, begins, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        told.add_component(_observance(zone, change - SECOND, change))
    return told


def _observance(zone: ZoneInfo, before: datetime, since: datetime) -> TimezoneStandard | TimezoneDaylight:
    was, now = before.astimezone(zone), since.astimezone(zone)
    told = TimezoneDaylight() if now.dst() else TimezoneStandard()
    told.add("dtstart", (since + _offset(was)).replace(tzinfo=None))
    told.add("tzoffsetfrom", _offset(was))
    told.add("tzoffsetto", _offset(now))
    told.add("tzname", now.tzname())
    return told


def _changes(zone: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The moments at which the offset changes, to the second."""
    day = begins
    while day < ends:
        if _offset(day.astimezone(zone)) != _offset((day + DAY).astimezone(zone)):
            yield _between(zone, day, day + DAY)
        day += DAY


def _between(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    before = _offset(early.astimezone(zone))
    while late - early > SECOND:
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        early, late = (middle, late) if _offset(middle.astimezone(zone)) == before else (early, middle)
    return late


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()
