"""A dry run of a definition on real people: would they pass its gates today, and if not, why not. In bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from trellis.domains.careers.models import Competency
from trellis.domains.careers.queries import levels_shown
from trellis.domains.learning.models import Course, Credit, Enrolment
from trellis.domains.learning.queries import course_standings
from trellis.domains.learning.rules import CourseStanding
from trellis.domains.mentoring.queries import days_beside
from trellis.domains.mentoring.rules import DayBeside
from trellis.domains.people.models import Employment, Holding, Position, Unit, on_day
from trellis.domains.programmes.leaf_wording import Names
from trellis.domains.programmes.models import Cohort, Journey
from trellis.domains.programmes.queries.standings import decisions_about
from trellis.domains.programmes.rules import (
    AttendanceOf,
    CoursePassed,
    Courses,
    DaysBeside,
    Definition,
    Facts,
    Leaf,
    LevelShown,
    branches,
    evaluate,
    expand,
)
from trellis.domains.programmes.rules.checking import parts_of
from trellis.domains.programmes.rules.trial import Trial, Tried, trial_of, try_gates

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Who:
    """Whom a dry run is about: everybody the programme is open to, those of a unit and all below it, or of a cohort.

    `towards`: the position that those are taken to step to who are not under way; the first track's when empty.
    """

    kind: str = "everyone"  # everyone | unit | cohort
    pk: int = 0
    towards: str = ""


class _Runner(NamedTuple):
    person: int
    position: str
    journey: int | None


def people_in(definition: Definition, who: Who, *, on: date) -> int:
    """How many people a dry run would be about; one statement."""
    return _travelling(who.pk).count() if who.kind == "cohort" else _here(definition, who, on).count()


def dry_run(definition: Definition, who: Who, *, on: date, tell: Tell | None = None) -> Trial:
    """Everybody before every gate on the day, by name; a number of statements that does not grow.

    People under way keep their position and what was decided about them; all others are looked at as if they joined
    today. Who holds the position already is left out. `tell` hears how many of how many are done.
    """
    runners = _runners(definition, who, on)
    facts_of = _facts(definition, runners, on)
    seen: dict[object, tuple[Tried, ...]] = {}

    def fares(number: int, runner: _Runner) -> tuple[Tried, ...]:
        if tell and number % 500 == 0:
            tell(number, len(runners))
        plain, facts = facts_of(runner)
        if plain is None:
            return try_gates(evaluate(definition, facts, on=on))
        if plain not in seen:  # most people have nothing to show yet, and stand where the others of their kind do
            seen[plain] = try_gates(evaluate(definition, facts, on=on))
        return seen[plain]

    return trial_of((r.person, r.position, fares(number, r)) for number, r in enumerate(runners))


def _travelling(cohort: int) -> QuerySet[Journey]:
    return Journey.objects.filter(cohort=cohort, left_at=None)


def _here(definition: Definition, who: Who, on: date) -> QuerySet[Holding]:
    """The holdings of the day of those the programme is open to, who are employed then."""
    employed = Employment.objects.filter(on_day(on), person=OuterRef("person"))
    here = Holding.objects.filter(on_day(on), Exists(employed))
    if definition.open_to:
        here = here.filter(position__code__in=definition.open_to)
    if who.kind == "unit":
        branch = Unit.objects.filter(pk=who.pk).values_list("path", flat=True).first()
        here = here.filter(unit__path__startswith=branch) if branch else here.none()
    return here


def _runners(definition: Definition, who: Who, on: date) -> list[_Runner]:
    if who.kind == "cohort":
        there = _travelling(who.pk).order_by("person__name", "id")
        return [_Runner(p, code or "", pk) for p, code, pk in there.values_list("person", "position__code", "pk")]
    going = Journey.objects.filter(programme__code=definition.code, left_at=None, completed_at=None)
    of = {person: (code or "", pk) for person, code, pk in going.values_list("person", "position__code", "pk")}
    towards = who.towards or (definition.tracks[0].position if definition.tracks else "")
    here = _here(definition, who, on).order_by("person__name", "person_id")
    return [
        _Runner(person, *of.get(person, (towards, None)))
        for person, holds in here.values_list("person_id", "position__code")
        if person in of or holds != towards
    ]


def _facts(definition: Definition, runners: list[_Runner], on: date) -> Callable[[_Runner], tuple[object, Facts]]:
    """What the rooms know about each: beside it, when it is little, what makes somebody like others, else None."""
    people = {runner.person for runner in runners}
    parts = [part for _path, part in parts_of(definition)]
    everywhere = {part.course for part in parts if isinstance(part, CoursePassed | AttendanceOf)}
    by_track = any(isinstance(part, Courses) for part in parts)
    asked = {
        code: everywhere.union(track.courses if by_track and track else ())
        for code in {runner.position for runner in runners}
        for track in [definition.track_to(code)]
    }
    courses = _courses(set().union(*asked.values()), people)
    days = _days(parts, runners)
    competencies = {part.competency for part in parts if isinstance(part, LevelShown)}
    levels = levels_shown(people, competencies, on=on) if competencies else {}
    reviews, waivers, passages, times = decisions_about([r.journey for r in runners if r.journey])

    def of(runner: _Runner) -> tuple[object, Facts]:
        has = courses.get(runner.person, {})
        beside = days.get((runner.person, runner.position), ())
        shown = levels.get(runner.person, {})
        plain = None if has or beside or runner.journey else (runner.position, frozenset(shown.items()))
        journey = runner.journey or 0
        return plain, Facts(
            position=runner.position,
            courses={code: standing for code, standing in has.items() if code in asked[runner.position]},
            days=tuple(beside),
            levels=shown,
            reviews=tuple(reviews.get(journey, ())),
            waivers=waivers.get(journey, {}),
            passed=frozenset(passages.get(journey, ())),
            times=times[journey],
        )

    return of


def _courses(codes: set[str], people: set[int]) -> dict[int, dict[str, CourseStanding]]:
    """The standings of those who have to do with one of the courses at all, by person and code."""
    if not codes:
        return {}
    by_id = dict(Course.objects.filter(code__in=codes).values_list("pk", "code"))
    known = Enrolment.objects.filter(offering__course__in=by_id).order_by().values_list("person_id", flat=True)
    known = known.union(Credit.objects.filter(course__in=by_id).order_by().values_list("person_id", flat=True))
    touched = people.intersection(known)
    found: dict[int, dict[str, CourseStanding]] = {}
    for (person, course), standing in course_standings(touched, list(by_id)).items():
        found.setdefault(person, {})[by_id[course]] = standing
    return found


def _days(parts: Iterable[object], runners: list[_Runner]) -> dict[tuple[int, str], list[DayBeside]]:
    if not any(isinstance(part, DaysBeside) for part in parts):
        return {}
    codes = dict(Position.objects.filter(code__in={r.position for r in runners}).values_list("pk", "code"))
    beside = days_beside({r.person for r in runners}, list(codes))
    return {(person, codes[position]): days for (person, position), days in beside.items()}


def people_to_choose(definition: Definition) -> list[tuple[str, str]]:
    """Whom a dry run can be about, beside everybody: the programme's cohorts and the upper units; two statements."""
    cohorts = Cohort.objects.filter(version__programme__code=definition.code).order_by("-starts_on", "-id")[:30]
    units = [unit for unit in Unit.objects.filter(closed_on=None).order_by("path") if unit.path.count("/") <= DEEPEST]
    return [(f"cohort:{each.pk}", str(each)) for each in cohorts] + [(f"unit:{each.pk}", str(each)) for each in units]


