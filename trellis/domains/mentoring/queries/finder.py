"""Looking for a mentor: who is willing, with the reasons for each; and what one can look by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from trellis.domains.careers.models import Aim, Competency, Pathway, PathwayStep
from trellis.domains.careers.queries.standpoint import own_levels
from trellis.domains.careers.rules import Requirement, gaps
from trellis.domains.mentoring.models import Mentorship, Topic, Willing
from trellis.domains.mentoring.queries.mentors import taken_places
from trellis.domains.mentoring.rules.finding import Candidate, Reason, Seeker, reasons
from trellis.domains.people.models import Holding, Person, Position, Unit, on_day
from trellis.kit.text import in_language

MOST_UNITS = 120  # to choose from; of more only the upper ones, each of which means all below it


@dataclass(frozen=True)
class Choices:
    """What one can look by, by id, named in the reader's language."""

    topics: dict[int, str] = field(default_factory=dict)
    pathways: dict[int, str] = field(default_factory=dict)
    positions: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wish:
    """What is looked for; all of it may be empty."""

    topic: int | None = None
    language: str = ""
    pathway: int | None = None
    position: int | None = None
    unit: int | None = None
    words: str = ""
    free: bool = False


@dataclass(frozen=True)
class Aimed:
    """The position somebody aims for and the competencies it still asks of them."""

    position: int | None = None
    name: str = ""
    wants: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Found:
    """One who could be asked. `places` and `taken` say how full; `asked`: that the reader has asked already."""

    willing: Willing
    holding: Holding | None
    topics: list[Competency]
    reasons: tuple[Reason, ...]
    asked: bool
    is_mine: bool

    @property
    def free(self) -> int:
        """Free places."""
        return int(self.willing.free)  # type: ignore[attr-defined]


def choices() -> Choices:
    """Competencies somebody willing helps with, positions somebody willing holds or held and the pathways of these,
    units; one statement."""
    open_now = Willing.objects.filter(stopped_at=None, paused_at=None)
    offered = Topic.objects.filter(willing__in=open_now).values("competency")
    held = Holding.objects.filter(person__in=open_now.values("person")).values("position")
    topics = Competency.objects.filter(pk__in=offered)
    positions = Position.objects.filter(pk__in=held)
    pathways = Pathway.objects.filter(pk__in=PathwayStep.objects.filter(position__in=held).values("pathway"))
    units = Unit.objects.filter(closed_on=None)
    rows = _named(topics, "topics", Value("")).union(
        _named(pathways, "pathways", Value("")),
        _named(positions, "positions", Value("")),
        _named(units, "units", F("path")),
        all=True,
    )
    found: dict[str, dict[int, str]] = {"topics": {}, "pathways": {}, "positions": {}, "units": {}}
    named = [(of, pk, in_language(name, names), path) for of, pk, name, names, path in rows]
    deep = sorted(path.count("/") for of, _pk, _name, path in named if of == "units")
    deepest = deep[MOST_UNITS] - 1 if len(deep) > MOST_UNITS else 100
    for of, pk, name, path in sorted(named, key=lambda row: row[2].casefold()):
        if path.count("/") <= deepest:
            found[of][pk] = name
    return Choices(**found)


def _named(things: QuerySet[Any], of: str, path: Any) -> QuerySet[Any, Any]:
    return things.order_by().annotate(of=Value(of), at=path).values_list("of", "pk", "name", "names", "at")


def aimed_at(person: Person, *, on: date) -> Aimed:
    """What the person aims for and lacks for it; two statements."""
    asked = "position__profile__"
    rows = list(
        Aim.objects.filter(person=person, dropped_at=None).values_list(
            "position_id",
            "position__name",
            "position__names",
            f"{asked}competency_id",
            f"{asked}level",
            f"{asked}fresh_for_days",
        )
    )
    levels = own_levels(person, on=on)
    if not rows:
        return Aimed()
    required = [Requirement(competency, level, fresh) for *_, competency, level, fresh in rows if competency]
    lacking = {gap.requirement.competency for gap in gaps(required, levels, on=on) if not gap.is_met}
    return Aimed(rows[0][0], in_language(rows[0][1], rows[0][2]), frozenset(lacking))


