"""For measuring: journeys in proportion to a large company, half-way through their courses.

One in forty is under way, in cohorts of 250. Courses and cohorts are opened by the actions; the rows of people are
written in bulk, since their marks one register at a time would take an hour. So the journal does not tell of them.
"""

from datetime import date, timedelta

from trellis.domains.learning.models import Attempt, Enrolment, Offering, Result
from trellis.domains.people.models import Holding, Position
from trellis.domains.programmes.models import Journey, ProgrammeVersion
from trellis.domains.sessions.models import Mark, Member, Session
from trellis.kit import clock
from trellis.project.demo.cohorts import Run, Staff
from trellis.project.demo.story import Story, monday

SMALLEST = 2_000  # smaller companies are as alive as the story makes them
TRACKS = ("team-leader", "quality-controller", "account-assistant", "technical-trainer")
COHORT = 250
BATCH = 2_000


def let_many_join(*, version: ProgrammeVersion, staff: Staff, until: date, size: int) -> int:
    """Cohorts of photo editors who began ten weeks ago; returns how many people are in them."""
    if size < SMALLEST:
        return 0
    start = monday(until) - timedelta(weeks=10)
    editors = Holding.objects.filter(ended_on=None, position__code="photo-editor", began_on__lt=start)
    fresh = editors.exclude(person__journeys__isnull=False).exclude(person__email__in=["linh@pixel.example"])
    people = list(fresh.order_by("-person_id").values_list("person_id", flat=True)[: size // 40])
    for number in range(0, len(people), COHORT):
        track = TRACKS[number // COHORT % len(TRACKS)]
        run = Run(
            Story(start), version, staff, f"Next Step 7, group {number // COHORT + 1}", start, (), COHORT, (track,)
        )
        with clock.moved(to=start - timedelta(days=20)):
            run.open()
        _travel(run, Position.objects.get(code=track), people[number : number + COHORT], until)
    return len(people)


def _travel(run: Run, position: Position, people: list[int], until: date) -> None:
    joined = clock.at_time(run.starts_on - timedelta(days=9), 11)
    Journey.objects.bulk_create(
        (
            Journey(
                person_id=person,
                programme=run.version.programme,
                version=run.version,
                cohort=run.cohort,
                position=position,
                joined_at=joined,
                joined_by_id=person,
            )
            for person in people
        ),
        batch_size=BATCH,
    )
    for offering in run.offerings.values():
        _attend(offering, people, until)


def _attend(offering: Offering, people: list[int], until: date) -> None:
    """Enrolments, marks of what was held, and results where the course is over."""
    teacher = offering.teachers.get()
    series = offering.series_id
    Member.objects.bulk_create((Member(series_id=series, person_id=p) for p in people), batch_size=BATCH)
    Enrolment.objects.bulk_create(
        (Enrolment(offering=offering, person_id=p, enrolled_by_id=p, way_in="programme:next-step") for p in people),
        batch_size=BATCH,
    )
    held = Session.objects.filter(series=series, ends_at__lt=clock.at_time(until, 0)).order_by("starts_at")
    Mark.objects.bulk_create(
        (
            Mark(
                session=session,
                person_id=person,
                value="absent" if (person * 13 + session.pk * 7) % 200 == 0 else "present",
                marked_by=teacher,
                marked_at=session.ends_at,
            )
            for session in held
            for person in people
            if person != teacher.pk
        ),
        batch_size=BATCH,
    )
    if offering.ends_on < until - timedelta(days=5):
        scores = {
            person: offering.pass_mark - 5 + (person * 11 + series) % (100 - offering.pass_mark) for person in people
        }
        Attempt.objects.bulk_create(
            (
                Attempt(
                    offering=offering, person_id=p, part=part.code, score=s, sat_on=offering.ends_on, graded_by=teacher
                )
                for p, s in scores.items()
                for part in offering.scheme.parts
            ),
            batch_size=BATCH,
        )
        Result.objects.bulk_create(
            (
                Result(offering=offering, person_id=p, score=s, passed=s >= offering.pass_mark, graded_by=teacher)
                for p, s in scores.items()
            ),
            batch_size=BATCH,
        )
