"""Where people stand in what is required of them: in bulk, four statements at most for however many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, Q, QuerySet, Subquery, Value
from django.db.models.functions import TruncDate
from django.utils import timezone

from trellis.domains.learning.models import Credit, Exemption, Mandatory, Result, TrainingRecord
from trellis.domains.learning.rules.mandatory import Demand, Standing, standing
from trellis.domains.people.models import Holding, on_day
from trellis.domains.sessions.queries import MANY, attendance_of

BY_HAND, EXEMPT = 0, -1  # in the place of the series of a run, in which it was passed
STATES = ("overdue", "due", "done", "exempt")  # what presses most comes first


@dataclass(frozen=True)
class Place:
    """Where somebody is, and since when they are there and in the company."""

    person_id: int
    path: str
    position_id: int
    began: date
    joined: date


@dataclass(frozen=True)
class Required:
    """One training required of one person, and where they stand in it."""

    mandatory: Mandatory
    person_id: int
    standing: Standing


def in_force() -> QuerySet[Mandatory]:
    """What is required now, with course, unit and position."""
    return Mandatory.objects.filter(ended_at=None).select_related("course", "unit__parent", "position")


def of_people(person_ids: Collection[int] | None, on: date) -> dict[int, list[Required]]:
    """What is required of each person on the day, the most pressing first, by id (None: of everybody). Four statements.

    People of whom nothing is required are not in it. It says nothing of development, and no gate may ask it.
    """
    found: dict[int, list[Required]] = defaultdict(list)
    for required in standings(list(in_force()), person_ids, on):
        found[required.person_id].append(required)
    return {person: sorted(lines, key=pressing) for person, lines in found.items()}


def of_person(person_id: int, on: date) -> list[Required]:
    """The same of one person in three statements, for a page that asks much else."""
    place = _here(on).filter(person=person_id).order_by("-began_on", "-id")
    asked: QuerySet[Any] = in_force().annotate(
        path=Subquery(place.values("unit__path")[:1]),
        holds=Subquery(place.values("position")[:1]),
        began=Subquery(place.values("began_on")[:1]),
        joined=Subquery(place.values("person__employments__began_on")[:1]),
    )
    rows = list(asked)
    places = [Place(person_id, row.path, row.holds, row.began, row.joined) for row in rows[:1] if row.began]
    return sorted(_standings(rows, places, [person_id], on), key=pressing)


def pressing(line: Required) -> tuple[int, date]:
    """For sorting: what presses most comes first."""
    return STATES.index(line.standing.state), line.standing.due or date.max


def standings(required: Collection[Mandatory], person_ids: Collection[int] | None, on: date) -> list[Required]:
    """Where the people stand in these trainings (None: everybody here), of whom each is required."""
    return _standings(required, _places(person_ids, on), person_ids, on)


def _standings(
    required: Collection[Mandatory], places: Iterable[Place], person_ids: Collection[int] | None, on: date
) -> list[Required]:
    done, exempt = _settled(required, person_ids, on)
    found = []
    asked = [(m, _demand(m), m.unit.path if m.unit else "", m.position_id) for m in required]
    for place in places:
        for mandatory, demand, branch, position in asked:
            if (began := _began(branch, position, place)) is not None:
                where = standing(
                    demand,
                    began=began,
                    done=done.get((place.person_id, mandatory.course_id), ()),
                    exempt=(place.person_id, mandatory.pk) in exempt,
                    on=on,
                )
                found.append(Required(mandatory, place.person_id, where))
    return found


def counted(required: Iterable[Required]) -> dict[int, Counter[str]]:
    """How many stand where, by the id of what is required."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for line in required:
        found[line.mandatory.pk][line.standing.state] += 1
    return found


def _demand(m: Mandatory) -> Demand:
    return Demand(m.due_on, m.within_days, m.repeat_months, timezone.localdate(m.declared_at))


def _began(branch: str, position: int | None, place: Place) -> date | None:
    """Since when it is asked of somebody at this place, of a branch (its path) or a position; None: it is not."""
    if not branch and position is None:
        return place.joined
    return place.began if position in (None, place.position_id) and place.path.startswith(branch) else None


def _here(on: date) -> QuerySet[Holding]:
    return Holding.objects.filter(on_day(on), on_day(on, "person__employments__"), person__erased_at=None)


def _places(person_ids: Collection[int] | None, on: date) -> list[Place]:
    held = _here(on)
    if person_ids is not None and len(person_ids) <= MANY:
        held = held.filter(person__in=person_ids)
    rows = held.order_by().values_list(
        "person_id", "unit__path", "position_id", "began_on", "person__employments__began_on"
    )
    wanted = None if person_ids is None else set(person_ids)
    return [Place(*row) for row in rows.iterator(5000) if wanted is None or row[0] in wanted]


def _settled(
    required: Collection[Mandatory], person_ids: Collection[int] | None, on: date
) -> tuple[dict[tuple[int, int], list[date]], set[tuple[int, int]]]:
    """(person, course) to the days it was done: passed with every session, credited, or on the office's record; and
    (person, training) of those exempt on the day. Two statements."""
    courses = {mandatory.course_id for mandatory in required}
    few = Q(person__in=person_ids) if person_ids is not None and len(person_ids) <= MANY else Q()
    passed = Result.objects.filter(few, is_current=True, passed=True, offering__course__in=courses)
    credited = Credit.objects.filter(few, state=Credit.State.GRANTED, course__in=courses)
    recorded = TrainingRecord.objects.filter(few, course__in=courses)
    spared = Exemption.objects.filter(few, Q(until=None) | Q(until__gte=on), mandatory__in=required, ended_at=None)
    rows: QuerySet[Any, Any] = passed.order_by().values_list(
        "person_id", "offering__course_id", TruncDate("graded_at"), "offering__series_id"
    )
    by_hand = Value(BY_HAND)
    others = [
        credited.order_by().annotate(how=by_hand).values_list("person_id", "course_id", "learned_on", "how"),
        recorded.order_by().annotate(how=by_hand).values_list("person_id", "course_id", "done_on", "how"),
        spared.order_by()
        .annotate(day=Value(None, output_field=DateField()), how=Value(EXEMPT))
        .values_list("person_id", "mandatory_id", "day", "how"),
    ]
    found = list(rows.union(*others, all=True))
    attended = attendance_of({(series, person) for person, _course, _day, series in found if series > 0})
    days: dict[tuple[int, int], list[date]] = defaultdict(list)
    for person, course, day, series in found:
        if series == BY_HAND or (series > 0 and attended[series, person].is_full):
            days[person, course].append(day)
    return days, {(person, mandatory) for person, mandatory, _day, series in found if series == EXEMPT}
