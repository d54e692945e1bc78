"""On which days a series falls, and what a plan would clash with."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

AT_MOST = 100
ROOM, HOST, OVERBOOKED = "room", "host", "overbooked"
PERSON, HOURS = "person", "hours"
# What is refused unless somebody insists; the others only warn.
REFUSED = frozenset({ROOM, HOST, OVERBOOKED})


@dataclass(frozen=True)
class Pattern:
    """The days of a series: on these weekdays (Monday is 0) from the first day on, so many or until a day."""

    first: date
    weekdays: frozenset[int]
    number: int | None = None
    until: date | None = None
    skip: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Days:
    """The days of a pattern, or the code of what is wrong with it.

    `fault`: no_weekday | no_end (neither a number nor a last day) | ends_before | too_many (more than 100) | none_left.
    """

    days: tuple[date, ...] = ()
    fault: str = ""


def days_of(pattern: Pattern) -> Days:
    """The days, soonest first. With a number and a last day, whichever is reached first; skipped days do not count."""
    if not pattern.weekdays:
        return Days(fault="no_weekday")
    if pattern.number is None and pattern.until is None:
        return Days(fault="no_end")
    if pattern.until is not None and pattern.until < pattern.first:
        return Days(fault="ends_before")
    if pattern.number is not None and pattern.number > AT_MOST:
        return Days(fault="too_many")
    found: list[date] = []
    day = pattern.first
    # Skipping may lengthen a series, though never for ever: beyond these days everything left is skipped.
    last = pattern.until or pattern.first + timedelta(days=7 * (AT_MOST + len(pattern.skip) + 1))
    while day <= last and (pattern.number is None or len(found) < pattern.number):
        if day.weekday() in pattern.weekdays and day not in pattern.skip:
            if len(found) == AT_MOST:
                return Days(fault="too_many")
            found.append(day)
        day += timedelta(days=1)
    return Days(tuple(found)) if found else Days(fault="none_left")


@dataclass(frozen=True)
class Busy:
    """A time that is taken, or is to be: by whom and where. `id`: of a session; of a plan, its place in it (< 0).

    `seats` is how many people are expected or can book, `holds` how many the room takes; 0: not known.
    """

    id: int
    starts: datetime
    ends: datetime
    room: int | None = None
    hosts: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    seats: int = 0
    holds: int = 0


@dataclass(frozen=True)
class Clash:
    """One thing that speaks against a planned session.

    `kind`: room | host | overbooked (refused unless insisted upon), person | hours (only warn). `other`: the session,
    or another one of the plan (< 0), that it clashes with. `who`: the people it concerns; `over`: by how many the room
    is too small.
    """

    kind: str
    planned: int
    other: int = 0
    who: tuple[int, ...] = ()
    over: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether it stands in the way, unless somebody insists."""
        return self.kind in REFUSED


def overlap(one: Busy, other: Busy) -> bool:
    """Whether they share a moment; one that begins as the other ends does not."""
    return one.starts < other.ends and other.starts < one.ends


def clashes(planned: Sequence[Busy], taken: Iterable[Busy]) -> tuple[Clash, ...]:
    """What speaks against each planned session: other sessions, other planned ones, and a room that is too small."""
    by_day: dict[date, list[Busy]] = defaultdict(list)
    for busy in [*taken, *planned]:
        for day in _days(busy):
            by_day[day].append(busy)
    found: dict[Clash, None] = {}
    for plan in planned:
        if plan.holds and plan.seats > plan.holds:
            found[Clash(OVERBOOKED, plan.id, over=plan.seats - plan.holds)] = None
        for day in _days(plan):
            for other in by_day[day]:
                if other.id != plan.id and overlap(plan, other):
                    found.update(dict.fromkeys(_between(plan, other)))
    return tuple(found)


def _days(busy: Busy) -> list[date]:
    span = (busy.ends.date() - busy.starts.date()).days
    return [busy.starts.date() + timedelta(days=n) for n in range(span + 1)]


def _between(plan: Busy, other: Busy) -> list[Clash]:
    found = []
    if plan.room is not None and plan.room == other.room:
        found.append(Clash(ROOM, plan.id, other.id))
    if both := plan.hosts & other.hosts:
        found.append(Clash(HOST, plan.id, other.id, tuple(sorted(both))))
    if both := (plan.people & (other.people | other.hosts)) | (plan.hosts & other.people):
        found.append(Clash(PERSON, plan.id, other.id, tuple(sorted(both))))
    return found


@dataclass(frozen=True)
class Work:
    """A shift: on which weekdays (Monday is 0), from when to when on the company's clock; over midnight if it ends
    before it begins."""

    weekdays: frozenset[int]
    begins: time
    ends: time


def at_work(work: Work, starts: datetime, ends: datetime) -> bool:
    """Whether somebody on this shift works from the one moment to the other (both on the company's clock)."""
    for day in (starts.date() - timedelta(days=1), starts.date()):
        if day.weekday() not in work.weekdays:
            continue
        begins = datetime.combine(day, work.begins, starts.tzinfo)
        until = datetime.combine(day + timedelta(days=work.ends <= work.begins), work.ends, starts.tzinfo)
        if begins <= starts and ends <= until:
            return True
    return False


Spell = tuple[date, date | None, Work]  # from a day to a day (the last one included; None: still)


def outside_shift(spells: Iterable[Spell], starts: datetime, ends: datetime) -> bool:
    """Whether somebody with these shifts is not at work all the time between the two moments (on the company's clock).

    Nobody is outside who has no shift on the day it begins.
    """
    day = starts.date()
    works = [work for began, ended, work in spells if began <= day and (ended is None or day <= ended)]
    return bool(works) and not any(at_work(work, starts, ends) for work in works)


def outside_hours(planned: Sequence[Busy], works: Mapping[int, Work]) -> tuple[Clash, ...]:
    """For each planned session who is expected outside their working hours; who has no shift is not asked for."""
    found = []
    for plan in planned:
        at: dict[Work, bool] = {}
        away = []
        for person in sorted(plan.people | plan.hosts):
            work = works.get(person)
            if work is None:
                continue
            if work not in at:
                at[work] = at_work(work, plan.starts, plan.ends)
            if not at[work]:
                away.append(person)
        if away:
            found.append(Clash(HOURS, plan.id, who=tuple(away)))
    return tuple(found)


def unresolved(found: Collection[Clash], because: str) -> tuple[Clash, ...]:
    """What stands in the way: nothing once somebody gave the reason why it has to be."""
    return () if because.strip() else tuple(clash for clash in found if clash.is_refused)
