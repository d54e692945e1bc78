"""What a card can be tied to, by a few words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from trellis.domains.careers.models import Competency
from trellis.domains.growth.models import Goal, KeyResult
from trellis.domains.learning.models import Course
from trellis.domains.people.models import Person, Position
from trellis.kit.ids import id_in

EACH = 8
MOST_OWN = 50


@dataclass(frozen=True)
class Linkable:
    """One thing: the field of a card that holds it, and the thing."""

    field: str
    thing: Any


def linkable(owner: Person, words: str) -> list[Linkable]:
    """Goals and key results of one's own, positions, skills and courses that are called so. Five statements."""
    words = words.strip()[:100]
    called = Q(name__icontains=words) | Q(**{"names__zh-hans__icontains": words})
    goals = Goal.objects.filter(owner=owner, dropped_at=None, title__icontains=words)[:MOST_OWN]
    measures = KeyResult.objects.filter(objective__goal__owner=owner, dropped_at=None, title__icontains=words)
    found = [Linkable("goal", goal) for goal in goals]
    found += [Linkable("key_result", measure) for measure in measures.select_related("objective__goal")[:MOST_OWN]]
    found += [Linkable("position", one) for one in Position.objects.filter(called, closed_on=None)[:EACH]]
    found += [Linkable("competency", one) for one in Competency.objects.filter(called, closed_on=None)[:EACH]]
    return found + [Linkable("course", one) for one in Course.objects.filter(called)[:EACH]]


def thing_called(owner: Person, field: str, key: str) -> Any:
    """The thing by its code (or, of one's own, by its id); None when there is none."""
    if field in ("goal", "key_result"):
        if field == "goal":
            return Goal.objects.filter(owner=owner, pk=id_in(key)).first()
        return (
            KeyResult.objects.filter(objective__goal__owner=owner, pk=id_in(key))
            .select_related("objective__goal")
            .first()
        )
    models: dict[str, Any] = {"position": Position, "competency": Competency, "course": Course}
    return models[field].objects.filter(code=key).first() if field in models else None
