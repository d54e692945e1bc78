"""What pages and other rooms ask about courses. In bulk, a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from trellis.domains.learning.models import Course, Enrolment, Offering, Result
from trellis.domains.learning.rules import CourseStanding, Graded, weight
from trellis.domains.people.models import Person
from trellis.domains.sessions.queries import MANY, attendance, attendance_of
from trellis.kit import clock


def course_standings(
    person_ids: Collection[int], course_ids: Collection[int], *, on: date | None = None
) -> dict[tuple[int, int], CourseStanding]:
    """(person, course) to standing, for every pair asked for. Two statements, however many people and courses."""
    people, courses = set(person_ids), set(course_ids)
    day = on or clock.today()
    rows = _enrolments(people, courses)
    # Enrolling makes a member of the series, so who is enrolled need not be looked up among the members again.
    attended = attendance_of({(row.series_id, row.person_id) for row in rows})
    found: dict[tuple[int, int], CourseStanding] = {}
    for row in rows:
        waits = row.ends_on < day and row.passed is None and row.withdrawn_at is None
        standing = CourseStanding(
            course_id=row.course_id,
            offering_id=row.offering_id,
            enrolled=row.withdrawn_at is None,
            attendance=attended.get((row.series_id, row.person_id)),
            score=row.score,
            passed=row.passed,
            teacher_ids=tuple(row.teacher_ids),
            waiting_since=row.ends_on if waits else None,
        )
        before = found.get((row.person_id, standing.course_id))
        if before is None or weight(standing) >= weight(before):
            found[row.person_id, standing.course_id] = standing
    blank = {course: CourseStanding(course) for course in courses}
    return {(person, course): found.get((person, course), blank[course]) for person in people for course in courses}


@dataclass(slots=True)
class _Enrolled:
    """An enrolment with its offering, the current result in it, and who teaches it."""

    person_id: int
    withdrawn_at: datetime | None
    offering_id: int
    course_id: int
    series_id: int
    ends_on: date
    score: Decimal | None
    passed: bool | None
    teacher_ids: list[int] = field(default_factory=list)


def _enrolments(people: set[int], courses: set[int]) -> list[_Enrolled]:
    """The enrolments of the people in the courses, the oldest first; one statement, with a row for each teacher."""
    result = Q(offering__results__is_current=True, offering__results__person=F("person"))
    rows = Enrolment.objects.filter(offering__course_id__in=courses).annotate(
        result=FilteredRelation("offering__results", condition=result)
    )
    if len(people) <= MANY:
        rows = rows.filter(person_id__in=people)
    found: dict[int, _Enrolled] = {}
    for pk, *row, teacher_id in rows.order_by("enrolled_at", "id", "offering__teachers").values_list(
        "pk",
        "person_id",
        "withdrawn_at",
        "offering_id",
        "offering__course_id",
        "offering__series_id",
        "offering__ends_on",
        "result__score",
        "result__passed",
        "offering__teachers",
    ):
        if pk not in found:
            found[pk] = _Enrolled(*row)
        if teacher_id is not None:
            found[pk].teacher_ids.append(teacher_id)
    return [row for row in found.values() if row.person_id in people]


def offering_standing(offering: Offering, person_id: int) -> CourseStanding:
    """Where the person stands in this very offering."""
    own: dict[str, Any] = {"offering": OuterRef("pk"), "person": person_id}
    result = Result.objects.filter(is_current=True, **own)
    enrolled, score, passed = (
        Offering.objects.filter(pk=offering.pk)
        .order_by()
        .values_list(
            Exists(Enrolment.objects.filter(withdrawn_at=None, **own)),
            Subquery(result.values("score")[:1]),
            Subquery(result.values("passed")[:1]),
        )
        .get()
    )
    attended = attendance([offering.series_id], [person_id]).get((offering.series_id, person_id))
    return CourseStanding(offering.course_id, offering.pk, enrolled, attended, score, passed)


def offerings_to_grade(teacher: Person) -> QuerySet[Offering]:
    """Runs of the teacher that are over while somebody in them still waits for a result; the longest ago first."""
    graded = Result.objects.filter(offering=OuterRef("offering"), person=OuterRef("person"), is_current=True)
    waiting = Enrolment.objects.filter(~Exists(graded), offering=OuterRef("pk"), withdrawn_at=None)
    over = Offering.objects.filter(Exists(waiting), teachers=teacher, ends_on__lt=clock.today())
    return over.select_related("course").order_by("ends_on", "id")


def offerings_with_places(offerings: QuerySet[Offering]) -> QuerySet[Offering]:
    """Each with `taken`, the number of people enrolled now."""
    return offerings.annotate(taken=Count("enrolments", filter=Q(enrolments__withdrawn_at=None)))


def grades_of(offering: Offering) -> dict[int, Graded]:
    """Person id to the current result."""
    rows = Result.objects.filter(offering=offering, is_current=True)
    return {r.person_id: Graded(r.pk, r.score, r.graded_by_id, r.passed) for r in rows}


def courses_teaching(competency_ids: Collection[int]) -> dict[int, list[tuple[Course, int]]]:
    """Competency id to the courses that teach it, each with the level it shows."""
    found: dict[int, list[tuple[Course, int]]] = defaultdict(list)
    rows = Course.objects.filter(teaches__competency_id__in=competency_ids).values_list(
        "pk", "teaches__competency_id", "teaches__level"
    )
    courses = Course.objects.in_bulk([row[0] for row in rows])
    for pk, competency_id, level in rows:
        found[competency_id].append((courses[pk], level))
    return dict(found)
