"""A person's skills: what their position and their aim ask, and everything they have shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from trellis.domains.careers import rules
from trellis.domains.careers.models import Competency, Evidence, ProfileItem
from trellis.domains.careers.queries.standpoint import Standpoint
from trellis.domains.careers.rules import Shown
from trellis.domains.people.models import Person, Position


@dataclass(frozen=True)
class Skill:
    """One competency of a person: the level shown to others, their own estimate, and what is asked of them."""

    competency: Competency
    count: int
    shown: Shown | None
    own: Shown | None
    asked_here: int
    asked_by_aim: int


def skills_of(person: Person, stand: Standpoint) -> list[Skill]:
    """Everything asked by position and aim, or shown; what the aim asks first. Three statements."""
    by_others, own = _by_others_and_own(person, on=stand.on)
    places = [p.pk for p in (stand.position, stand.aim) if p]
    asked: dict[int, dict[int, int]] = {pk: {} for pk in places}
    items = ProfileItem.objects.filter(position__in=places)
    for position, competency, level in items.values_list("position_id", "competency_id", "level"):
        asked[position][competency] = level
    here = asked.get(stand.position.pk, {}) if stand.position else {}
    aim = asked.get(stand.aim.pk, {}) if stand.aim else {}
    wanted = {*here, *aim, *by_others, *own}
    competencies = Competency.objects.filter(pk__in=wanted).annotate(count=Count("levels"))
    found = [
        Skill(c, c.count, by_others.get(c.pk), own.get(c.pk), here.get(c.pk, 0), aim.get(c.pk, 0))
        for c in competencies.defer("description", "descriptions")
    ]
    return sorted(found, key=lambda s: (not s.asked_by_aim, not s.asked_here, str(s.competency)))


def _by_others_and_own(person: Person, *, on: date) -> tuple[dict[int, Shown], dict[int, Shown]]:
    """Levels as others confirmed them, and the latest own estimates, apart; one statement."""
    rows = Evidence.objects.filter(person=person, is_current=True, shown_on__lte=on).order_by("id")
    found = [rules.Evidence(*row) for row in rows.values_list("competency_id", "level", "shown_on", "source")]
    own = rules.levels_shown([e for e in found if e.source == "self"], on=on, own_estimates=True)
    return rules.levels_shown(found, on=on), own


def evidence_of(person: Person, competency: Competency) -> list[Evidence]:
    """All that was recorded, the newest first, with who recorded it."""
    found = Evidence.objects.filter(person=person, competency=competency).select_related("recorded_by")
    return list(found.order_by("-shown_on", "-id"))


def asked_by(competency: Competency) -> list[tuple[Position, int]]:
    """Who asks for the competency, and at which level; highest level first."""
    items = ProfileItem.objects.filter(competency=competency).select_related("position").order_by("-level")
    return [(item.position, item.level) for item in items]
