"""Where people stand, for one journey or for all, in the same number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate

from trellis.domains.careers.queries import levels_shown
from trellis.domains.learning.models import Course, Credit, Result
from trellis.domains.learning.queries import standings_by_person
from trellis.domains.learning.rules import CourseStanding
from trellis.domains.mentoring.queries import days_beside
from trellis.domains.programmes.models import (
    Journey,
    NodeDone,
    Passage,
    ProgrammeVersion,
    Review,
    TimeChange,
    Waiver,
)
from trellis.domains.programmes.rules import (
    AttendanceOf,
    Change,
    CoursePassed,
    DaysBeside,
    Definition,
    Facts,
    Gate,
    Judged,
    Leaf,
    LevelShown,
    ReviewFact,
    Standing,
    Tick,
    Times,
    WaiverFact,
    always_passed,
    evaluate,
    read_definition,
)
from trellis.domains.sessions.queries import MANY
from trellis.kit.prepared import prepared

# Definitions that this process has read, by digest. What a digest names never changes, so nothing here grows old.
_READ: dict[str, Definition] = {}
_MOST_READ = 200


def definition_of(version: ProgrammeVersion) -> Definition:
    """The definition a version holds; what is in the database was read once before it went in.

    Pages load versions without their definition (`.defer("version__definition")`): it is fetched here the first time.
    """
    kept = _READ.get(version.digest)
    if kept is None:
        kept, faults = read_definition(version.definition)
        if kept is None:
            raise ValueError(f"version {version.pk} cannot be read: {faults}")
        if len(_READ) >= _MOST_READ:
            _READ.clear()
        _READ[version.digest] = kept
    return kept


def standing_of(journey: Journey, *, on: date) -> Standing:
    """The standing of one journey."""
    return standings([journey], on=on)[journey.pk]


def lacks_courses(journey: Journey, gate: Gate) -> bool:
    """Whether the gate is surely shut because a course is not passed: a look that costs far less than a standing."""
    track = definition_of(journey.version).track_to(journey.position.code) if journey.position else None
    asked = always_passed(gate.requires, track)
    results = Result.objects.filter(person=journey.person_id, is_current=True, passed=True)
    passed = results.filter(offering__course__code__in=asked).values_list("offering__course__code", flat=True)
    credited = Credit.objects.filter(person=journey.person_id, state=Credit.State.GRANTED).order_by()
    passed = passed.order_by().union(credited.filter(course__code__in=asked).values_list("course__code", flat=True))
    return not asked <= set(passed) and not Waiver.objects.filter(journey=journey, revoked_at=None).exists()


def standings(
    journeys: Iterable[Journey], on: date, *, courses: dict[str, Course] | None = None
) -> dict[int, Standing]:
    """Journey id to standing, in a bounded number of statements; give journeys with `version` and `position` loaded.

    `courses`: those the journeys ask for, by code, when they are at hand already.
    """
    travelling = list(journeys)
    facts = facts_about(travelling, on, courses=courses)
    judged: Judged = {}
    return {j.pk: evaluate(definition_of(j.version), facts[j.pk], on=on, judged=judged) for j in travelling}


def facts_about(travelling: list[Journey], on: date, *, courses: dict[str, Course] | None = None) -> dict[int, Facts]:
    """Journey id to what the rooms know about it: all that a standing rests on; the same statements."""
    definitions = {journey.version_id: definition_of(journey.version) for journey in travelling}
    known = courses_of(travelling, definitions) if courses is None else courses
    leaves = _asked(travelling, definitions, Definition.leaves_for)
    return _facts(travelling, leaves, {code: course.pk for code, course in known.items()}, on)


def facts_for_nodes(travelling: list[Journey], on: date) -> dict[int, Facts]:
    """The same as far as nodes rest on it: often nobody needs to look at courses, of which there are thousands."""
    definitions = {journey.version_id: definition_of(journey.version) for journey in travelling}
    leaves = _asked(travelling, definitions, Definition.leaves_of_nodes)
    return _facts(travelling, leaves, {course.code: course.pk for course in _courses_in(leaves)}, on)


def courses_of(journeys: Iterable[Journey], definitions: dict[int, Definition]) -> dict[str, Course]:
    """The courses the journeys ask for, by code: those of their tracks and those the gates name; one statement."""
    return {course.code: course for course in _courses_in(_asked(journeys, definitions, Definition.leaves_for))}


def _courses_in(leaves: Collection[Leaf]) -> list[Course]:
    codes = {leaf.course for leaf in leaves if isinstance(leaf, CoursePassed | AttendanceOf)}
    return courses_called(codes) if codes else []


@prepared
def courses_called(codes: Collection[str]) -> QuerySet[Course]:
    return Course.objects.only("code", "name", "names").filter(code__in=codes)


def _asked(
    journeys: Iterable[Journey],
    definitions: dict[int, Definition],
    leaves_of: Callable[[Definition, str], tuple[Leaf, ...]],
) -> set[Leaf]:
    ways = {(journey.version_id, journey.position.code if journey.position else "") for journey in journeys}
    return {leaf for version, position in ways for leaf in leaves_of(definitions[version], position)}


def _facts(journeys: list[Journey], leaves: Collection[Leaf], course_ids: dict[str, int], on: date) -> dict[int, Facts]:
    """What the leaves ask about, of each journey; and always what people decided."""
    people = list({journey.person_id for journey in journeys})
    positions = {journey.position_id for journey in journeys if journey.position_id}

    courses = standings_by_person(people, list(course_ids.values())) if course_ids else {}
    codes = {pk: code for code, pk in course_ids.items()}
    nothing: dict[int, CourseStanding] = {}
    beside = days_beside(people, list(positions)) if any(isinstance(leaf, DaysBeside) for leaf in leaves) else {}
    competencies = {leaf.competency for leaf in leaves if isinstance(leaf, LevelShown)}
    levels = levels_shown(people, competencies, on=on) if competencies else {}
    reviews, waivers, passages, times = decisions_about([journey.pk for journey in journeys])

    facts = {}
    for journey in journeys:
        facts[journey.pk] = Facts(
            position=journey.position.code if journey.position else "",
            courses={codes[pk]: standing for pk, standing in courses.get(journey.person_id, nothing).items()},
            days=tuple(beside.get((journey.person_id, journey.position_id or 0), ())),
            levels=levels.get(journey.person_id, {}),
            reviews=tuple(reviews[journey.pk]),
            waivers=waivers[journey.pk],
            passed=frozenset(passages[journey.pk]),
            times=times[journey.pk],
        )
    return facts


def decisions_about(
    journey_ids: list[int],
) -> tuple[dict[int, list[ReviewFact]], dict[int, dict[str, WaiverFact]], dict[int, set[str]], defaultdict[int, Times]]:
    """What people decided about the journeys: reviews, waivers, gates gone through, time given, nodes ticked.

    One statement for all of it: every page that shows a journey asks it.
    """
    # Beyond some hundreds a list of ids costs more than reading a little too much.
    few = len(journey_ids) <= MANY
    rows = (
        _decided_in(journey_ids) if few else _decided(Q(journey__gte=min(journey_ids), journey__lte=max(journey_ids)))
    )
    reviews: dict[int, list[ReviewFact]] = defaultdict(list)
    waivers: dict[int, dict[str, WaiverFact]] = defaultdict(dict)
    passages: dict[int, set[str]] = defaultdict(set)
    ticks: dict[int, dict[str, Tick]] = defaultdict(dict)
    changes: dict[int, list[Change]] = defaultdict(list)
    for journey, key, what, begun, ended, by, note in rows:
        if what == "passed":
            passages[journey].add(key)
        elif what == "waived":
            waivers[journey][key] = WaiverFact(by, ended, note)
        elif what == "ticked":
            ticks[journey][key] = Tick(ended, by)
        elif what == "granted":
            changes[journey].append(Change(key, date.fromisoformat(note), days=by))
        else:
            reviews[journey].append(ReviewFact(key, what, begun, ended, by, note))
    times = defaultdict(Times)
    for journey in {*ticks, *changes}:
        in_order = sorted(changes[journey], key=lambda change: change.from_on)
        times[journey] = Times(tuple(in_order), ticks[journey])
    return reviews, waivers, passages, times


@prepared
def _decided_in(journeys: Collection[int]) -> QuerySet[Any, Any]:
    return _decided(Q(journey__in=journeys))


def _decided(these: Q) -> QuerySet[Any, Any]:
    # The days are the database's to find: Python takes longer over a moment than over all the rest of a row.
    asked, decided = TruncDate("asked_at"), TruncDate("decided_at")
    given, done, never = TruncDate("given_at"), TruncDate("done_at"), TruncDate("withdrawn_at")
    reviews = _as_rows(Review.objects.filter(these), "key", "state", asked, decided, "decided_by", "reason")
    waivers = Waiver.objects.filter(these, revoked_at=None)
    granted = TimeChange.objects.filter(these, state=TimeChange.State.GRANTED)
    return reviews.union(
        _as_rows(waivers, "key", WAIVED, given, given, "given_by", "reason"),
        _as_rows(Passage.objects.filter(these, withdrawn_at=None), "gate", PASSED, never, never, "passed_by", NOTHING),
        _as_rows(NodeDone.objects.filter(these, withdrawn_at=None), "node", TICKED, done, done, "done_by", NOTHING),
        _as_rows(granted, "kind", GRANTED, asked, decided, "days", Cast("from_on", CharField())),
        all=True,
    )


WAIVED, PASSED, TICKED, GRANTED, NOTHING = (
    Value(word, output_field=CharField()) for word in ("waived", "passed", "ticked", "granted", "")
)


def _as_rows(found: QuerySet[Any], *columns: str | Value | Func) -> QuerySet[Any]:
    """Tables of several kinds in the same seven columns, so that one statement reads them."""
    named = {f"c{i}": F(c) if isinstance(c, str) else c for i, c in enumerate(columns)}
    return found.order_by().annotate(**named).values_list("journey_id", *named)
