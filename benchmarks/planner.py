"""How long the planner of mentorship days takes, and what it finds: `python benchmarks/planner.py`.

Each case in a process of its own, with no database: what is measured is finding the plan. Exact is the number of days
and their fairness to the holders, in every case; how few holders a learner meets is compared with the smallest number
that is possible. Written into results.json and results.md.
"""

import json
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MONDAY = date(2026, 3, 2)
# Name: people, positions, holders of each, weeks, how often a holder offers a work day
CASES = {
    "40 people, 3 positions": (40, 3, 6, 8, 0.8),
    "500 people, 10 positions": (500, 10, 14, 8, 0.8),
    "500 people, 1 position": (500, 1, 120, 8, 0.8),
    "500 people, half the days they need": (500, 10, 10, 6, 0.5),
}


def measure(name: str) -> dict[str, Any]:
    """One case: seconds of each step, memory, and how good the plan is."""
    from trellis.domains.mentoring import exact
    from trellis.domains.mentoring.rules.continuity import fewest_pairs, pairs, with_fewer_holders
    from trellis.domains.mentoring.rules.planning import plan_days

    asked = problem(*CASES[name])
    began = time.perf_counter()
    plan = plan_days(asked)
    planned = time.perf_counter()
    calmer = with_fewer_holders(asked, plan)
    calmed = time.perf_counter()
    found: dict[str, Any] = {
        "plan_s": planned - began,
        "calm_s": calmed - planned,
        "plain_mb": _memory(),
        "days": len(plan.days),
        "needed": sum(need.days for need in asked.needs),
        "missing_named": sum(shortage.missing for shortage in plan.shortages),
        "pairs": pairs(calmer),
        "fewest": fewest_pairs(calmer),
    }
    if exact.is_there():
        proved = exact.with_fewest_holders(asked, calmer)
        found |= {"solver_s": time.perf_counter() - calmed, "solver_pairs": pairs(proved.plan), "memory_mb": _memory()}
        found |= {"proved": proved.proved}
    return found


def problem(people: int, positions: int, holders: int, weeks: int, offered: float) -> Any:
    """The same for everybody who runs it: a seventh of the dates of each learner are taken."""
    from trellis.domains.mentoring.rules.planning import Need, Place, Problem, workdays

    dice = random.Random(8)
    window = workdays(MONDAY, MONDAY + timedelta(weeks=weeks, days=-1))
    places = [
        Place(position * 1000 + holder, position, on)
        for position in range(positions)
        for holder in range(holders)
        for on in window
        if dice.random() < offered
    ]
    needs = [
        Need(10**6 + n, n % positions, 6, frozenset(on for on in window if dice.random() < 1 / 7))
        for n in range(people)
    ]
    return Problem(tuple(needs), tuple(places), window, per_week=3)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Every case by itself, then the report."""
    from benchmarks import report

    file = ROOT / "benchmarks" / "results.json"
    results: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    for name in CASES:
        told = subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True, cwd=ROOT)
        results.setdefault("planner", {})[name] = json.loads(told.stdout)
        print(name, results["planner"][name])
    file.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(f"Written: {report.write(results)}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
    else:
        main()