def positions_of(definition: Definition) -> dict[str, Position]:
    """The positions of the tracks, by their codes and in their order; one statement."""
    found = Position.objects.in_bulk([track.position for track in definition.tracks], field_name="code")
    return {track.position: found[track.position] for track in definition.tracks if track.position in found}


DEEPEST = 4  # slashes in the path of a unit that can be chosen: the company, its sites, their departments


def words_of(definition: Definition, trial: Trial, positions: Mapping[str, Position]) -> tuple[dict[str, Leaf], Names]:
    """The leaves that are lacking by their keys, and what they speak of; two statements."""
    trees = [expand(gate.requires, definition.track_to(code)) for gate in definition.gates for code in trial.positions]
    leaves = {part.key: part for tree in trees for part in branches(tree) if isinstance(part, Leaf)}
    courses = {leaf.course for leaf in leaves.values() if isinstance(leaf, CoursePassed | AttendanceOf)}
    competencies = {leaf.competency for leaf in leaves.values() if isinstance(leaf, LevelShown)}
    only = positions.get(trial.positions[0]) if len(trial.positions) == 1 else None
    names = Names(
        courses=Course.objects.in_bulk(courses, field_name="code"),
        competencies=Competency.objects.in_bulk(competencies, field_name="code") if competencies else {},
        position=only or _("the position"),
    )
    return leaves, names
