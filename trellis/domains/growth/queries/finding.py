"""What the guided way shows: skills to choose from, and positions that fit the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Count

from trellis.domains.careers.models import Competency, PathwayStep, ProfileItem
from trellis.domains.growth.models import Finding
from trellis.domains.growth.rules import finding as rules
from trellis.domains.people.models import Holding, Person, Position, on_day

MOST_SKILLS = 30


@dataclass(frozen=True)
class Suggestion:
    """A position with the reasons why it came up."""

    position: Position
    liked: tuple[Competency, ...]
    written: tuple[Competency, ...]
    is_next: bool


def skills_asked() -> list[Competency]:
    """The skills that most positions of the growth map ask for, at most so many as one looks through, by name."""
    found = Competency.objects.filter(closed_on=None, asked_by__position__steps__isnull=False)
    most = found.annotate(asked=Count("asked_by__position", distinct=True)).order_by("-asked", "pk")[:MOST_SKILLS]
    return sorted(most.defer("description", "descriptions"), key=str)


def liked(finding: Finding) -> list[Competency]:
    """What the person would like to do more of; one statement."""
    return list(finding.skills.all()) if finding.pk else []


def suggestions(finding: Finding, person: Person, *, on: date) -> list[Suggestion]:
    """The few positions that fit, best first; six statements."""
    steps = list(PathwayStep.objects.filter(position__closed_on=None).order_by("pathway", "rank", "id"))
    held = set(Holding.objects.filter(on_day(on), person=person).values_list("position", flat=True))
    wanted = {skill.pk: skill for skill in liked(finding)}
    said = rules.written_about((getattr(finding, question) for question in rules.QUESTIONS), _names())
    asks: dict[int, set[int]] = {step.position_id: set() for step in steps if step.position_id not in held}
    items = ProfileItem.objects.filter(position__steps__isnull=False, competency__in={*wanted, *said})
    for position, skill in items.order_by().values_list("position", "competency").distinct():
        if position in asks:
            asks[position].add(skill)
    coming = _next(steps, held)
    fits = rules.fitting(
        [rules.Place(pk, frozenset(of), pk in coming) for pk, of in asks.items()], liked=set(wanted), written=said
    )
    positions = Position.objects.in_bulk([fit.position for fit in fits])
    skills = wanted | Competency.objects.in_bulk({pk for fit in fits for pk in fit.written})
    return [
        Suggestion(
            positions[fit.position],
            tuple(skills[pk] for pk in fit.liked),
            tuple(skills[pk] for pk in fit.written),
            fit.is_next,
        )
        for fit in fits
    ]


def _names() -> dict[int, tuple[str, ...]]:
    """What the skills that positions of the growth map ask for are called, in every language."""
    found = Competency.objects.filter(closed_on=None, asked_by__position__steps__isnull=False).order_by().distinct()
    rows = found.values_list("pk", "name", "names")
    return {pk: (name, *names.values()) for pk, name, names in rows}


def _next(steps: list[PathwayStep], held: set[int]) -> set[int]:
    """The positions right behind those the person holds, on any pathway."""
    return {
        after.position_id
        for step, after in pairwise(steps)
        if step.pathway_id == after.pathway_id and step.position_id in held
    }
