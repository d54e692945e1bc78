"""Supply against expected openings, position by position, some months ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trellis.domains.opportunities.rules.pool import add_months

HORIZONS = (3, 6, 12)  # months ahead
# A position's own rate of vacancies is leaned on the company's as if so many more posts had been watched for the year:
# of two holders of whom one left, half a post a year says little about the next year.
LEAN_ON = 10


@dataclass(frozen=True)
class Past:
    """One position over the last twelve months: posts held at their beginning and at their end, and how many were
    vacated (left, moved or promoted away)."""

    then: int
    now: int
    vacated: int

    @property
    def average(self) -> float:
        return (self.then + self.now) / 2


@dataclass(frozen=True)
class Plan:
    """Posts the office expects: how many, by when; `is_leaver` when somebody is known to leave."""

    count: int
    by: date
    is_leaver: bool = False


@dataclass(frozen=True)
class Coming:
    """Who could fill them. `arriving` are the days on which those on a journey to the position should be through."""

    ready: int
    nearly: int
    arriving: tuple[date, ...] = ()


@dataclass(frozen=True)
class Outlook:
    """One position, one horizon. `leavers` and `gap` are posts, with decimals: they are expectations."""

    months: int
    open_now: int
    leavers: float
    planned: int
    ready: int
    nearly: int
    arriving: int

    @property
    def expected(self) -> float:
        """Expected openings: those open now, those left by leavers, those planned."""
        return self.open_now + self.leavers + self.planned

    @property
    def cover(self) -> float | None:
        """Pool cover: ready for each expected opening; None when none is expected."""
        return self.ready / self.expected if self.expected >= 0.05 else None

    @property
    def gap(self) -> float:
        """Posts nobody would be there for, counting those ready and those who should be through by then."""
        return max(0.0, self.expected - self.ready - self.arriving)

    @property
    def state(self) -> str:
        """none (nothing expected) | covered (by those ready) | on_the_way (with those arriving) | nearly (with those
        nearly ready too) | short."""
        if self.expected < 0.5:
            return "none"
        if self.ready >= self.expected:
            return "covered"
        if self.gap < 0.5:
            return "on_the_way"
        return "nearly" if self.gap - self.nearly < 0.5 else "short"


def rate_of_vacancies(past: Past, company: Past) -> float:
    """Posts vacated for each post held, in a year: vacated / average held, leaned on the company's rate.

    (vacated + LEAN_ON x company's rate) / (average + LEAN_ON). The turnover of methods.md, steadied for few posts.
    """
    overall = company.vacated / company.average if company.average else 0.0
    return (past.vacated + LEAN_ON * overall) / (past.average + LEAN_ON)


def outlook(
    past: Past, company: Past, coming: Coming, *, open_now: int, plans: Sequence[Plan], months: int, on: date
) -> Outlook:
    """What is expected so many months ahead. Plans whose day is past and that stand still count: the post is needed.

    Leavers: posts held now x yearly rate x months / 12, or those known to leave where these are more; the known ones
    are not counted beside, for the rate has them.
    """
    until = add_months(on, months)
    due = [plan for plan in plans if plan.by <= until]
    known = sum(plan.count for plan in due if plan.is_leaver)
    return Outlook(
        months=months,
        open_now=open_now,
        leavers=max(past.now * rate_of_vacancies(past, company) * months / 12, float(known)),
        planned=sum(plan.count for plan in due if not plan.is_leaver),
        ready=coming.ready,
        nearly=coming.nearly,
        arriving=sum(day <= until for day in coming.arriving),
    )
