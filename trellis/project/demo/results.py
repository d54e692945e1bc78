"""Grades by assessments and rubrics, second tries, earlier learning, and certificates of single courses."""

from datetime import timedelta
from decimal import Decimal

from trellis.domains.credentials import actions as credentials
from trellis.domains.learning import actions as learning
from trellis.domains.learning.models import Course, Offering
from trellis.domains.learning.rules import Grade, Part, rubric_score
from trellis.domains.people.models import Person
from trellis.kit import clock
from trellis.project.demo.story import Story, workday


def graded_parts(offering: Offering, score: int, die: int, *, number: int = 0) -> list[Grade]:
    """Grades for all parts that make about that score together, and pass or fail as it does."""
    grades = []
    for place, part in enumerate(offering.scheme.parts):
        if part.rubric:
            chosen = _levels(part, score, offering.pass_mark, die + place)
            points = tuple(sorted(chosen.items()))
            grades.append(Grade(rubric_score(part, chosen), part=part.code, number=number, points=points))
        else:
            grades.append(Grade(Decimal(score), part=part.code, number=number))
    return grades


def _levels(part: Part, score: int, pass_mark: int, die: int) -> dict[str, int]:
    """Who passes has the best level everywhere but for one criterion at most; who fails has the one in the middle."""
    best = {one.code: one.levels[-1].points for one in part.rubric}
    if score < pass_mark:
        return {one.code: one.levels[len(one.levels) // 2].points for one in part.rubric}
    if score < pass_mark + 12 and len(part.rubric) > 2:
        one = part.rubric[die % len(part.rubric)]
        best[one.code] = one.levels[-2].points
    return best


def try_again(story: Story, offering: Offering, person: Person, teacher: Person, score: int | None) -> None:
    """A second try at the last part, two weeks on; graded on its day, or still to come when there is no score."""
    part = offering.scheme.parts[-1].code
    first = story.until + timedelta(days=6) if score is None else clock.today() + timedelta(days=15)
    start = clock.at_time(workday(first), 16)
    outcome = learning.schedule_resit(
        offering=offering,
        part=part,
        person_ids=[person.pk],
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        place="Room Willow, Hanoi",
        actor=teacher,
    )
    if not outcome.ok or score is None:
        return

    def grade() -> None:
        again = [g for g in graded_parts(offering, score, person.pk, number=2) if g.part == part]
        learning.record_results(offering=offering, grades={(person.pk, part): again[0]}, actor=teacher)

    story.at(start.date(), 18, grade)


def look_back(cast: dict[str, Person], through: dict[str, Offering], asking: list[Person]) -> None:
    """Certificates for two courses of the first cohort, and what three people brought along from before."""
    for code in ("speaking-before-people", "giving-feedback"):
        if code in through:
            credentials.issue_for_run(offering=through[code], actor=cast["mai"])
    courses = Course.objects.in_bulk(["time-and-priorities", "coaching-basics", "english-at-work"], field_name="code")
    told = (
        ("time-and-priorities", "A course of two days on planning at my former studio, with a test at its end.", True),
        ("coaching-basics", "I trained six newcomers in my last company.", False),
        ("english-at-work", "IELTS 6.5, taken last summer.", None),
    )
    for person, (code, words, granted) in zip(asking, told, strict=False):
        with clock.moved(to=clock.now() - timedelta(days=9)):
            credit = learning.ask_credit(
                person=person, course=courses[code], told=words, learned_on=clock.today() - timedelta(days=240)
            ).credit
        if credit is not None and granted is not None:
            reason = "The certificate of the school was shown." if granted else "Please bring a paper that shows it."
            learning.settle_credit(credit=credit, grant=granted, reason=reason, actor=cast["mai"])
