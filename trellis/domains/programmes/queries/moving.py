"""The versions of a programme with who goes by them, and what a move to one of them would mean for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from trellis.domains.careers.models import Competency
from trellis.domains.learning.models import Course
from trellis.domains.programmes.leaf_wording import Names, title_of
from trellis.domains.programmes.models import Draft, Journey, Passage, Programme, ProgrammeVersion
from trellis.domains.programmes.queries.standings import definition_of
from trellis.domains.programmes.rules import AttendanceOf, CoursePassed, Leaf, LevelShown
from trellis.domains.programmes.rules.moving import Moving, moving


def versions_of(programme: Programme) -> list[Any]:
    """The versions, the newest first, in one statement.

    `going` and `ended`: how many people; `note` and `by`: what is new and why, and who published it in the editor.
    """
    over = Q(journeys__left_at__isnull=False) | Q(journeys__completed_at__isnull=False)
    written = Draft.objects.filter(published=OuterRef("pk"))
    counted = programme.versions.annotate(
        going=Count("journeys", filter=Q(journeys__left_at=None, journeys__completed_at=None)),
        ended=Count("journeys", filter=over),
        note=Subquery(written.values("note")[:1]),
        by=Subquery(written.values("published_by__name")[:1]),
    )
    return list(counted.order_by("-number"))


def to_move(version: ProgrammeVersion, cohort: int | None = None) -> QuerySet[Journey]:
    """The journeys under way by another version of the programme, by name; of one cohort when it is named."""
    going = Journey.objects.filter(programme=version.programme_id, left_at=None, completed_at=None)
    going = going.exclude(version=version).select_related("version", "position", "cohort", "person")
    going = going.defer("version__definition")
    return (going.filter(cohort=cohort) if cohort else going).order_by("person__name", "id")


@dataclass(frozen=True)
class Move:
    """What a move would mean for one journey, in words."""

    journey: Journey
    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]
    stranded: tuple[str, ...]


def moves(version: ProgrammeVersion, journeys: Iterable[Journey]) -> list[Move]:
    """What moving each to the version would mean, in words; three statements, however many they are."""
    those = list(journeys)
    means = what_it_means(version, those)
    names = _names(means.values())
    return [_told(journey, means[journey.pk], names) for journey in those]


def what_it_means(version: ProgrammeVersion, journeys: Sequence[Journey]) -> dict[int, Moving]:
    """What moving each to the version would mean, by the journey's id; one statement."""
    to = definition_of(version)
    versions = {journey.version_id: journey.version for journey in journeys}
    definitions = {pk: definition_of(old) for pk, old in versions.items()}
    passed: dict[int, set[str]] = {}
    through = Passage.objects.filter(withdrawn_at=None, journey__version__in=versions).order_by()
    for journey_id, gate in through.values_list("journey", "gate"):
        passed.setdefault(journey_id, set()).add(gate)
    return {
        journey.pk: moving(
            definitions[journey.version_id],
            to,
            position=journey.position.code if journey.position else "",
            passed=passed.get(journey.pk, ()),
        )
        for journey in journeys
    }


def _told(journey: Journey, meant: Moving, names: Names) -> Move:
    return Move(
        journey,
        tuple(title_of(leaf, names) for leaf in meant.new),
        tuple(title_of(leaf, names) for leaf in meant.gone),
        tuple((title_of(was, names), title_of(becomes, names)) for was, becomes in meant.changed),
        meant.stranded,
    )


def _names(meant: Iterable[Moving]) -> Names:
    leaves: set[Leaf] = set()
    for each in meant:
        leaves.update(each.new, each.gone, *each.changed)
    courses = {leaf.course for leaf in leaves if isinstance(leaf, CoursePassed | AttendanceOf)}
    competencies = {leaf.competency for leaf in leaves if isinstance(leaf, LevelShown)}
    return Names(
        courses=Course.objects.in_bulk(courses, field_name="code") if courses else {},
        competencies=Competency.objects.in_bulk(competencies, field_name="code") if competencies else {},
        position=_("the position"),
    )
