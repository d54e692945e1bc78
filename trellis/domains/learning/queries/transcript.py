"""All that one person learned: for the transcript."""

from dataclasses import dataclass

from trellis.domains.learning.models import Attempt, Credit, Enrolment, Offering, Result
from trellis.domains.people.models import Person
from trellis.domains.sessions.queries import attendance_of
from trellis.domains.sessions.rules import Attendance


@dataclass(frozen=True)
class Taken:
    """One run of a course: attendance, the result, and each attempt as it stands."""

    enrolment: Enrolment
    offering: Offering
    attendance: Attendance | None
    result: Result | None
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True)
class Transcript:
    """Runs taken, the oldest first, and earlier learning that is credited."""

    taken: tuple[Taken, ...]
    credits: tuple[Credit, ...]


def transcript_of(person: Person) -> Transcript:
    """Five statements, whatever there is."""
    enrolments = list(
        Enrolment.objects.filter(person=person)
        .select_related("offering__course")
        .order_by("offering__starts_on", "offering__course__name", "id")
    )
    attended = attendance_of({(enrolment.offering.series_id, person.pk) for enrolment in enrolments})
    results = {row.offering_id: row for row in Result.objects.filter(person=person, is_current=True)}
    attempts: dict[int, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(person=person, is_current=True).order_by("part", "number"):
        attempts.setdefault(attempt.offering_id, []).append(attempt)
    taken = {}  # of somebody who left a run and came back, the present enrolment
    for enrolment in enrolments:
        offering = enrolment.offering
        taken[offering.pk] = Taken(
            enrolment,
            offering,
            attended.get((offering.series_id, person.pk)),
            results.get(offering.pk),
            tuple(attempts.get(offering.pk, ())),
        )
    credits = Credit.objects.filter(person=person, state=Credit.State.GRANTED).select_related("course", "decided_by")
    return Transcript(tuple(taken.values()), tuple(credits.order_by("decided_at")))
