"""Where people stand in courses. In bulk, a constant number of statements."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone

from trellis.domains.learning.models import Attempt, Credit, Enrolment, Offering, Resit, Result
from trellis.domains.learning.rules import CourseStanding, Credited, none_left, read_scheme, weight
from trellis.domains.sessions.queries import MANY, attendance_of
from trellis.domains.sessions.rules import Attendance
from trellis.kit import clock
from trellis.kit.listing import Listing
from trellis.kit.prepared import prepared


def course_standings(
    person_ids: Collection[int], course_ids: Collection[int], *, on: date | None = None
) -> dict[tuple[int, int], CourseStanding]:
    """(person, course) to standing, for every pair asked for. Two statements, however many people and courses."""
    people, courses = set(person_ids), set(course_ids)
    day = on or clock.today()
    rows = _enrolments(people, courses)
    # Enrolling makes a member of the series, so who is enrolled need not be looked up among the members again.
    attended = attendance_of({(row.series_id, row.person_id) for row in rows if row.series_id})
    found: dict[tuple[int, int], CourseStanding] = {}
    for row in rows:
        standing = _standing_by(row, attended, day)
        before = found.get((row.person_id, standing.course_id))
        if before is None or weight(standing) >= weight(before):
            found[row.person_id, standing.course_id] = standing
    blank = {course: CourseStanding(course) for course in courses}
    return {(person, course): found.get((person, course), blank[course]) for person in people for course in courses}


@dataclass(slots=True)
class _Enrolled:
    """An enrolment with its offering, the current result in it, and who teaches it.

    Without an offering it is a credit: `ended_at` is the moment it was granted, its only teacher who granted it.
    """

    person_id: int
    ended_at: datetime | None
    offering_id: int | None
    course_id: int
    series_id: int
    ends_on: date
    score: Decimal | None
    passed: bool | None
    note: str
    tried: str | None  # of who has not passed and was granted no further attempt: the parts tried, and the scheme
    assessed: str | None
    teacher_ids: list[int] = field(default_factory=list)


def _standing_by(row: _Enrolled, attended: Mapping[tuple[int, int], Attendance], day: date) -> CourseStanding:
    if row.offering_id is None and row.ended_at:
        by = Credited(row.teacher_ids[0], timezone.localdate(row.ended_at), row.note)
        return CourseStanding(row.course_id, score=row.score, passed=True, credited=by)
    waits = row.ends_on < day and row.passed is None and row.ended_at is None
    return CourseStanding(
        course_id=row.course_id,
        offering_id=row.offering_id,
        enrolled=row.ended_at is None,
        attendance=attended.get((row.series_id, row.person_id)),
        score=row.score,
        passed=row.passed,
        teacher_ids=tuple(sorted(row.teacher_ids)),
        waiting_since=row.ends_on if waits else None,
        no_more_tries=bool(row.tried and row.assessed and _used_up(row.tried, row.assessed)),
    )


def _used_up(tried: str, assessed: str) -> bool:
    return none_left(read_scheme(json.loads(assessed))[0], tried.split(","))


def _enrolments(people: set[int], courses: set[int]) -> list[_Enrolled]:
    """Enrolments of the people in the courses, the oldest first, and credits; one statement, a row for each teacher."""
    if len(people) <= MANY:
        rows = _enrolled(people, courses)
    else:
        everybody = Enrolment.objects.filter(offering__course_id__in=courses)
        rows = list(_with_credits(everybody, Credit.objects.filter(course_id__in=courses)))
    found: dict[tuple[bool, int], _Enrolled] = {}
    for pk, *row, teacher_id in rows:
        key = (row[2] is None, pk)
        if key not in found:
            found[key] = _Enrolled(*row)
        if teacher_id is not None:
            found[key].teacher_ids.append(teacher_id)
    return [row for _key, row in sorted(found.items(), key=itemgetter(0)) if row.person_id in people]


@prepared
def _enrolled(people: Collection[int], courses: Collection[int]) -> QuerySet[Any, tuple[Any, ...]]:
    enrolments = Enrolment.objects.filter(offering__course_id__in=courses, person_id__in=people)
    return _with_credits(enrolments, Credit.objects.filter(course_id__in=courses, person_id__in=people))


def _with_credits(enrolments: QuerySet[Enrolment], credits: QuerySet[Credit]) -> QuerySet[Any, tuple[Any, ...]]:
    result = Q(offering__results__is_current=True, offering__results__person=F("person"))
    shown: QuerySet[Any] = enrolments.annotate(
        result=FilteredRelation("offering__results", condition=result), note=Value("")
    )
    shown = shown.annotate(**_tries())
    counted: QuerySet[Any] = credits.filter(state=Credit.State.GRANTED).annotate(
        nothing=NO_ID, no_day=NO_DAY, yes=Value(True), no_text=NO_TEXT, nor_text=NO_TEXT
    )
    rows = shown.order_by().values_list(
        "pk",
        "person_id",
        "withdrawn_at",
        "offering_id",
        "offering__course_id",
        "offering__series_id",
        "offering__ends_on",
        "result__score",
        "result__passed",
        "note",
        "tried",
        "scheme",
        "offering__teachers",
    )
    granted = counted.order_by().values_list(
        "pk",
        "person_id",
        "decided_at",
        "nothing",
        "course_id",
        "nothing",
        "no_day",
        "score",
        "yes",
        "reason",
        "no_text",
        "nor_text",
        "decided_by",
    )
    return rows.union(granted, all=True)


NO_ID, NO_DAY = Value(None, output_field=IntegerField()), Value(None, output_field=DateField())
NO_TEXT = Value(None, output_field=TextField())
NOT_PASSED = Q(result__passed=False)


def _tries() -> dict[str, Case]:
    """Of those who have not passed, and looked up for nobody else: what `_Enrolled` says."""
    own = {"offering": OuterRef("offering"), "person": OuterRef("person")}
    attempts = Attempt.objects.filter(**own, is_current=True).exclude(state=Attempt.State.EXCUSED).order_by()
    parts = attempts.values("offering").annotate(parts=Listing("part")).values("parts")
    resits = Resit.objects.filter(
        offering=OuterRef("offering"),
        session__cancelled_at=None,
        session__series__members__person=OuterRef("person"),
        session__series__members__left_at=None,
    )
    sat = Attempt.objects.filter(resit=OuterRef("pk"), person=OuterRef(OuterRef("person")))
    granted = Exists(resits.exclude(Exists(sat)))
    return {
        "tried": Case(When(NOT_PASSED & ~granted, then=Subquery(parts)), default=NO_TEXT),
        "scheme": Case(When(NOT_PASSED, then=Cast("offering__assessed", TextField())), default=NO_TEXT),
    }


def offering_standing(offering: Offering, person_id: int) -> CourseStanding:
    """Where the person stands in this very offering."""
    own: dict[str, Any] = {"offering": OuterRef("pk"), "person": person_id}
    result = Result.objects.filter(is_current=True, **own)
    enrolled, ever, score, passed = (
        Offering.objects.filter(pk=offering.pk)
        .order_by()
        .values_list(
            Exists(Enrolment.objects.filter(withdrawn_at=None, **own)),
            Exists(Enrolment.objects.filter(**own)),
            Subquery(result.values("score")[:1]),
            Subquery(result.values("passed")[:1]),
        )
        .get()
    )
    pair = (offering.series_id, person_id)
    # Enrolling makes a member of the series, as above.
    attended = attendance_of([pair] if ever else []).get(pair)
    return CourseStanding(offering.course_id, offering.pk, enrolled, attended, score, passed)
