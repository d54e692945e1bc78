"""Loading courses from their written form."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from trellis.domains.careers.models import Competency, CompetencyLevel
from trellis.domains.learning.definitions import CourseDefinition, Fault, read
from trellis.domains.learning.events import CourseSaved, CoursesLoaded
from trellis.domains.learning.models import Course, CourseTeaches
from trellis.domains.people.models import Person
from trellis.kit.journal.facts import announce


@dataclass(frozen=True)
class LoadOutcome:
    """What was loaded, as codes of courses; with faults, nothing was."""

    faults: list[Fault] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether it was loaded."""
        return not self.faults


@transaction.atomic
def load_courses(rows: Any, actor: Person | None) -> LoadOutcome:
    """Create and change courses by their codes; the form is in `learning.definitions`. All or nothing."""
    levels: dict[str, list[int]] = defaultdict(list)
    for code, level in CompetencyLevel.objects.values_list("competency__code", "level"):
        levels[code].append(level)
    definitions, faults = read(rows, competencies=levels)
    if faults:
        return LoadOutcome(faults=faults)
    ids = dict(Competency.objects.values_list("code", "pk"))
    known = Course.objects.prefetch_related("teaches").in_bulk([d.code for d in definitions], field_name="code")
    outcome = LoadOutcome()
    for definition in definitions:
        taught = {ids[code]: level for code, level in definition.teaches.items()}
        course = known.get(definition.code)
        if course and _same(course, definition, taught):
            outcome.unchanged.append(definition.code)
            continue
        (outcome.changed if course else outcome.created).append(definition.code)
        _save(definition, taught)
    if outcome.created or outcome.changed:
        announce(CoursesLoaded(len(outcome.created), len(outcome.changed)), actor=actor)
    return outcome


def _fields(definition: CourseDefinition) -> dict[str, Any]:
    return {
        "name": definition.name,
        "names": dict(definition.names),
        "description": definition.description,
        "descriptions": dict(definition.descriptions),
        "kind": definition.kind,
        "hours": definition.hours,
        "sessions_planned": definition.sessions,
        "pass_mark": definition.pass_mark,
        "assessed": dict(definition.assessed),
    }


def _same(course: Course, definition: CourseDefinition, taught: dict[int, int]) -> bool:
    now_taught = {t.competency_id: t.level for t in course.teaches.all()}
    return now_taught == taught and all(getattr(course, key) == value for key, value in _fields(definition).items())


def _save(definition: CourseDefinition, taught: Mapping[int, int]) -> None:
    course, _is_new = Course.objects.update_or_create(code=definition.code, defaults=_fields(definition))
    _teach(course, taught)


@transaction.atomic
def save_course(*, course: Course, teaches: Mapping[int, int], actor: Person) -> Course:
    """Write one course, new or changed, with what passing it shows (competency id to level)."""
    is_new = course.pk is None
    course.save()
    _teach(course, teaches)
    announce(CourseSaved(course.pk, is_new), actor=actor)
    return course


def _teach(course: Course, taught: Mapping[int, int]) -> None:
    course.teaches.exclude(competency_id__in=taught).delete()
    for competency_id, level in taught.items():
        CourseTeaches.objects.update_or_create(course=course, competency_id=competency_id, defaults={"level": level})
