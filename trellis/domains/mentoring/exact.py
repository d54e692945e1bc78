"""The fewest different holders, exactly: an integer programme for HiGHS, which the optional extra `planner` brings.

Who gets how many days and how many days each holder hosts is settled before (rules/planning.py); among all plans that
agree with it this finds one in which as few pairs of a learner and a holder meet as possible. Imported by the
background task only: loading the solver takes time and memory that no page should pay.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from typing import Any

from trellis.domains.mentoring.rules.continuity import fewest_pairs, pairs
from trellis.domains.mentoring.rules.planning import Assigned, Plan, Problem, week_of

MOST_CHOICES = 12_000  # beyond it one position is left to the heuristic: no search found more in bearable time
SECONDS = 4.0  # for all positions together

Choice = tuple[int, int, date]  # learner, holder, day


@dataclass(frozen=True)
class Exact:
    """The plan, and whether no plan has fewer pairs."""

    plan: Plan
    proved: bool


def is_there() -> bool:
    """Whether the extra is installed."""
    try:
        import highspy  # noqa: F401, only whether it can be
    except ImportError:
        return False
    return True


def with_fewest_holders(problem: Problem, plan: Plan, *, seconds: float = SECONDS) -> Exact:
    """The plan with the fewest pairs, position by position; `proved` False where time or memory ended the search."""
    days: list[Assigned] = []
    proved, ends = True, monotonic() + seconds
    for position in sorted({day.position for day in plan.days}):
        part = replace(plan, days=tuple(day for day in plan.days if day.position == position))
        asked = replace(
            problem,
            needs=tuple(need for need in problem.needs if need.position == position),
            places=tuple(place for place in problem.places if place.position == position),
        )
        found = _one_position(asked, part, ends - monotonic())
        days += found.plan.days
        proved = proved and found.proved
    return Exact(replace(plan, days=tuple(days)), proved)


def _one_position(problem: Problem, plan: Plan, seconds: float) -> Exact:
    if pairs(plan) == fewest_pairs(plan):
        return Exact(plan, True)
    choices = _choices(problem, {day.learner for day in plan.days})
    if seconds <= 0 or len(choices) > MOST_CHOICES:
        return Exact(plan, False)
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("threads", 1)
    meetings = sorted({(learner, holder) for learner, holder, _on in choices})
    _write(solver, highspy, problem, plan, choices, meetings)
    _start_from(solver, highspy, plan, choices, meetings)
    solver.run()
    values = solver.getSolution().col_value
    if not values or solver.getInfo().primal_solution_status != 2:
        return Exact(plan, False)
    position = problem.needs[0].position
    chosen = [choice for choice, value in zip(choices, values, strict=False) if value > 0.5]
    better = replace(plan, days=tuple(Assigned(who, position, holder, on) for who, holder, on in chosen))
    proved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return Exact(better if pairs(better) <= pairs(plan) else plan, proved)


def _choices(problem: Problem, learners: set[int]) -> list[Choice]:
    offered = sorted({(place.holder, place.on): place.hours for place in problem.places if place.places > 0}.items())
    return [
        (need.learner, holder, on)
        for need in problem.needs
        if need.learner in learners
        for (holder, on), hours in offered
        if need.can(on, hours)
    ]


def _write(
    solver: Any, highspy: Any, problem: Problem, plan: Plan, choices: list[Choice], meetings: list[tuple[int, int]]
) -> None:
    """Variables: each choice (0 or 1), then each meeting (0 or 1, and it costs 1)."""
    for number in range(len(choices) + len(meetings)):
        solver.addVar(0.0, 1.0)
        solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        if number >= len(choices):
            solver.changeColCost(number, 1.0)
    days = Counter(day.learner for day in plan.days)
    loads = plan.loads()
    offered: Counter[tuple[int, date]] = Counter()
    for place in problem.places:
        offered[place.holder, place.on] += place.places

    def at_most(groups: dict[Any, list[int]], limits: dict[Any, int], *, exactly: bool = False) -> None:
        for key, columns in groups.items():
            limit = float(limits[key])
            solver.addRow(limit if exactly else 0.0, limit, len(columns), columns, [1.0] * len(columns))

    at_most(_grouped((who for who, _h, _on in choices)), days, exactly=True)
    hosting = _grouped(holder for _who, holder, _on in choices)
    at_most(hosting, {holder: loads[holder] for holder in hosting}, exactly=True)
    at_most(_grouped((holder, on) for _who, holder, on in choices), offered)
    dates = _grouped((who, on) for who, _h, on in choices)
    at_most(dates, dict.fromkeys(dates, 1))
    if problem.per_week:
        used = Counter((need.learner, week_of(on)) for need in problem.needs for on in need.beside)
        weeks = _grouped((who, week_of(on)) for who, _h, on in choices)
        at_most(weeks, {key: max(0, problem.per_week - used[key]) for key in weeks})
    met = list(range(len(choices), len(choices) + len(meetings)))
    solver.addRow(float(fewest_pairs(plan)), highspy.kHighsInf, len(met), met, [1.0] * len(met))
    column_of = {meeting: len(choices) + number for number, meeting in enumerate(meetings)}
    for number, (who, holder, _on) in enumerate(choices):
        solver.addRow(-1.0, 0.0, 2, [number, column_of[who, holder]], [1.0, -1.0])


def _grouped(keys: Iterable[Hashable]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        found[key].append(number)
    return found


def _start_from(solver: Any, highspy: Any, plan: Plan, choices: list[Choice], meetings: list[tuple[int, int]]) -> None:
    chosen = {(day.learner, day.holder, day.on) for day in plan.days}
    met = {(day.learner, day.holder) for day in plan.days}
    solution = highspy.HighsSolution()
    solution.col_value = [float(choice in chosen) for choice in choices] + [float(pair in met) for pair in meetings]
    solver.setSolution(solution)
