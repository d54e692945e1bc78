"""Grades. Never edited: a correction replaces, says why, and does not overwrite what was not seen."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.db import transaction

from trellis.domains.learning import notices, queries
from trellis.domains.learning.events import AttemptGraded, CoursePassed, PassWithdrawn, ResultRecorded
from trellis.domains.learning.models import Attempt, Enrolment, Offering, Result
from trellis.domains.learning.queries.results import ResitPlace
from trellis.domains.learning.rules import (
    WHOLE,
    Desk,
    Grade,
    GradeOutcome,
    Try,
    decide_grade,
    number_of,
    verdict,
)
from trellis.domains.people.models import Person
from trellis.domains.sessions.queries import attendance
from trellis.kit import clock
from trellis.kit.journal.facts import announce_many
from trellis.kit.notices.notify import notify
from trellis.kit.text import name_in_all, plain_number

Cell = tuple[int, str]  # person id and part


def record_result(
    *,
    offering: Offering,
    person_id: int,
    score: Decimal | int | str,
    actor: Person,
    part: str = WHOLE,
    reason: str = "",
    seen: int | None = None,
) -> GradeOutcome:
    """Write one score of 100 for one part. See `record_results`."""
    grades = {(person_id, part): Grade(Decimal(str(score)), reason, seen, part)}
    return record_results(offering=offering, grades=grades, actor=actor)[person_id, part]


@transaction.atomic
def record_results(*, offering: Offering, grades: Mapping[Cell, Grade], actor: Person) -> dict[Cell, GradeOutcome]:
    """Write the grades, (person id, part) to grade, all of them or, when one is refused, none; each with its outcome.

    What the attempts of a person make together is decided by the offering's own scheme and pass mark and stored, so
    that it stays true. In a refused sheet, those that would have been taken say `recorded` with no new id.
    """
    ids = {person for person, _part in grades}
    current = Enrolment.objects.select_for_update().filter(offering=offering, person_id__in=ids, withdrawn_at=None)
    enrolled = set(current.order_by("id").values_list("person_id", flat=True))
    tries, places = queries.tries_in(offering, ids), queries.resit_places(offering, ids)
    scheme, today = offering.scheme, clock.today()
    codes: dict[Cell, str] = {}
    for (person, part), grade in grades.items():
        place = _place(places.get(person, ()), part)
        desk = Desk(
            is_oneself=person == actor.pk,
            is_enrolled=person in enrolled,
            part=scheme.part(part),
            tries=[t for t in tries.get(person, ()) if t.part == part],
            today=today,
            resit_on=place.on if place else None,
        )
        codes[person, part] = decide_grade(grade, desk)
    if all(code in {"recorded", "unchanged"} for code in codes.values()):
        new = {cell: grades[cell] for cell, code in codes.items() if code == "recorded"}
        if new:
            _write(offering, new, tries, places, actor)
            tries = queries.tries_in(offering, ids)
    return {cell: _outcome(code, grades[cell], tries.get(cell[0], ()), cell[1]) for cell, code in codes.items()}


def _place(places: Iterable[ResitPlace], part: str) -> ResitPlace | None:
    return next((place for place in places if place.part == part), None)


def _outcome(code: str, grade: Grade, tries: Iterable[Try], part: str) -> GradeOutcome:
    own = [t for t in tries if t.part == part]
    there = next((t for t in own if t.number == number_of(grade, own)), None)
    return GradeOutcome(code, there.id, there.score, there.graded_by, there.state) if there else GradeOutcome(code)


def _write(
    offering: Offering,
    grades: Mapping[Cell, Grade],
    tries: Mapping[int, list[Try]],
    places: Mapping[int, list[ResitPlace]],
    actor: Person,
) -> None:
    rows = []
    for (person, part), grade in grades.items():
        own = [t for t in tries.get(person, ()) if t.part == part]
        number = number_of(grade, own)
        row = Attempt(offering=offering, person_id=person, part=part, number=number, graded_by=actor)
        row.state, row.score, row.points = grade.state, grade.score, dict(grade.points)
        row.reason, row.sat_on = grade.reason.strip()[:300], clock.today()
        there = next((t for t in own if t.number == number), None)
        place = _place(places.get(person, ()), part)
        if there:
            row.replaces_id, row.sat_on, row.resit_id = there.id, there.sat_on, there.resit
        elif number > 1 and place:
            row.sat_on, row.resit_id = place.on, place.resit_id
        rows.append(row)
    Attempt.objects.filter(pk__in=[row.replaces_id for row in rows if row.replaces_id]).update(is_current=False)
    attempts = Attempt.objects.bulk_create(rows)
    announce_many(
        [AttemptGraded(a.person_id, offering.pk, a.pk, a.part, a.number, a.state, a.replaces_id) for a in attempts],
        actor=actor,
    )
    _judge(offering, attempts, actor)


def _judge(offering: Offering, attempts: list[Attempt], actor: Person) -> None:
    """What the attempts make now, for those who got new ones; kept as a fact where it is not what stood before."""
    by_person: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_person[attempt.person_id].append(attempt)
    tries, before = queries.tries_in(offering, by_person), queries.results_in(offering, by_person)
    scheme = offering.scheme
    new: list[Result] = []
    told: list[tuple[Result, Attempt]] = []
    for person, own in by_person.items():
        found, there = verdict(scheme, offering.pass_mark, tries[person]), before.get(person)
        if found is None:
            continue
        if there and (there.score, there.passed, there.missed) == (found.score, found.passed, found.missed):
            if any(attempt.resit_id and not attempt.replaces_id for attempt in own):
                told.append((there, own[-1]))  # tried again, and nothing is better: that has to be said too
            continue
        new.append(
            Result(
                offering=offering,
                person_id=person,
                score=found.score,
                passed=found.passed,
                missed=found.missed,
                graded_by=actor,
                reason=next((attempt.reason for attempt in own if attempt.reason), ""),
                replaces=there,
            )
        )
        told.append((new[-1], own[-1]))
    Result.objects.filter(pk__in=[row.replaces_id for row in new if row.replaces_id]).update(is_current=False)
    results = Result.objects.bulk_create(new)
    announce_many(
        [ResultRecorded(r.person_id, offering.pk, offering.course_id, r.pk, r.passed, r.replaces_id) for r in results],
        actor=actor,
    )
    fallen = [r.person_id for r in results if not r.passed and r.person_id in before and before[r.person_id].passed]
    _withdraw(offering, fallen, actor)
    _tell(offering, told)
    announce_passed(offering=offering, person_ids=[r.person_id for r in results if r.passed], actor=actor)


def _tell(offering: Offering, told: list[tuple[Result, Attempt]]) -> None:
    for result, attempt in told:
        notify(
            person_ids=[result.person_id],
            kind=(notices.PASSED if result.passed else notices.NOT_PASSED).code,
            key=f"attempt:{attempt.pk}",
            params={
                "course": name_in_all(offering.course),
                "score": plain_number(result.score),
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
