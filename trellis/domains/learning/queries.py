"""What pages and other rooms ask about courses. In bulk, a constant number of statements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db.models import Count, Q, QuerySet

from trellis.domains.learning.models import Course, Enrolment, Offering, Result
from trellis.domains.learning.rules import CourseStanding, Graded, weight
from trellis.domains.sessions.queries import MANY, attendance
from trellis.kit import clock


def course_standings(
    person_ids: Collection[int], course_ids: Collection[int], *, on: date | None = None
) -> dict[tuple[int, int], CourseStanding]:
    """(person, course) to standing, for every pair asked for. Six statements, however many people and courses."""
    people, courses = set(person_ids), set(course_ids)
    day = on or clock.today()
    enrolments = Enrolment.objects.filter(offering__course_id__in=courses).select_related("offering")
    results = Result.objects.filter(offering__course_id__in=courses, is_current=True)
    if len(people) <= MANY:
        enrolments, results = enrolments.filter(person_id__in=people), results.filter(person_id__in=people)
    rows = [row for row in enrolments.order_by("enrolled_at", "id") if row.person_id in people]
    graded = {(r.person_id, r.offering_id): r for r in results}
    attended = attendance({row.offering.series_id for row in rows}, people)
    teachers: dict[int, list[int]] = defaultdict(list)
    for offering_id, person_id in Offering.teachers.through._default_manager.filter(
        offering__course_id__in=courses
    ).values_list("offering_id", "person_id"):
        teachers[offering_id].append(person_id)

    found: dict[tuple[int, int], CourseStanding] = {}
    for row in rows:
        result = graded.get((row.person_id, row.offering_id))
        ended = row.offering.ends_on < day
        standing = CourseStanding(
            course_id=row.offering.course_id,
            offering_id=row.offering_id,
            enrolled=row.withdrawn_at is None,
            attendance=attended.get((row.offering.series_id, row.person_id)),
            score=result.score if result else None,
            passed=result.passed if result else None,
            teacher_ids=tuple(teachers[row.offering_id]),
            waiting_since=row.offering.ends_on if ended and not result and row.withdrawn_at is None else None,
        )
        before = found.get((row.person_id, standing.course_id))
        if before is None or weight(standing) >= weight(before):
            found[row.person_id, standing.course_id] = standing
    blank = {course: CourseStanding(course) for course in courses}
    return {(person, course): found.get((person, course), blank[course]) for person in people for course in courses}


def offering_standing(offering: Offering, person_id: int) -> CourseStanding:
    """Where the person stands in this very offering."""
    result = Result.objects.filter(offering=offering, person_id=person_id, is_current=True).first()
    attended = attendance([offering.series_id], [person_id]).get((offering.series_id, person_id))
    standing = CourseStanding(
        offering.course_id,
        offering.pk,
        Enrolment.objects.filter(offering=offering, person_id=person_id, withdrawn_at=None).exists(),
        attended,
    )
    return replace(standing, score=result.score, passed=result.passed) if result else standing


def offerings_with_places(offerings: QuerySet[Offering]) -> QuerySet[Offering]:
    """Each with `taken`, the number of people enrolled now."""
    return offerings.annotate(taken=Count("enrolments", filter=Q(enrolments__withdrawn_at=None)))


def grades_of(offering: Offering) -> dict[int, Graded]:
    """Person id to the current result."""
    rows = Result.objects.filter(offering=offering, is_current=True)
    return {r.person_id: Graded(r.pk, r.score, r.graded_by_id) for r in rows}


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
