"""Grades. Never edited: a correction replaces, says why, and does not overwrite what was not seen."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db import transaction

from trellis.domains.learning import notices, queries
from trellis.domains.learning.events import CoursePassed, PassWithdrawn, ResultRecorded
from trellis.domains.learning.models import Enrolment, Offering, Result
from trellis.domains.learning.rules import Grade, Graded, ResultOutcome, decide_result
from trellis.domains.people.models import Person
from trellis.domains.sessions.queries import attendance
from trellis.kit.journal.facts import announce_many
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all


def record_result(
    *,
    offering: Offering,
    person_id: int,
    score: Decimal | int | str,
    actor: Person,
    reason: str = "",
    seen: int | None = None,
) -> ResultOutcome:
    """Write one score of 100. See `record_results`."""
    grades = {person_id: Grade(Decimal(str(score)), reason, seen)}
    return record_results(offering=offering, grades=grades, actor=actor)[person_id]


@transaction.atomic
def record_results(*, offering: Offering, grades: Mapping[int, Grade], actor: Person) -> dict[int, ResultOutcome]:
    """Write the scores, person id to grade, all of them or, when one is refused, none; each with its outcome.

    Passed is decided by the offering's pass mark and stored, so that it stays true. In a refused sheet, those that
    would have been taken say `recorded` with no new id.
    """
    ids = list(grades)
    current = Enrolment.objects.select_for_update().filter(offering=offering, person_id__in=ids, withdrawn_at=None)
    enrolled = set(current.values_list("person_id", flat=True))
    there = {person: graded for person, graded in queries.grades_of(offering).items() if person in grades}
    codes = {
        person: decide_result(
            grade, there.get(person, Graded()), is_oneself=person == actor.pk, is_enrolled=person in enrolled
        )
        for person, grade in grades.items()
    }
    if all(code in {"recorded", "unchanged"} for code in codes.values()):
        new = {person: grades[person] for person, code in codes.items() if code == "recorded"}
        there |= _write(offering, new, there, actor)
    outcomes = {}
    for person, code in codes.items():
        now = there.get(person, Graded())
        outcomes[person] = ResultOutcome(code, now.id, now.score, now.graded_by)
    return outcomes


def _write(
    offering: Offering, grades: Mapping[int, Grade], there: Mapping[int, Graded], actor: Person
) -> dict[int, Graded]:
    replaced = {person: there[person].id for person in grades if person in there}
    Result.objects.filter(pk__in=replaced.values()).update(is_current=False)
    results = Result.objects.bulk_create(
        [
            Result(
                offering=offering,
                person_id=person,
                score=grade.score,
                passed=grade.score >= offering.pass_mark,
                graded_by=actor,
                reason=grade.reason.strip()[:300],
                replaces_id=replaced.get(person),
            )
            for person, grade in grades.items()
        ]
    )
    announce_many(
        [ResultRecorded(r.person_id, offering.pk, offering.course_id, r.pk, r.passed, r.replaces_id) for r in results],
        actor=actor,
    )
    fallen = [r for r in results if not r.passed and r.person_id in there and there[r.person_id].passed]
    _withdraw(offering, [r.person_id for r in fallen], actor)
    _tell(offering, results)
    announce_passed(offering=offering, person_ids=[r.person_id for r in results if r.passed], actor=actor)
    return {r.person_id: Graded(r.pk, r.score, actor.pk, r.passed) for r in results}


def _tell(offering: Offering, results: list[Result]) -> None:
    for result in results:
        notify(
            person_ids=[result.person_id],
            kind=(notices.PASSED if result.passed else notices.NOT_PASSED).code,
            key=f"result:{result.pk}",
            params={
                "course": name_in_all(offering.course),
                "score": f"{result.score.normalize():f}",
                "pass_mark": offering.pass_mark,
            },
            link=f"/offerings/{offering.pk}/",
        )


@transaction.atomic
def announce_passed(*, offering: Offering, person_ids: Collection[int], actor: Person | None) -> None:
    """Tell of each of these people who has both a passing grade and full attendance now."""
    if not person_ids:
        return
    passed = Result.objects.filter(offering=offering, person_id__in=person_ids, is_current=True, passed=True)
    attended = attendance([offering.series_id], person_ids)
    complete = [
        person
        for person in passed.values_list("person_id", flat=True)
        if (found := attended.get((offering.series_id, person))) and found.is_full
    ]
    announce_many([CoursePassed(person, offering.pk, offering.course_id) for person in complete], actor=actor)


@transaction.atomic
def announce_withdrawn(*, offering: Offering, person_ids: Collection[int], actor: Person | None) -> None:
    """Tell of each of these people whose passing grade has lost the attendance it rested on."""
    passed = Result.objects.filter(offering=offering, person_id__in=person_ids, is_current=True, passed=True)
    attended = attendance([offering.series_id], person_ids)
    short = {person for (_series, person), found in attended.items() if not found.is_full}
    _withdraw(offering, short & set(passed.values_list("person_id", flat=True)), actor)


def _withdraw(offering: Offering, person_ids: Collection[int], actor: Person | None) -> None:
    announce_many([PassWithdrawn(person, offering.pk, offering.course_id) for person in person_ids], actor=actor)
