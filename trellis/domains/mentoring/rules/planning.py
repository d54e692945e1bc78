"""Who spends which day beside whom: for a whole group at once, fair to those who host, and why not when it cannot be.

Positions do not meet, since nobody holds two on one day. Within one position it is a flow: from each learner, through
at most so many days a week and one place a date, to the holders who offer that date. So it is solved exactly and
quickly without anything but Python (flow.py): nobody lacks a day that any plan of all could give, and the holders'
days are as even as in the evenest plan. With how few holders a learner has to do is a harder question, settled after
that and without disturbing it (continuity.py).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from trellis.domains.mentoring.rules.flow import Network

MANY = 10**6


@dataclass(frozen=True)
class Place:
    """A day that a holder offers: how many learners can still come."""

    holder: int
    position: int
    on: date
    places: int = 1


@dataclass(frozen=True)
class Need:
    """How many more days a learner needs. `busy`: dates that are taken; `beside`: those of days planned already."""

    learner: int
    position: int
    days: int = 6
    busy: frozenset[date] = frozenset()
    beside: frozenset[date] = frozenset()


OfPosition = TypeVar("OfPosition", Need, Place)


@dataclass(frozen=True)
class Problem:
    """What is to be planned. Needs are served in their order, so that what lacks, lacks for the last.

    `workdays`: dates of the window on which days could be offered. `per_week`: at most so many days a learner and
    calendar week. `hosted`: days a holder has already, which count for fairness.
    """

    needs: tuple[Need, ...]
    places: tuple[Place, ...]
    workdays: tuple[date, ...]
    per_week: int | None = None
    hosted: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Assigned:
    """One day of a plan."""

    learner: int
    position: int
    holder: int
    on: date


@dataclass(frozen=True)
class Short:
    """Somebody for whom days are missing.

    `code`: no_offers (nobody offers days for the position) | window_too_short (even with offers on every work day) |
    too_few_dates (offers fall on too few dates on which the learner can come: `possible`) | too_few_places (others
    need them too).
    """

    learner: int
    position: int
    missing: int
    code: str
    possible: int


@dataclass(frozen=True)
class Shortage:
    """What one position lacks, and the fewest further places that would make a plan for all whom a plan can help.

    `needed` days, `offered` places of which `used` can be used; `more`: how many further places on which dates;
    `first` to `last`: dates on which a further place would help. `beyond`: days that no offer in this window can give.
    """

    position: int
    needed: int
    offered: int
    used: int
    holders: tuple[int, ...]
    more: tuple[tuple[date, int], ...]
    first: date | None
    last: date | None
    beyond: int

    @property
    def missing(self) -> int:
        """How many further places it takes."""
        return sum(number for _on, number in self.more)


@dataclass(frozen=True)
class Plan:
    """The days, and what is missing where."""

    days: tuple[Assigned, ...]
    short: tuple[Short, ...] = ()
    shortages: tuple[Shortage, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everybody gets all days."""
        return not self.short

    def loads(self) -> Counter[int]:
        """Holder to days in this plan."""
        return Counter(day.holder for day in self.days)


def workdays(first: date, last: date, weekdays: Collection[int] = range(5)) -> tuple[date, ...]:
    """The dates from first to last that fall on the weekdays (0 is Monday)."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() in weekdays)


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def plan_days(problem: Problem) -> Plan:
    """A plan that gives as many days as any plan can, with the holders' days as even as can be."""
    days: list[Assigned] = []
    short: list[Short] = []
    shortages: list[Shortage] = []
    needs, places = _by_position(problem.needs), _by_position(problem.places)
    for position in needs:
        one = _OnePosition(problem, position, needs[position], places.get(position, []))
        one.serve()
        days += one.assigned()
        missing = one.missing()
        if missing:
            short += missing
            shortages.append(one.shortage())
    return Plan(tuple(days), tuple(short), tuple(shortages))


