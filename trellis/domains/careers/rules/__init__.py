"""What careers decide: which level is shown, what is missing, who is ready. Competencies go by code or by id."""

from trellis.domains.careers.rules.everyone import DAYS, Alike, Readiness, readiness, who_meets
from trellis.domains.careers.rules.levels import (
    Evidence,
    Gap,
    Requirement,
    Shown,
    gap,
    gaps,
    levels_shown,
    missing,
    weighted_gap,
    why_not_recorded,
)

__all__ = [
    "DAYS",
    "Alike",
    "Evidence",
    "Gap",
    "Readiness",
    "Requirement",
    "Shown",
    "gap",
    "gaps",
    "levels_shown",
    "missing",
    "readiness",
    "weighted_gap",
    "who_meets",
    "why_not_recorded",
]
