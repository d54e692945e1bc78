"""Where one person stands among positions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from trellis.domains.careers import rules
from trellis.domains.careers.models import Aim, Competency, CompetencyLevel, ProfileItem
from trellis.domains.careers.queries.levels import profile_of, shown
from trellis.domains.careers.rules import Gap, Requirement, Shown
from trellis.domains.people.models import Holding, Person, Position
from trellis.kit.prepared import prepared


@dataclass(frozen=True)
class Standpoint:
    """What the person holds, held and aims for, and the levels; own estimates stand in where nobody else spoke."""

    position: Position | None
    held: frozenset[int]
    aim: Position | None
    levels: dict[int, Shown]
    on: date


@dataclass(frozen=True)
class Asked:
    """One line of a profile beside what a person has shown: the competency with its levels, and the gap."""

    competency: Competency
    levels: list[CompetencyLevel]
    gap: Gap
    shown: Shown | None

    @property
    def is_own_estimate(self) -> bool:
        return bool(self.shown and self.shown.is_own_estimate)

    @property
    def dots(self) -> list[dict[str, object]]:
        """One dot a level, with its place in per cent of the width."""
        count, need = len(self.levels), self.gap.requirement.level
        return [
            {"x": f"{100 * (n - 0.5) / count:.1f}", "on": n <= self.gap.current, "need": n == need}
            for n in range(1, count + 1)
        ]

    @property
    def to_come(self) -> list[CompetencyLevel]:
        """The levels from the next one up to the one asked for: what to learn to do."""
        low = self.gap.requirement.level - self.gap.short
        return [level for level in self.levels if low < level.level <= self.gap.requirement.level]

    @property
    def asked_level(self) -> CompetencyLevel | None:
        return next((level for level in self.levels if level.level == self.gap.requirement.level), None)


def standpoint(person: Person, *, on: date) -> Standpoint:
    """Where the person stands on the day; three statements."""
    holdings = _held(person.pk, on)
    present = [h.position for h in holdings if h.ended_on is None or h.ended_on >= on]
    aim = next(iter(_aims(person.pk)), None)
    return Standpoint(
        position=present[-1] if present else None,
        held=frozenset(h.position_id for h in holdings),
        aim=aim.position if aim else None,
        levels=own_levels(person, on=on),
        on=on,
    )


@prepared
def _held(person: int, on: date) -> QuerySet[Holding]:
    return Holding.objects.filter(person=person, began_on__lte=on).select_related("position")


@prepared
def _aims(person: int) -> QuerySet[Aim]:
    return Aim.objects.filter(person=person, dropped_at=None).select_related("position")


def own_levels(person: Person, *, on: date) -> dict[int, Shown]:
    """The person's levels as shown to themselves: with own estimates where nobody else has said anything."""
    return shown([person.pk], on=on, own_estimates=True).get(person.pk, {})


def asked_of(position: Position, levels: dict[int, Shown], *, on: date) -> list[Asked]:
    """What the position asks beside the levels, the widest gap first; two statements."""
    items = _items(position.pk)
    of: dict[int, list[CompetencyLevel]] = {item.competency_id: [] for item in items}
    for level in _described(of):
        of[level.competency_id].append(level)
    asked = [Requirement(i.competency_id, i.level, i.fresh_for_days, i.weight) for i in items]
    found = [
        Asked(item.competency, of[item.competency_id], gap, levels.get(item.competency_id))
        for item, gap in zip(items, rules.gaps(asked, levels, on=on), strict=True)
    ]
    return sorted(found, key=lambda a: -a.gap.short * a.gap.requirement.weight)


@prepared
def _items(position: int) -> QuerySet[ProfileItem]:
    return ProfileItem.objects.filter(position=position).select_related("competency").order_by("id")


@prepared
def _described(competencies: Collection[int]) -> QuerySet[CompetencyLevel]:
    return CompetencyLevel.objects.filter(competency__in=competencies).order_by("level")


def tallies(position_ids: list[int], levels: dict[int, Shown], *, on: date) -> dict[int, tuple[int, int]]:
    """For each position how many of its requirements are met, and how many there are; one statement."""
    found = {pk: rules.gaps(profile, levels, on=on) for pk, profile in profile_of(position_ids).items()}
    return {pk: (sum(gap.is_met for gap in gaps), len(gaps)) for pk, gaps in found.items()}
