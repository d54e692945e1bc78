"""Where people stand in courses. In bulk, a constant number of statements."""

import json
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import lru_cache
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
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from trellis.domains.learning.models import Attempt, Credit, Enrolment, Offering, Resit, Result
from trellis.domains.learning.rules import CourseStanding, Credited, no_way_left, read_scheme, weight
from trellis.domains.sessions.queries import MANY, attendance_of
from trellis.kit import clock
from trellis.kit.listing import Listing
from trellis.kit.prepared import prepared

Row = tuple[Any, ...]  # what `_with_credits` selects


def course_standings(
    person_ids: Collection[int], course_ids: Collection[int], *, on: date | None = None
) -> dict[tuple[int, int], CourseStanding]:
    """(person, course) to standing, for every pair asked for. Two statements, however many people and courses."""
    people, courses = set(person_ids), set(course_ids)
    found = standings_by_person(people, courses, on=on)
    blank = {course: CourseStanding(course) for course in courses}
    nothing: dict[int, CourseStanding] = {}
    return {(p, course): found.get(p, nothing).get(course, blank[course]) for p in people for course in courses}


def standings_by_person(
    person_ids: Collection[int], course_ids: Collection[int], *, on: date | None = None
) -> dict[int, dict[int, CourseStanding]]:
    """Person to course to standing, where the person was ever enrolled or has a credit. Two statements.

    Who stands alike in a run shares one standing: a cohort has thousands of them.
    """
    people, courses = set(person_ids), set(course_ids)
    day = on or clock.today()
    rows, teachers = _enrolments(people, courses)
    # Enrolling makes a member of the series, so who is enrolled need not be looked up among the members again.
    attended = attendance_of({(row[5], row[1]) for row in rows if row[5]})
    known: dict[Row, CourseStanding] = {}
    found: dict[int, dict[int, CourseStanding]] = {}
    for (
        _pk,
        person,
        ended_at,
        offering,
        course,
        series,
        ends_on,
        score,
        passed,
        note,
        tried,
        more,
        assessed,
        by,
    ) in rows:
        if offering is None:  # a credit: granted at that moment, by whom
            credited = Credited(by, timezone.localdate(ended_at), note)
            standing = CourseStanding(course, score=score, passed=True, credited=credited)
        else:
            attendance = attended.get((series, person))
            alike = (offering, ended_at is None, id(attendance), score, passed, tried, more)
            if alike not in known:
                over_since = ends_on if ends_on < day and ended_at is None else None
                known[alike] = CourseStanding(
                    course_id=course,
                    offering_id=offering,
                    enrolled=ended_at is None,
                    attendance=attendance,
                    score=score,
                    passed=passed,
                    teacher_ids=teachers.get(offering, ()),
                    waiting_since=over_since if passed is None else None,
                    over_since=over_since,
                    no_more_tries=bool(tried and assessed and _is_over(tried, more or "", assessed)),
                )
            standing = known[alike]
        mine = found.setdefault(person, {})
        before = mine.get(course)
        if before is None or weight(standing) >= weight(before):
            mine[course] = standing
    return found


@lru_cache(maxsize=256)
def _is_over(tried: str, granted: str, assessed: str) -> bool:
    """Of what `_tries` puts into words."""
    pass_mark, _bar, scheme = assessed.partition("|")
    sat = (one.split(":") for one in tried.split(","))
    attempts = [(part, int(number), Decimal(score) if score else None) for part, number, score in sat]
    return no_way_left(read_scheme(json.loads(scheme))[0], int(pass_mark), attempts, granted.split(","))


