"""Which days count (counting.py), what can be offered (offering.py), who spends which day beside whom (planning.py)."""

from trellis.domains.mentoring.rules.counting import (
    CAME,
    WHOLE_DAY,
    CountedDay,
    DayBeside,
    DaysCount,
    PlanOutcome,
    count_days,
    decide_plan,
    speaks_against,
    why_not_sign,
)
from trellis.domains.mentoring.rules.offering import OfferedDays, OfferOutcome, why_not_offer
from trellis.domains.mentoring.rules.planning import (
    Assigned,
    Hours,
    Need,
    Place,
    Plan,
    Problem,
    Short,
    Shortage,
    plan_days,
    workdays,
)

__all__ = [
    "CAME",
    "WHOLE_DAY",
    "Assigned",
    "CountedDay",
    "DayBeside",
    "DaysCount",
    "Hours",
    "Need",
    "OfferOutcome",
    "OfferedDays",
    "Place",
    "Plan",
    "PlanOutcome",
    "Problem",
    "Short",
    "Shortage",
    "count_days",
    "decide_plan",
    "plan_days",
    "speaks_against",
    "why_not_offer",
    "why_not_sign",
    "workdays",
]
