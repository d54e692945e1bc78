"""A person's wishes and the company's, laid over each other. For nobody's eyes but the person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, JSONField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from trellis.domains.careers.models import Aim, Competency, ProfileItem
from trellis.domains.careers.queries.standpoint import own_levels
from trellis.domains.careers.rules import Gap, Requirement, gaps
from trellis.domains.growth.models import SkillNeed, SkillWish
from trellis.domains.growth.rules.skills import overlap
from trellis.domains.learning.models import CourseTeaches
from trellis.domains.mentoring.models import Topic
from trellis.domains.people.models import Holding, Person, Position, on_day
from trellis.kit.text import in_language

HELP = 4  # of each kind beside a skill; its own page has all


@dataclass(frozen=True)
class Help:
    """A course, a mentor or a position that leads on: its kind, its key in the address, and its name."""

    kind: str
    key: str
    name: str
    names: dict[str, str]

    def __str__(self) -> str:
        return in_language(self.name, self.names)


@dataclass
class Skill:
    """One skill on the page: why it is there, and what leads on."""

    competency: Competency
    wish: SkillWish | None = None
    aim: Position | None = None
    gap: Gap | None = None
    needs: list[SkillNeed] = field(default_factory=list)
    help: dict[str, list[Help]] = field(default_factory=dict)


@dataclass(frozen=True)
class Laid:
    """The groups of the page, and wishes in one's own words, which stand with what only the person wants."""

    only_mine: list[Skill]
    both: list[Skill]
    only_company: list[Skill]
    job: list[Skill]
    in_words: list[SkillWish]


def laid_over(person: Person, *, on: date) -> Laid:
    """What the person wants over what the company needs of somebody where they are; five statements."""
    wishes = list(SkillWish.objects.filter(owner=person).select_related("competency").order_by("id"))
    skills: dict[int, Skill] = {w.competency.pk: Skill(w.competency, wish=w) for w in wishes if w.competency}
    job = _asked(person, skills, on)
    wished = {pk for pk, skill in skills.items() if skill.wish or skill.aim}
    needed = set()
    for need in needs_of(person, on):
        skills.setdefault(need.competency_id, Skill(need.competency)).needs.append(need)
        needed.add(need.competency_id)
    found = overlap(wished=wished, needed=needed, job=job)
    for pk, help_ in _helping(found.both | found.job, person).items():
        skills[pk].help = help_

    def of(group: Collection[int]) -> list[Skill]:
        return sorted((skills[pk] for pk in group), key=lambda skill: str(skill.competency))

    words = [wish for wish in wishes if not wish.competency_id]
    return Laid(of(found.only_mine), of(found.both), of(found.only_company), of(found.job), words)


def _asked(person: Person, skills: dict[int, Skill], on: date) -> set[int]:
    """Put in what the aim asks and is not shown yet; give what the present position asks and is not shown yet."""
    held = Holding.objects.filter(on_day(on), person=person, position=OuterRef("position"))
    aims = Aim.objects.filter(person=person, dropped_at=None, position=OuterRef("position"))
    items: QuerySet[Any] = ProfileItem.objects.annotate(is_held=Exists(held), is_aim=Exists(aims))
    levels = own_levels(person, on=on)
    job = set()
    for item in items.filter(Q(is_held=True) | Q(is_aim=True)).select_related("competency", "position").order_by("id"):
        asked = Requirement(item.competency_id, item.level, item.fresh_for_days, item.weight)
        [gap] = gaps([asked], levels, on=on)
        if gap.is_met:
            continue
        skill = skills.setdefault(item.competency_id, Skill(item.competency))
        if item.is_held:
            skill.gap = gap
            job.add(item.competency_id)
        else:
            skill.aim = item.position
    return job


def needs_in_force(on: date) -> QuerySet[SkillNeed]:
    """What the company says it needs, the whole of it first."""
    now = SkillNeed.objects.filter(Q(until=None) | Q(until__gte=on), ended_at=None)
    return now.select_related("competency", "unit__parent", "declared_by").order_by(
        F("unit__path").asc(nulls_first=True), "competency__name", "id"
    )


def needs_of(person: Person, on: date) -> QuerySet[SkillNeed]:
    """What is needed where the person works: of the whole company, and of every branch they are in."""
    there = Holding.objects.filter(on_day(on), person=person, unit__path__startswith=OuterRef("unit__path"))
    return needs_in_force(on).filter(Q(unit=None) | Exists(there))


def _helping(competencies: Collection[int], person: Person) -> dict[int, dict[str, list[Help]]]:
    """By skill and kind: courses that teach it, willing mentors with it, positions that ask for it. One statement."""
    nothing = Value({}, output_field=JSONField())
    courses: QuerySet[Any, Any] = CourseTeaches.objects.filter(competency__in=competencies).annotate(
        kind=Value("course")
    )
    mentors: QuerySet[Any, Any] = Topic.objects.filter(
        competency__in=competencies, willing__paused_at=None, willing__stopped_at=None, willing__person__is_active=True
    ).exclude(willing__person=person)
    mentors = mentors.annotate(kind=Value("mentor"), key=Cast("willing__person_id", CharField()), no_names=nothing)
    asking: QuerySet[Any, Any] = ProfileItem.objects.filter(competency__in=competencies).annotate(
        kind=Value("position")
    )
    rows = courses.order_by().values_list("competency_id", "kind", "course__code", "course__name", "course__names")
    rows = rows.union(
        mentors.order_by().values_list("competency_id", "kind", "key", "willing__person__name", "no_names"),
        asking.order_by().values_list("competency_id", "kind", "position__code", "position__name", "position__names"),
        all=True,
    )
    found: dict[int, dict[str, list[Help]]] = defaultdict(lambda: defaultdict(list))
    for competency, kind, key, name, names in sorted(rows, key=lambda row: (row[1], row[3])):
        if len(found[competency][kind]) < HELP:
            found[competency][kind].append(Help(kind, key, name, names))
    return {pk: dict(kinds) for pk, kinds in found.items()}
