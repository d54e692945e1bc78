"""Frameworks as they can be written out, and what a new one may refer to."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count, Q

from trellis.domains.careers.definitions import (
    Ask,
    CompetencyDefinition,
    Definitions,
    Known,
    LevelDefinition,
    PathwayDefinition,
    PositionDefinition,
    Text,
)
from trellis.domains.careers.models import (
    Competency,
    CompetencyLevel,
    Framework,
    Pathway,
    PathwayStep,
    Profile,
    ProfileItem,
)
from trellis.domains.people.models import Position
from trellis.kit.text import Described, Named


def definitions_of(framework: Framework) -> Definitions:
    """The framework as it stands, whole, in the order it was written; five statements."""
    steps: dict[int, list[str]] = defaultdict(list)
    for pathway_id, code in (
        PathwayStep.objects.filter(pathway__framework=framework)
        .order_by("rank", "id")
        .values_list("pathway_id", "position__code")
    ):
        steps[pathway_id].append(code)
    asks: dict[int, list[Ask]] = defaultdict(list)
    for item in (
        ProfileItem.objects.filter(position__described__framework=framework)
        .order_by("id")
        .values_list("position_id", "competency__code", "level", "weight", "fresh_for_days")
    ):
        asks[item[0]].append(Ask(*item[1:]))
    levels: dict[int, list[LevelDefinition]] = defaultdict(list)
    for level in CompetencyLevel.objects.filter(competency__framework=framework).order_by("level"):
        levels[level.competency_id].append(LevelDefinition(level.level, _name(level), _about(level)))
    competencies = Competency.objects.filter(framework=framework, closed_on=None).order_by("order", "id")
    profiles = Profile.objects.filter(framework=framework).select_related("position").order_by("order", "id")
    return Definitions(
        code=framework.code,
        name=_name(framework),
        source=framework.source,
        competencies=tuple(
            CompetencyDefinition(c.code, _name(c), c.kind, _about(c), tuple(levels[c.pk])) for c in competencies
        ),
        positions=tuple(
            PositionDefinition(p.position.code, _name(p.position), _about(p.position), tuple(asks[p.position_id]))
            for p in profiles
        ),
        pathways=tuple(
            PathwayDefinition(w.code, _name(w), w.family, _about(w), tuple(steps[w.pk]))
            for w in Pathway.objects.filter(framework=framework).order_by("order", "id")
        ),
    )


def known_beside(framework_code: str) -> Known:
    """What a file with this framework may refer to without defining it, and what it may not define; four statements."""
    levels: dict[str, set[int]] = defaultdict(set)
    owned = {}
    elsewhere = Competency.objects.exclude(framework__code=framework_code)
    for code, owner, level in elsewhere.values_list("code", "framework__code", "levels__level"):
        owned[f"competency {code}"] = owner
        levels[code].add(level)
    for code, owner in Pathway.objects.exclude(framework__code=framework_code).values_list("code", "framework__code"):
        owned[f"pathway {code}"] = owner
    return Known(
        levels={code: frozenset(found) for code, found in levels.items()},
        positions=frozenset(Position.objects.values_list("code", flat=True)),
        described_elsewhere=dict(
            Profile.objects.exclude(framework__code=framework_code).values_list("position__code", "framework__code")
        ),
        owned_elsewhere=owned,
    )


def _name(thing: Named) -> Text:
    return Text(thing.name, thing.names)


def _about(thing: Described) -> Text:
    return Text(thing.description, thing.descriptions)


def frameworks() -> list[Framework]:
    """Every framework with how much it holds (`pathway_count`, `position_count`, `competency_count`); one statement."""
    counted = Framework.objects.annotate(
        pathway_count=Count("pathways", distinct=True),
        position_count=Count("profiles", distinct=True),
        competency_count=Count("competencies", filter=Q(competencies__closed_on=None), distinct=True),
    )
    return list(counted.order_by("name"))