def _enrolments(people: set[int], courses: set[int]) -> tuple[list[Row], dict[int, tuple[int, ...]]]:
    """Enrolments of the people in the courses, the oldest first, then credits; and who teaches the offerings.

    One statement, which gives a row for each teacher.
    """
    if len(people) <= MANY:
        rows = _enrolled(people, courses)
    else:
        everybody = Enrolment.objects.filter(offering__course_id__in=courses)
        everything = _with_credits(everybody, Credit.objects.filter(course_id__in=courses))
        rows = [row for row in everything if row[1] in people]
    enrolled: dict[int, Row] = {}
    credited: dict[int, Row] = {}
    teachers: dict[int, set[int]] = {}
    for row in rows:
        offering, teacher = row[3], row[13]
        if offering is None:
            credited[row[0]] = row
            continue
        enrolled[row[0]] = row
        if teacher is not None:
            teachers.setdefault(offering, set()).add(teacher)
    ordered = [*map(enrolled.__getitem__, sorted(enrolled)), *map(credited.__getitem__, sorted(credited))]
    return ordered, {offering: tuple(sorted(ids)) for offering, ids in teachers.items()}


@prepared
def _enrolled(people: Collection[int], courses: Collection[int]) -> QuerySet[Any, Row]:
    enrolments = Enrolment.objects.filter(offering__course_id__in=courses, person_id__in=people)
    return _with_credits(enrolments, Credit.objects.filter(course_id__in=courses, person_id__in=people))


def _with_credits(enrolments: QuerySet[Enrolment], credits: QuerySet[Credit]) -> QuerySet[Any, Row]:
    result = Q(offering__results__is_current=True, offering__results__person=F("person"))
    shown: QuerySet[Any] = enrolments.annotate(
        result=FilteredRelation("offering__results", condition=result), note=Value("")
    )
    shown = shown.annotate(**_tries())
    counted: QuerySet[Any] = credits.filter(state=Credit.State.GRANTED).annotate(
        nothing=NO_ID, no_day=NO_DAY, yes=Value(True), no_text=NO_TEXT, nor_text=NO_TEXT, nor_this=NO_TEXT
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
        "granted",
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
        "nor_this",
        "decided_by",
    )
    return rows.union(granted, all=True)


NO_ID, NO_DAY = Value(None, output_field=IntegerField()), Value(None, output_field=DateField())
NO_TEXT = Value(None, output_field=TextField())
# Who has no result yet may be beyond one too where there are several parts: a run of a single one has none by then.
NOT_PASSED = Q(result__passed=False) | (Q(result__pk=None) & ~Q(offering__assessed={}))


def _tries() -> dict[str, Case]:
    """Of those who have not passed, and looked up for nobody else: the attempts that count, as `part:number:score`; the
    parts of re-sits they have a place in and have not sat; pass mark and scheme of the run, as `70|{...}`."""
    own = {"offering": OuterRef("offering"), "person": OuterRef("person")}
    attempts = Attempt.objects.filter(**own, is_current=True).exclude(state=Attempt.State.EXCUSED).order_by()
    one = Concat(
        F("part"), Value(":"), Cast("number", TextField()), Value(":"), Cast("score", TextField()),
        output_field=TextField(),
    )  # fmt: skip
    made = attempts.values("offering").annotate(made=Listing(one)).values("made")
    resits = Resit.objects.filter(
        offering=OuterRef("offering"),
        session__cancelled_at=None,
        session__series__members__person=OuterRef("person"),
        session__series__members__left_at=None,
    )
    sat = Attempt.objects.filter(resit=OuterRef("pk"), person=OuterRef(OuterRef("person")))
    granted = resits.exclude(Exists(sat)).order_by().values("offering").annotate(parts=Listing("part")).values("parts")
    scheme = Concat(
        Cast("offering__pass_mark", TextField()), Value("|"), Cast("offering__assessed", TextField()),
        output_field=TextField(),
    )  # fmt: skip
    return {
        "tried": Case(When(NOT_PASSED, then=Subquery(made)), default=NO_TEXT),
        "granted": Case(When(NOT_PASSED, then=Subquery(granted)), default=NO_TEXT),
        "scheme": Case(When(NOT_PASSED, then=scheme), default=NO_TEXT),
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
