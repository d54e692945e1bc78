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
from datetime import date, time, timedelta
from typing import TypeVar

from trellis.domains.mentoring.rules.flow import Network

MANY = 10**6
Hours = tuple[time, time]  # from when to when; an end before the start is on the next morning
Slot = tuple[date, tuple[time, ...]]  # a date, and the hours where they keep somebody away; () for any hours


@dataclass(frozen=True)
class Place:
    """A day that a holder offers: how many learners can still come, and its hours where they are known."""

    holder: int
    position: int
    on: date
    places: int = 1
    hours: Hours | None = None


@dataclass(frozen=True)
class Need:
    """How many more days a learner needs.

    `busy`: dates that are taken; `beside`: those of days planned already; `outside`: dates with hours of places, where
    these lie outside the learner's working hours.
    """

    learner: int
    position: int
    days: int = 6
    busy: frozenset[date] = frozenset()
    beside: frozenset[date] = frozenset()
    outside: frozenset[tuple[date, Hours]] = frozenset()

    def can(self, on: date, hours: Hours | None = None) -> bool:
        """Whether the learner can come on the date, at these hours."""
        return on not in self.busy and on not in self.beside and (hours is None or (on, hours) not in self.outside)


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
    """The flow of one position: learner, week of the learner, date, holder. `further` stands for days nobody offers.

    A date on which the hours of some places keep somebody away is split: a slot for each of these hours, and one for
    all others. A learner who could take several slots of a date goes through a node that lets one day pass.
    """

    def __init__(self, problem: Problem, position: int, needs: list[Need], places: list[Place]) -> None:
        self.position, self.needs, self.per_week = position, needs, problem.per_week
        parted = frozenset().union(*(need.outside for need in needs))
        self.slots_on: dict[date, set[Slot]] = {on: {(on, ())} for on in problem.workdays}
        free: Counter[tuple[Slot, int]] = Counter()
        for place in places:
            if place.places > 0:
                slot: Slot = (place.on, place.hours if place.hours and (place.on, place.hours) in parted else ())
                free[slot, place.holder] += place.places
                self.slots_on.setdefault(place.on, {(place.on, ())}).add(slot)
        self.offered = dict(sorted(free.items()))
        self.slots_offered = {slot for slot, _holder in self.offered}
        self.dates = sorted(self.slots_on)
        self.slots = sorted(slot for slots in self.slots_on.values() for slot in slots)
        self.holders = sorted({holder for _slot, holder in self.offered})
        self._build(problem)

    def _build(self, problem: Problem) -> None:
        first_slot = len(self.needs)
        first_holder = first_slot + len(self.slots)
        self.node_of_slot = {slot: first_slot + n for n, slot in enumerate(self.slots)}
        self.slot_of_node = {node: slot for slot, node in self.node_of_slot.items()}
        self.node_of_holder = {holder: first_holder + n for n, holder in enumerate(self.holders)}
        self.further = first_holder + len(self.holders)
        self.net = net = Network(self.further + 1)
        self.loads = {node: problem.hosted.get(holder, 0) for holder, node in self.node_of_holder.items()}
        self.ways: list[dict[Slot, list[int]]] = [self._ways_of(n, need) for n, need in enumerate(self.needs)]
        self.hosting = {
            key: net.connect(self.node_of_slot[key[0]], self.node_of_holder[key[1]], limit)
            for key, limit in self.offered.items()
        }
        self.hosts_in: dict[Slot, list[int]] = defaultdict(list)
        for slot, holder in self.offered:
            self.hosts_in[slot].append(holder)
        self.beyond_offers = {on: net.connect(self.node_of_slot[on, ()], self.further, 0) for on in self.dates}
        self.sent = [0] * len(self.needs)

    def _ways_of(self, number: int, need: Need) -> dict[Slot, list[int]]:
        """Slot to the arcs from the learner to it, for the dates and hours at which the learner can come."""
        into_week: dict[date, tuple[int, int]] = {}  # node, and the arc that leads there
        used = Counter(map(week_of, need.beside))
        ways: dict[Slot, list[int]] = {}
        net = self.net
        for on in self.dates:
            if not need.can(on):
                continue
            start, arcs = number, []
            if self.per_week:
                week = week_of(on)
                if week not in into_week:
                    node = net.node()
                    into_week[week] = node, net.connect(number, node, max(0, self.per_week - used[week]))
                start, arcs = into_week[week][0], [into_week[week][1]]
            slots = [slot for slot in sorted(self.slots_on[on]) if slot not in need.outside]
            if len(slots) > 1:
                node = net.node()
                start, arcs = node, [*arcs, net.connect(start, node, 1)]
            for slot in slots:
                ways[slot] = [*arcs, net.connect(start, self.node_of_slot[slot], 1)]
        return ways

    # -- finding

    def serve(self) -> None:
        """One learner after the other, where there is most room first; then the days of the holders are evened out."""
        room = Counter(dict.fromkeys(self.slots, 0))
        for (slot, _holder), limit in self.offered.items():
            room[slot] += limit
        is_holder = self.loads.__contains__
        for number, need in enumerate(self.needs):
            for _day in range(need.days):
                if not (self._send_straight(number, room) or self._send_around(number, room, is_holder)):
                    break
                self.sent[number] += 1
        self.net.level(self.loads)

    def _send_straight(self, number: int, room: Counter[Slot]) -> bool:
        """To the date with the most room and, there, the holder with the fewest days."""
        rooms = self.net.room
        open_ = [slot for slot, arcs in self.ways[number].items() if room[slot] and all(rooms[arc] for arc in arcs)]
        if not open_:
            return False
        slot = max(open_, key=lambda one: (room[one], -one[0].toordinal()))
        hosts = [holder for holder in self.hosts_in[slot] if rooms[self.hosting[slot, holder]]]
        holder = min(hosts, key=lambda h: (self.loads[self.node_of_holder[h]], h))
        self.net.push([*self.ways[number][slot], self.hosting[slot, holder]])
        self.loads[self.node_of_holder[holder]] += 1
        room[slot] -= 1
        return True

    def _send_around(self, number: int, room: Counter[Slot], is_holder: Callable[[int], bool]) -> bool:
        """By moving others aside."""
        came_by, end = self.net.reach(number, is_holder)
        if end is None:
            return False
        way = self.net.way_to(end, came_by)
        self.net.push(way)
        self.loads[end] += 1
        for arc in way:
            start, to = self.net.to[arc ^ 1], self.net.to[arc]
            if start in self.slot_of_node and to in self.loads:
                room[self.slot_of_node[start]] -= 1
            elif start in self.loads and to in self.slot_of_node:
                room[self.slot_of_node[to]] += 1
        return True

    # -- telling

    def assigned(self) -> list[Assigned]:
        """The days that flow; on each date the learner stays with a holder met before, where that can be."""
        left = {key: self.net.flow(arc) for key, arc in self.hosting.items()}
        met: list[Counter[int]] = [Counter() for _need in self.needs]
        days = []
        for slot in self.slots:
            for number, need in enumerate(self.needs):
                way = self.ways[number].get(slot)
                if not way or not self.net.flow(way[-1]):
                    continue
                hosts = [holder for holder in self.hosts_in[slot] if left[slot, holder]]
                holder = max(hosts, key=lambda h: (met[number][h], left[slot, h], -h))
                left[slot, holder] -= 1
                met[number][holder] += 1
                days.append(Assigned(need.learner, self.position, holder, slot[0]))
        return days

    def missing(self) -> list[Short]:
        """Who gets too few days, and why."""
        return [
            Short(need.learner, self.position, need.days - sent, *self._why(number, need))
            for number, (need, sent) in enumerate(zip(self.needs, self.sent, strict=True))
            if sent < need.days
        ]

    def _why(self, number: int, need: Need) -> tuple[str, int]:
        possible = self._most(number, need, self.slots_offered)
        if not self.offered:
            code = "no_offers"
        elif self._most(number, need, self.slots) < need.days:
            return "window_too_short", self._most(number, need, self.slots)
        else:
            code = "too_few_dates" if possible < need.days else "too_few_places"
        return code, possible

    def _most(self, number: int, need: Need, slots: Collection[Slot]) -> int:
        """How many days the learner could spend if all these slots had room."""
        can = {slot[0] for slot in self.ways[number] if slot in slots}
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
                helping.update(self.slot_of_node[node][0] for node in came_by if node in self.slot_of_node)
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