def mentors_for(person: Person, wish: Wish, aimed: Aimed, known: Choices, *, on: date) -> QuerySet[Any]:
    """Whom the person could ask, in an order that the page explains: who helps with what the aim still asks, who
    holds or held it, who has a place, who accompanies fewest, by name."""
    taken = taken_places().filter(mentor=OuterRef("person")).values("mentor").annotate(n=Count("pk")).values("n")
    held = Holding.objects.filter(person=OuterRef("person"), began_on__lte=on)
    mine = Holding.objects.filter(on_day(on), person=person).values("position")
    between = Mentorship.objects.filter(mentee=person, mentor=OuterRef("person"))
    found: QuerySet[Any] = (
        Willing.objects.filter(stopped_at=None, paused_at=None, person__is_active=True)
        .select_related("person")
        .filter(person__in=Person.objects.here(on).values("pk"))
        .exclude(person=person)
        .annotate(
            taken=Coalesce(Subquery(taken), 0),
            free=Greatest(F("places") - F("taken"), 0),
            full=Q(free=0),
            helps=Exists(Topic.objects.filter(willing=OuterRef("pk"), competency__in=aimed.wants)),
            has_held=Exists(held.filter(position=aimed.position)),
            stood_here=Exists(held.filter(position__in=mine, ended_on__lt=on)),
            asked=Exists(between.filter(state=Mentorship.State.ASKED)),
            is_mine=Exists(between.filter(state=Mentorship.State.IN_FORCE)),
        )
    )
    return _as_wished(found, wish, known, held).order_by("-helps", "-has_held", "full", "taken", "person__name", "pk")


def _as_wished(found: QuerySet[Any], wish: Wish, known: Choices, held: QuerySet[Holding]) -> QuerySet[Any]:
    if wish.topic:
        found = found.filter(topics__competency=wish.topic)
    if wish.language:
        found = found.filter(languages__contains=f",{wish.language},")
    if wish.pathway:
        found = found.filter(Exists(held.filter(position__steps__pathway=wish.pathway)))
    if wish.position:
        found = found.filter(Exists(held.filter(position=wish.position)))
    if wish.unit:
        found = found.filter(Exists(held.filter(ended_on=None, unit__path__contains=f"/{wish.unit}/")))
    if words := wish.words.strip():
        meant = [pk for pk, name in known.topics.items() if words.casefold() in name.casefold()]
        by_topic = Exists(Topic.objects.filter(willing=OuterRef("pk"), competency__in=meant))
        by_words = Q(person__name__icontains=words) | Q(helps_with__icontains=words) | Q(about__icontains=words)
        found = found.filter(by_words | by_topic)
    return found.filter(full=False) if wish.free else found


def with_reasons(page: Page[Any], wish: Wish, aimed: Aimed, *, on: date) -> list[Found]:
    """The rows of a page with what each helps with, does, and why to ask; three statements at most."""
    rows: list[Any] = list(page)
    topics: dict[int, list[Competency]] = defaultdict(list)
    for topic in Topic.objects.filter(willing__in=[row.pk for row in rows]).select_related("competency"):
        topics[topic.willing_id].append(topic.competency)
    held: dict[int, list[Holding]] = defaultdict(list)
    people = [row.person_id for row in rows]
    for holding in Holding.objects.filter(person__in=people).select_related("position", "unit").order_by("began_on"):
        held[holding.person_id].append(holding)
    steps = PathwayStep.objects.filter(pathway=wish.pathway).values_list("position_id", flat=True)
    way = set(steps) if wish.pathway else set()
    seeker = Seeker(aimed.position, aimed.wants, wish.topic, wish.position, wish.language, way)
    return [
        Found(
            willing=row,
            holding=next((one for one in reversed(held[row.person_id]) if one.began_on <= on), None),
            topics=topics[row.pk],
            reasons=reasons(seeker, _candidate(row, topics[row.pk], held[row.person_id]), on=on),
            asked=row.asked,
            is_mine=row.is_mine,
        )
        for row in rows
    ]


def _candidate(row: Any, topics: list[Competency], held: list[Holding]) -> Candidate:
    times = [(one.position_id, one.began_on, one.ended_on) for one in held]
    return Candidate([one.pk for one in topics], times, row.language_codes, row.stood_here)
