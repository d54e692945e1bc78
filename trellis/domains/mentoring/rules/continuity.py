"""Few different holders for each learner, without disturbing who hosts how often and who has how many days.

Two learners exchange their places, or one moves to a place nobody took beside a holder who has one day less: either
leaves everybody's number of days and the holders' loads, as a whole, as they were. It goes on as long as learners come
to stay more with those they know. An exact answer, where one is wanted, is in exact.py.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from math import gcd

from trellis.domains.mentoring.rules.planning import Assigned, Hours, Need, Plan, Problem, week_of

ROUNDS = 12


def pairs(plan: Plan) -> int:
    """How many pairs of a learner and a holder meet; fewer is calmer."""
    return len({(day.learner, day.holder) for day in plan.days})


def fewest_pairs(plan: Plan) -> int:
    """No plan with the same days per learner and per holder has fewer pairs than this.

    Pairs are the edges of a graph over n learners and m holders, so there are at least n + m less the number of its
    parts. Within a part the holders' days are the learners', a multiple of what all needs have in common: a holder
    alone, two who complement each other, or at least three.
    """
    days, loads = Counter(day.learner for day in plan.days), plan.loads()
    common = gcd(*days.values())
    if common <= 1:
        return max(len(days), len(loads))
    rest = Counter(load % common for load in loads.values())
    alone = rest.pop(0, 0)
    twos = sum(min(n, rest[common - r]) for r, n in rest.items() if 2 * r < common) + (
        rest[common // 2] // 2 if common % 2 == 0 else 0
    )
    parts = alone + twos + (rest.total() - 2 * twos) // 3
    return max(len(days), len(days) + len(loads) - parts)


def with_fewer_holders(problem: Problem, plan: Plan) -> Plan:
    """The plan after exchanges that bring learners back to holders they meet anyway."""
    return replace(plan, days=_Exchange(problem, plan.days).done())


class _Exchange:
    def __init__(self, problem: Problem, days: Iterable[Assigned]) -> None:
        self.per_week = problem.per_week
        self.needs: dict[int, Need] = {need.learner: need for need in problem.needs}
        self.at: dict[tuple[int, date], Assigned] = {}
        self.met: Counter[tuple[int, int]] = Counter()
        self.weeks: Counter[tuple[int, date]] = Counter()
        self.loads: Counter[int] = Counter(problem.hosted)
        self.by_holder: dict[int, set[Assigned]] = defaultdict(set)
        self.by_learner: dict[int, set[Assigned]] = defaultdict(set)
        self.free: Counter[tuple[int, date]] = Counter()
        self.hours: dict[tuple[int, date], Hours | None] = {}
        for place in problem.places:
            self.free[place.holder, place.on] += place.places
            self.hours[place.holder, place.on] = place.hours
        self.dates_of: dict[int, list[date]] = defaultdict(list)
        for holder, on in sorted(self.free):
            self.dates_of[holder].append(on)
        for need in problem.needs:
            self.weeks.update((need.learner, week_of(on)) for on in need.beside)
        for day in days:
            self._put(day)

    def _put(self, day: Assigned) -> None:
        self.at[day.learner, day.on] = day
        self.met[day.learner, day.holder] += 1
        self.weeks[day.learner, week_of(day.on)] += 1
        self.by_holder[day.holder].add(day)
        self.by_learner[day.learner].add(day)
        self.free[day.holder, day.on] -= 1
        self.loads[day.holder] += 1

    def _take(self, day: Assigned) -> None:
        del self.at[day.learner, day.on]
        self.met[day.learner, day.holder] -= 1
        self.weeks[day.learner, week_of(day.on)] -= 1
        self.by_holder[day.holder].discard(day)
        self.by_learner[day.learner].discard(day)
        self.free[day.holder, day.on] += 1
        self.loads[day.holder] -= 1

    def done(self) -> tuple[Assigned, ...]:
        for _round in range(ROUNDS):
            order = sorted(self.at.values(), key=lambda d: (self.met[d.learner, d.holder], d.on, d.learner))
            if not sum(self._improve(day) for day in order if self.at.get((day.learner, day.on)) is day):
                break
        return tuple(sorted(self.at.values(), key=lambda d: (d.on, d.learner)))

    def _improve(self, day: Assigned) -> bool:
        """Bring this day to a holder the learner meets on other days, if that is a gain for the two concerned."""
        here = self.met[day.learner, day.holder]
        known = sorted({d.holder for d in self.by_learner[day.learner]} - {day.holder})
        return any(
            self.met[day.learner, holder] >= here and (self._to_free(day, holder) or self._with_another(day, holder))
            for holder in known
        )

    def _to_free(self, day: Assigned, holder: int) -> bool:
        """To a place nobody took; allowed when the two holders only change their roles in the load."""
        if self.loads[day.holder] != self.loads[holder] + 1:
            return False
        for on in self.dates_of[holder]:
            if self.free[holder, on] > 0 and self._can(day.learner, holder, on, instead_of=day.on):
                self._take(day)
                self._put(replace(day, holder=holder, on=on))
                return True
        return False

    def _with_another(self, day: Assigned, holder: int) -> bool:
        """With somebody for whom it is no loss, all told."""
        gain = self._gain(day.learner, day.holder, holder)
        for other in sorted(self.by_holder[holder], key=lambda d: (self.met[d.learner, holder], d.on, d.learner)):
            if other.learner == day.learner or gain + self._gain(other.learner, holder, day.holder) <= 0:
                continue
            if self._can(day.learner, holder, other.on, instead_of=day.on) and self._can(
                other.learner, day.holder, day.on, instead_of=other.on
            ):
                self._take(day)
                self._take(other)
                self._put(replace(day, holder=holder, on=other.on))
                self._put(replace(other, holder=day.holder, on=day.on))
                return True
        return False

    def _gain(self, learner: int, left: int, joined: int) -> int:
        """By how much the sum of squares of days together grows; it grows when days gather beside one holder."""
        return 2 * (self.met[learner, joined] - self.met[learner, left] + 1)

    def _can(self, learner: int, holder: int, on: date, *, instead_of: date) -> bool:
        need = self.needs[learner]
        if not need.can(on, self.hours.get((holder, on))):
            return False
        if on == instead_of:
            return True
        if (learner, on) in self.at:
            return False
        week = week_of(on)
        return not self.per_week or week == week_of(instead_of) or self.weeks[learner, week] < self.per_week
