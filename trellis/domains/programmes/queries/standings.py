"""Where people stand, for one journey or for all, in the same number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from trellis.domains.careers.models import Competency
from trellis.domains.careers.queries import levels_shown
from trellis.domains.learning.models import Course
from trellis.domains.learning.queries import course_standings
from trellis.domains.mentoring.queries import days_beside
from trellis.domains.programmes.models import Journey, Passage, ProgrammeVersion, Review, Waiver
from trellis.domains.programmes.rules import (
    AttendanceOf,
    CoursePassed,
    DaysBeside,
    Definition,
    Facts,
    LevelShown,
    ReviewFact,
    Standing,
    WaiverFact,
    branches,
    evaluate,
    read_definition,
)


def definition_of(version: ProgrammeVersion) -> Definition:
    """The definition a version holds; what is in the database was read once before it went in."""
    definition, faults = read_definition(version.definition)
    if definition is None:
        raise ValueError(f"version {version.pk} cannot be read: {faults}")
    return definition


def standing_of(journey: Journey, *, on: date) -> Standing:
    """The standing of one journey."""
    return standings([journey], on=on)[journey.pk]


def standings(journeys: Iterable[Journey], on: date) -> dict[int, Standing]:
    """Journey id to standing, in a bounded number of statements; give journeys with `version` and `position` loaded."""
    travelling = list(journeys)
    versions = {journey.version_id: journey.version for journey in travelling}
    definitions = {pk: definition_of(version) for pk, version in versions.items()}
    facts = _facts(travelling, definitions, on)
    return {j.pk: evaluate(definitions[j.version_id], facts[j.pk], on=on) for j in travelling}


def _facts(journeys: list[Journey], definitions: dict[int, Definition], on: date) -> dict[int, Facts]:
    people = list({journey.person_id for journey in journeys})
    parts = [part for d in definitions.values() for gate in d.gates for part in branches(gate.requires)]
    codes = {code for d in definitions.values() for track in d.tracks for code in track.courses}
    everywhere = {part.course for part in parts if isinstance(part, CoursePassed | AttendanceOf)}
    codes |= everywhere
    positions = {journey.position_id for journey in journeys if journey.position_id}

    course_ids = dict(Course.objects.filter(code__in=codes).values_list("code", "pk")) if codes else {}
    courses = course_standings(people, list(course_ids.values())) if course_ids else {}
    beside = days_beside(people, list(positions)) if any(isinstance(p, DaysBeside) for p in parts) else {}
    competencies = {part.competency for part in parts if isinstance(part, LevelShown)}
    names = dict(Competency.objects.filter(code__in=competencies).values_list("code", "pk")) if competencies else {}
    levels = levels_shown(people, on=on) if names else {}
    reviews, waivers, passages = _decisions(journeys)

    facts = {}
    for journey in journeys:
        track = definitions[journey.version_id].track_to(journey.position.code) if journey.position else None
        asked = set(track.courses if track else ()) | {
            p.course for p in parts if isinstance(p, CoursePassed | AttendanceOf)
        }
        facts[journey.pk] = Facts(
            position=journey.position.code if journey.position else "",
            courses={
                code: courses[journey.person_id, course_ids[code]]
                for code in asked
                if code in course_ids and (journey.person_id, course_ids[code]) in courses
            },
            days=tuple(beside.get((journey.person_id, journey.position_id or 0), ())),
            levels={code: levels.get(journey.person_id, {}).get(pk, 0) for code, pk in names.items()},
            reviews=tuple(reviews[journey.pk]),
            waivers=waivers[journey.pk],
            passed=frozenset(passages[journey.pk]),
        )
    return facts


def _decisions(
    journeys: list[Journey],
) -> tuple[dict[int, list[ReviewFact]], dict[int, dict[str, WaiverFact]], dict[int, set[str]]]:
    """What people decided about the journeys: reviews, waivers, gates gone through."""
    ids = [journey.pk for journey in journeys]
    reviews: dict[int, list[ReviewFact]] = defaultdict(list)
    for review in Review.objects.filter(journey__in=ids):
        reviews[review.journey_id].append(
            ReviewFact(
                name=review.key,
                state=review.state,
                asked_on=timezone.localdate(review.asked_at),
                decided_on=timezone.localdate(review.decided_at) if review.decided_at else None,
                decided_by=review.decided_by_id,
                note=review.reason,
            )
        )
    waivers: dict[int, dict[str, WaiverFact]] = defaultdict(dict)
    for waiver in Waiver.objects.filter(journey__in=ids):
        waivers[waiver.journey_id][waiver.key] = WaiverFact(
            waiver.given_by_id, timezone.localdate(waiver.given_at), waiver.reason
        )
    passages: dict[int, set[str]] = defaultdict(set)
    for journey, gate in Passage.objects.filter(journey__in=ids, withdrawn_at=None).values_list("journey", "gate"):
        passages[journey].add(gate)
    return reviews, waivers, passages
