"""Which courses a cohort takes, in which runs, and by whom."""

from collections import defaultdict
from dataclasses import dataclass

from trellis.domains.learning.models import Course, Offering
from trellis.domains.programmes.models import Cohort, Journey
from trellis.domains.programmes.queries.standings import definition_of


@dataclass(frozen=True)
class Runs:
    """`there`: courses that have their run already, by date; `missing`: those still to plan, in their order."""

    there: list[tuple[Course, Offering]]
    missing: list[Course]


def runs_of(cohort: Cohort) -> Runs:
    """The courses of all tracks of the cohort's programme, with their runs; three statements."""
    definition = definition_of(cohort.version)
    codes = list(dict.fromkeys(code for track in definition.tracks for code in track.courses))
    courses = Course.objects.prefetch_related("usual_teachers").in_bulk(codes, field_name="code")
    runs = {offering.course_id: offering for offering in cohort.offerings.all()}
    known = [courses[code] for code in codes if code in courses]
    return Runs(
        sorted(
            ((course, runs[course.pk]) for course in known if course.pk in runs),
            key=lambda there: (there[1].starts_on, there[1].pk),
        ),
        [course for course in known if course.pk not in runs],
    )


def takers_of(cohort: Cohort) -> dict[str, list[int]]:
    """Code of a course to the people of the cohort whose position asks for it, and who are under way. One statement."""
    definition = definition_of(cohort.version)
    found: dict[str, list[int]] = defaultdict(list)
    under_way = Journey.objects.filter(cohort=cohort, left_at=None, completed_at=None).order_by("joined_at", "id")
    for person, position in under_way.values_list("person_id", "position__code"):
        track = definition.track_to(position or "")
        for code in track.courses if track else ():
            found[code].append(person)
    return dict(found)
