"""Levels, profiles and gaps of people, in bulk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from trellis.domains.careers import rules
from trellis.domains.careers.models import Evidence, ProfileItem
from trellis.domains.careers.rules import Gap, Requirement, Shown
from trellis.kit.prepared import prepared

Row = tuple[int, int, int, date, str]  # person, competency, level, day, source
MOST_IDS = 5_000  # beyond that, a list of ids in the statement costs more than reading everybody


def shown(person_ids: Collection[int] | None, *, on: date, own_estimates: bool = False) -> dict[int, dict[int, Shown]]:
    """Each person's level by competency id on the day, by the policy in rules; one statement. None: everybody.

    Without `own_estimates` only what others said counts, as wherever something is decided about a person.
    """
    wanted = None
    if person_ids is not None and len(person_ids) <= MOST_IDS:
        rows: Iterable[Row] = _evidence_of(person_ids, on)
    else:
        rows = _rows(Evidence.objects.filter(is_current=True, shown_on__lte=on)).iterator(5000)
        wanted = None if person_ids is None else set(person_ids)
    levels: dict[int, dict[int, Shown]] = {}
    for person, competency, has in _derived(rows, on=on, own_estimates=own_estimates):
        if wanted is None or person in wanted:
            levels.setdefault(person, {})[competency] = has
    return levels


def _rows(evidence: QuerySet[Evidence]) -> QuerySet[Evidence, Row]:
    fields = evidence.order_by("person_id", "competency_id", "id")
    return fields.values_list("person_id", "competency_id", "level", "shown_on", "source")


@prepared
def _evidence_of(person_ids: Collection[int], on: date) -> QuerySet[Evidence, Row]:
    return _rows(Evidence.objects.filter(is_current=True, shown_on__lte=on, person__in=person_ids))


def _derived(rows: Iterable[Row], *, on: date, own_estimates: bool = False) -> Iterator[tuple[int, int, Shown]]:
    """Person, competency and the level that follows from the rows, which come by person and competency.

    Mostly a competency has one row, and nothing is to be weighed: that way is short, for it is gone often.
    """
    of: list[Row] = []
    for row in rows:
        if row[4] == "self" and not own_estimates:
            continue
        if of and (of[0][0] != row[0] or of[0][1] != row[1]):
            yield of[0][0], of[0][1], _level(of, on, own_estimates)
            of = [row]
        else:
            of.append(row)
    if of:
        yield of[0][0], of[0][1], _level(of, on, own_estimates)


def _level(of: list[Row], on: date, own_estimates: bool) -> Shown:
    if len(of) == 1:
        return Shown(of[0][2], of[0][3], of[0][4] == "self")
    evidence = [rules.Evidence(competency, level, day, source) for _person, competency, level, day, source in of]
    return rules.levels_shown(evidence, on=on, own_estimates=own_estimates)[of[0][1]]


def levels_shown(person_ids: Collection[int], codes: Collection[str], *, on: date) -> dict[int, dict[str, int]]:
    """The level each person has shown to others in these competencies, by code; one statement.

    People without any such evidence have an empty dict.
    """
    few = len(person_ids) <= MOST_IDS
    rows: Iterable[Any] = _evidence_for(codes, person_ids, on) if few else _coded(codes, on).iterator(5000)
    names: dict[int, str] = {}
    found: dict[int, dict[str, int]] = {pk: {} for pk in person_ids}
    for person, competency, has in _derived(_named(rows, names), on=on):
        if person in found:
            found[person][names[competency]] = has.level
    return found


def _named(rows: Iterable[Any], names: dict[int, str]) -> Iterator[Row]:
    """The rows without their competency's code, which is kept in `names`."""
    for *row, code in rows:
        names[row[1]] = code
        yield tuple(row)


def _coded(codes: Collection[str], on: date) -> QuerySet[Evidence, Any]:
    evidence = Evidence.objects.filter(is_current=True, shown_on__lte=on, competency__code__in=codes)
    fields = evidence.order_by("person_id", "competency_id", "id")
    return fields.values_list("person_id", "competency_id", "level", "shown_on", "source", "competency__code")


@prepared
def _evidence_for(codes: Collection[str], person_ids: Collection[int], on: date) -> QuerySet[Evidence, Any]:
    return _coded(codes, on).filter(person__in=person_ids)


def profile_of(position_ids: Collection[int] | None = None) -> dict[int, tuple[Requirement, ...]]:
    """What each position asks, in the order of its profile, with competencies by id; one statement. None: all."""
    items = _profiles() if position_ids is None else _profiles_of(position_ids)
    profiles: dict[int, list[Requirement]] = {pk: [] for pk in position_ids or ()}
    for position, competency, level, fresh_for_days, weight in items:
        profiles.setdefault(position, []).append(Requirement(competency, level, fresh_for_days, weight))
    return {position: tuple(asked) for position, asked in profiles.items()}


_ASKED = ("position_id", "competency_id", "level", "fresh_for_days", "weight")


@prepared
def _profiles() -> QuerySet[ProfileItem, Any]:
    return ProfileItem.objects.order_by("id").values_list(*_ASKED)


@prepared
def _profiles_of(position_ids: Collection[int]) -> QuerySet[ProfileItem, Any]:
    return ProfileItem.objects.filter(position__in=position_ids).order_by("id").values_list(*_ASKED)


def gaps(
    person_ids: Collection[int], position_ids: Collection[int], *, on: date, own_estimates: bool = False
) -> dict[tuple[int, int], tuple[Gap, ...]]:
    """What each person lacks for each position, by (person, position); two statements."""
    profiles = profile_of(position_ids)
    levels = shown(person_ids, on=on, own_estimates=own_estimates)
    return {
        (person, position): rules.gaps(profiles[position], levels.get(person, {}), on=on)
        for person in person_ids
        for position in position_ids
    }
