"""Levels and gaps.

The policy by which a level follows from evidence, "the latest assessment, and what was proved since":
- An *assessment* says where somebody stands on a day: the latest one stands for everything up to that day.
- A course passed, or what was brought along, proves *at least* its level: it raises, and never lowers.
- An *own estimate* helps in planning and counts for nothing else: it stands in only where nobody else has said
  anything, and only for those who ask for it. Nobody confirms their own level.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

Competency = Any  # a code or an id


@dataclass(frozen=True)
class Requirement:
    """A competency at a level. `fresh_for_days`: evidence older than that no longer counts (None: it never ages)."""

    competency: Competency
    level: int
    fresh_for_days: int | None = None
    weight: int = 1


@dataclass(frozen=True)
class Evidence:
    """That a level was shown on a day. `source`: assessed, course, imported or self."""

    competency: Competency
    level: int
    shown_on: date
    source: str = "assessed"

    def meets(self, requirement: Requirement, *, on: date) -> bool:
        """Whether this alone shows what is required on the day. Levels are cumulative: 3 also shows 2."""
        return (
            self.competency == requirement.competency
            and self.level >= requirement.level
            and _is_fresh(self.shown_on, requirement.fresh_for_days, on)
        )


class Shown(NamedTuple):
    """The level that follows from the evidence and the day it was last shown.

    `lower_since` holds lower levels proved after that day: they count where only fresh evidence does. A tuple, since a
    whole company has some hundred thousand of them.
    """

    level: int
    shown_on: date
    is_own_estimate: bool = False
    lower_since: tuple[tuple[int, date], ...] = ()

    def fresh_level(self, fresh_for_days: int | None, *, on: date) -> int:
        """The level of the evidence that is not too old on the day, 0 when all of it is."""
        if fresh_for_days is None:
            return self.level
        proofs = ((self.level, self.shown_on), *self.lower_since)
        return max((level for level, day in proofs if _is_fresh(day, fresh_for_days, on)), default=0)


@dataclass(frozen=True)
class Gap:
    """One requirement beside what is shown. `short` counts levels; a level that has aged counts as not shown."""

    requirement: Requirement
    current: int
    short: int
    aged: bool = False

    @property
    def is_met(self) -> bool:
        return self.short == 0


def missing(requirements: Collection[Requirement], shown: Collection[Evidence], *, on: date) -> tuple[Requirement, ...]:
    """What is still to be shown on the given day. Levels are cumulative: 3 also shows 2."""
    return tuple(r for r in requirements if not any(e.meets(r, on=on) for e in shown))


def levels_shown(evidence: Iterable[Evidence], *, on: date, own_estimates: bool = False) -> dict[Competency, Shown]:
    """One person's level in each competency on the day, by the policy above; evidence of later days is left out.

    With `own_estimates` the latest own estimate stands in where there is nothing else.
    """
    by_others: dict[Competency, Shown] = {}
    own: dict[Competency, Shown] = {}
    for e in sorted((e for e in evidence if e.shown_on <= on), key=_as_they_count):
        if e.source == "self":
            own[e.competency] = Shown(e.level, e.shown_on, is_own_estimate=True)
            continue
        so_far = by_others.get(e.competency)
        if so_far is None or e.source == "assessed" or e.level >= so_far.level:
            by_others[e.competency] = Shown(e.level, e.shown_on)
        else:
            lower = (*so_far.lower_since, (e.level, e.shown_on))
            by_others[e.competency] = Shown(so_far.level, so_far.shown_on, lower_since=lower)
    return {**own, **by_others} if own_estimates else by_others


def _as_they_count(evidence: Evidence) -> tuple[date, bool, int]:
    # Whether a course passed on the day of an assessment was known to the assessor cannot be told: it may raise. Of two
    # assessments of one day nobody can say which came later, and the order they are read in must decide nothing.
    return evidence.shown_on, evidence.source != "assessed", evidence.level


def why_not_recorded(*, source: str, is_oneself: bool, is_level: bool, shown_on: date, on: date) -> tuple[str, ...]:
    """Every reason against keeping a statement: about_oneself | not_oneself | no_such_level | in_the_future."""
    reasons = {
        "about_oneself": is_oneself and source != "self",
        "not_oneself": source == "self" and not is_oneself,
        "no_such_level": not is_level,
        "in_the_future": shown_on > on,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def gap(required: int, current: int) -> int:
    """Levels that are missing, at least 0: a surplus never offsets a deficit elsewhere."""
    return max(0, required - current)


def gaps(requirements: Iterable[Requirement], shown: Mapping[Competency, Shown], *, on: date) -> tuple[Gap, ...]:
    """Each requirement with the level shown on the day and what is missing, in the order of the requirements."""
    found = []
    for requirement in requirements:
        has = shown.get(requirement.competency)
        current = has.level if has else 0
        fresh = has.fresh_level(requirement.fresh_for_days, on=on) if has else 0
        aged = fresh < requirement.level <= current
        found.append(Gap(requirement, current, gap(requirement.level, fresh), aged))
    return tuple(found)


def weighted_gap(found: Collection[Gap]) -> float:
    """The mean of the gaps in levels, by weight. 0 where nothing is asked.

    Gaps 2, 1, 2, 0 with weights 4, 3, 2, 1: 1.5.
    """
    total = sum(g.requirement.weight for g in found)
    return sum(g.short * g.requirement.weight for g in found) / total if total else 0.0


def _is_fresh(shown_on: date, fresh_for_days: int | None, on: date) -> bool:
    return shown_on <= on and (fresh_for_days is None or (on - shown_on).days <= fresh_for_days)