def _by_position(rows: Iterable[OfPosition]) -> dict[int, list[OfPosition]]:
    found: dict[int, list[OfPosition]] = defaultdict(list)
    for row in rows:
        found[row.position].append(row)
    return dict(found)


class _OnePosition:
    """The flow of one position: learner, week of the learner, date, holder. `further` stands for days nobody offers."""

    def __init__(self, problem: Problem, position: int, needs: list[Need], places: list[Place]) -> None:
        self.position, self.needs, self.per_week = position, needs, problem.per_week
        free: Counter[tuple[date, int]] = Counter()
        for place in places:
            free[place.on, place.holder] += place.places
        self.offered = {key: number for key, number in sorted(free.items()) if number > 0}
        self.offered_on = {on for on, _holder in self.offered}
        self.dates = sorted({*problem.workdays, *self.offered_on})
        self.holders = sorted({holder for _on, holder in self.offered})
        self._build(problem)

    def _build(self, problem: Problem) -> None:
        first_date = len(self.needs)
        first_holder = first_date + len(self.dates)
        self.node_of_date = {on: first_date + n for n, on in enumerate(self.dates)}
        self.date_of_node = {node: on for on, node in self.node_of_date.items()}
        self.node_of_holder = {holder: first_holder + n for n, holder in enumerate(self.holders)}
        self.further = first_holder + len(self.holders)
        weeks = {(n, week_of(on)) for n in range(len(self.needs)) for on in self.dates} if self.per_week else set()
        self.node_of_week = {key: self.further + 1 + n for n, key in enumerate(sorted(weeks))}
        self.net = net = Network(self.further + 1 + len(weeks))
        self.loads = {node: problem.hosted.get(holder, 0) for holder, node in self.node_of_holder.items()}
        self.ways: list[dict[date, list[int]]] = [self._ways_of(n, need) for n, need in enumerate(self.needs)]
        self.hosting = {
            key: net.connect(self.node_of_date[key[0]], self.node_of_holder[key[1]], limit)
            for key, limit in self.offered.items()
        }
        self.hosts_on: dict[date, list[int]] = defaultdict(list)
        for on, holder in self.offered:
            self.hosts_on[on].append(holder)
        self.beyond_offers = {on: net.connect(node, self.further, 0) for on, node in self.node_of_date.items()}
        self.sent = [0] * len(self.needs)

    def _ways_of(self, number: int, need: Need) -> dict[date, list[int]]:
        """Date to the arcs from the learner to it, for the dates on which the learner can come."""
        into_week: dict[date, int] = {}
        used = Counter(map(week_of, need.beside))
        ways = {}
        for on in self.dates:
            if on in need.busy or on in need.beside:
                continue
            if not self.per_week:
                ways[on] = [self.net.connect(number, self.node_of_date[on], 1)]
                continue
            week = week_of(on)
            node = self.node_of_week[number, week]
            if week not in into_week:
                into_week[week] = self.net.connect(number, node, max(0, self.per_week - used[week]))
            ways[on] = [into_week[week], self.net.connect(node, self.node_of_date[on], 1)]
        return ways

    # -- finding

    def serve(self) -> None:
        """One learner after the other, where there is most room first; then the days of the holders are evened out."""
        room = Counter(dict.fromkeys(self.dates, 0))
        for (on, _holder), limit in self.offered.items():
            room[on] += limit
        is_holder = self.loads.__contains__
        for number, need in enumerate(self.needs):
            for _day in range(need.days):
                if not (self._send_straight(number, room) or self._send_around(number, room, is_holder)):
                    break
                self.sent[number] += 1
        self.net.level(self.loads)

    def _send_straight(self, number: int, room: Counter[date]) -> bool:
        """To the date with the most room and, there, the holder with the fewest days."""
        rooms = self.net.room
        open_ = [on for on, arcs in self.ways[number].items() if room[on] and all(rooms[arc] for arc in arcs)]
        if not open_:
            return False
        on = max(open_, key=lambda day: (room[day], -day.toordinal()))
        hosts = [holder for holder in self.hosts_on[on] if rooms[self.hosting[on, holder]]]
        holder = min(hosts, key=lambda h: (self.loads[self.node_of_holder[h]], h))
        self.net.push([*self.ways[number][on], self.hosting[on, holder]])
        self.loads[self.node_of_holder[holder]] += 1
        room[on] -= 1
        return True

    def _send_around(self, number: int, room: Counter[date], is_holder: Callable[[int], bool]) -> bool:
        """By moving others aside."""
        came_by, end = self.net.reach(number, is_holder)
        if end is None:
            return False
        way = self.net.way_to(end, came_by)
        self.net.push(way)
        self.loads[end] += 1
        for arc in way:
            start, to = self.net.to[arc ^ 1], self.net.to[arc]
            if start in self.date_of_node and to in self.loads:
                room[self.date_of_node[start]] -= 1
            elif start in self.loads and to in self.date_of_node:
                room[self.date_of_node[to]] += 1
        return True

    # -- telling

    def assigned(self) -> list[Assigned]:
        """The days that flow; on each date the learner stays with a holder met before, where that can be."""
        left = {key: self.net.flow(arc) for key, arc in self.hosting.items()}
        met: list[Counter[int]] = [Counter() for _need in self.needs]
        days = []
        for on in self.dates:
            for number, need in enumerate(self.needs):
                way = self.ways[number].get(on)
                if not way or not self.net.flow(way[-1]):
                    continue
                hosts = [holder for holder in self.hosts_on[on] if left[on, holder]]
                holder = max(hosts, key=lambda h: (met[number][h], left[on, h], -h))
                left[on, holder] -= 1
                met[number][holder] += 1
                days.append(Assigned(need.learner, self.position, holder, on))
        return days

    def missing(self) -> list[Short]:
        """Who gets too few days, and why."""
        return [
            Short(need.learner, self.position, need.days - sent, *self._why(number, need))
            for number, (need, sent) in enumerate(zip(self.needs, self.sent, strict=True))
            if sent < need.days
        ]

    def _why(self, number: int, need: Need) -> tuple[str, int]:
        possible = self._most(number, need, self.offered_on)
        if not self.offered:
            code = "no_offers"
        elif self._most(number, need, self.dates) < need.days:
            return "window_too_short", self._most(number, need, self.dates)
        else:
            code = "too_few_dates" if possible < need.days else "too_few_places"
        return code, possible

    def _most(self, number: int, need: Need, dates: Collection[date]) -> int:
        """How many days the learner could spend if all these dates had room."""
        can = [on for on in self.ways[number] if on in dates]
        if not self.per_week:
            return len(can)
        used = Counter(map(week_of, need.beside))
        by_week = Counter(map(week_of, can))
        return sum(min(n, max(0, self.per_week - used[week])) for week, n in by_week.items())

    def shortage(self) -> Shortage:
        """The fewest further places: what still lacks is sent on as if every work day could be offered."""
        helping: set[date] = set()
        for number, need in enumerate(self.needs):
            if self.sent[number] < need.days:
                came_by, _ = self.net.reach(number)
                helping.update(self.date_of_node[node] for node in came_by if node in self.date_of_node)
        used = sum(self.sent)
        kept = list(self.net.room)
        for arc in self.beyond_offers.values():
            self.net.room[arc] = MANY
        beyond = 0
        for number, need in enumerate(self.needs):
            for _day in range(need.days - self.sent[number]):
                beyond += self.net.send(number, lambda node: node == self.further) is None
        more = tuple((on, flow) for on, arc in self.beyond_offers.items() if (flow := self.net.flow(arc)))
        self.net.room = kept
        return Shortage(
            position=self.position,
            needed=sum(need.days for need in self.needs),
            offered=sum(self.offered.values()),
            used=used,
            holders=tuple(self.holders),
            more=more,
            first=min(helping, default=None),
            last=max(helping, default=None),
            beyond=beyond,
        )
